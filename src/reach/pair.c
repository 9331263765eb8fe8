#include "reach/pair.h"

#include "base/path.h"
#include "inventory/peer.h"

/* Whether a file of any environment, or of another one, lies beside a file of the one. */
static bool is_one_of_several(struct lint *lint, const struct file *file, struct text environment) {
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *other = lint->files.items[i];
		if (other->role == file->role && other->group == file->group && !other->example &&
		    text_equal(path_folder(other->source->path), path_folder(file->source->path)) &&
		    !text_equal(file_environment(other), environment))
			return true;
	}
	return false;
}

/* A file of one environment and one that says nothing of any. */
static struct reach of_environment(struct lint *lint, const struct file *file, const struct file *other) {
	struct text environment = file_environment(file);
	if (!environment.length)
		return reach_full();
	struct text reason = text_format(lint->arena, "%.*s is for the environment '%.*s', %.*s may be for another one",
	                                 TEXT_ARGUMENTS(file->source->path), TEXT_ARGUMENTS(environment),
	                                 TEXT_ARGUMENTS(other->source->path));
	bool several = is_one_of_several(lint, file, environment);
	return (struct reach){several ? CERTAINTY_NONE : CERTAINTY_LIKELY, reason};
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
	reach = reach_lesser(reach, reach_lesser(of_environment(lint, file, other), of_environment(lint, other, file)));
	return reach_lesser(reach, of_place(lint, pack, file, other));
}
