#include "trust/below.h"

#include <errno.h>
#include <unistd.h>

#include "base/path.h"

static int real_path(struct arena *arena, struct text path, enum way_kind kind, struct text *real) {
	struct way way;
	int error = way_walk(arena, path, kind, &way);
	if (error)
		return error;
	close(way.folder);
	*real = way.path;
	return 0;
}

bool trust_is_below(struct arena *arena, struct text folder, struct text path) {
	struct text above, real;
	if (real_path(arena, folder, WAY_FOLDER, &above)) return false;
	int error = real_path(arena, path, WAY_FILE, &real);
	if (error == EISDIR)
		error = real_path(arena, path, WAY_FOLDER, &real);
	return error ? error == ENOENT : path_is_below(above, real);
}
