#include "reach/pair.h"

#include "base/path.h"
#include "inventory/deployed.h"
#include "inventory/peer.h"
#include "reach/purpose.h"

/* A file that is for one thing, and one that is for another or says nothing of any. */
static struct reach of_purpose(struct lint *lint, const struct pack *pack, struct file *file, const struct file *other) {
	struct text word = purpose_of(lint, pack, file), its = purpose_of(lint, pack, other);
	if (!word.length || (its.length && purpose_is_one(word, its)))
		return reach_full();
	struct text reason = text_format(lint->arena, "%.*s is for '%.*s', %.*s may be for something else",
	                                 TEXT_ARGUMENTS(file->source->path), TEXT_ARGUMENTS(word),
	                                 TEXT_ARGUMENTS(other->source->path));
	return (struct reach){its.length || purpose_differs(lint, pack, file) ? CERTAINTY_NONE : CERTAINTY_LIKELY, reason};
}

static struct reach of_layers(struct lint *lint, const struct file *a, const struct file *b) {
	const struct file *upper = file_is_upper_layer(a) ? a : b;
	if (upper->layers == &lint->options->inventory.layers || !file_is_upper_layer(upper))
		return reach_full();
	return (struct reach){CERTAINTY_LIKELY, text_format(lint->arena, "some programs do not read %.*s",
	                                                    TEXT_ARGUMENTS(upper->source->path))};
}

static struct reach of_place(struct lint *lint, const struct pack *pack, struct file *file, const struct file *other) {
	size_t count = peer_count(lint, file, other->role, pack);
	if (deployed_is_own(lint, file, other) || deployed_is_own(lint, other, file))
		return (struct reach){CERTAINTY_NONE, text_format(lint->arena, "%.*s and %.*s belong to one container, the server's own",
		                                                  TEXT_ARGUMENTS(file->source->path),
		                                                  TEXT_ARGUMENTS(other->source->path))};
	if (deployed_together(lint, file, other))
		return reach_full();
	if (count <= 1 || text_equal(path_folder(file->source->path), path_folder(other->source->path)))
		return reach_full();
	return (struct reach){CERTAINTY_LIKELY, text_format(lint->arena, "%.*s is the nearest of %zu files like it",
	                                                    TEXT_ARGUMENTS(other->source->path), count)};
}

struct reach pair_reach(struct lint *lint, const struct pack *pack, struct file *file, struct file *other) {
	if (file->group || file->source == other->source)
		return reach_full();
	struct reach reach = of_layers(lint, file, other);
	if (file->role == other->role)
		return reach;
	/* What a map puts together is for one thing, whatever its names say. */
	if (!deployed_together(lint, file, other))
		reach = reach_lesser(reach, reach_lesser(of_purpose(lint, pack, file, other), of_purpose(lint, pack, other, file)));
	return reach_lesser(reach, of_place(lint, pack, file, other));
}
