#include "lint/peer.h"

#include "base/path.h"

/* The file of a role that is meant below a folder. */
struct nearest {
	struct file *file;
	struct file *rival; /* as good as `file` */
	size_t depth;
};

static struct text absolute(struct lint *lint, struct file *file)
{
	if (file->absolute.length)
		return file->absolute;
	if (!lint->here.length)
		lint->here = path_here(lint->arena);
	return file->absolute = path_absolute(lint->arena, lint->here, file->source->path);
}

/* Files of one role that are compared with the files of one group, or, without a group, with any. */
struct candidates {
	const struct role *role;
	const struct file_group *group;
};

static struct text folder_key(struct arena *arena, struct candidates candidates, struct text folder)
{
	return text_join(arena, (struct text){(const char *)&candidates, sizeof(candidates)}, folder);
}

static bool to_parent(struct text *path)
{
	size_t slash = text_find_last_byte(*path, '/');
	if (slash == TEXT_NOT_FOUND)
		return false;
	*path = text_slice(*path, 0, slash);
	return true;
}

static size_t count_folders(struct text path)
{
	size_t count = 0;
	while (to_parent(&path))
		count++;
	return count;
}

/* Whether a file is meant rather than another one below the same folder: more than 0 when it is, 0 when it can't be told. A
 * live file before an example, the one that lies less deep, the one of the more usual name. */
static int prefer(const struct nearest *a, const struct nearest *b)
{
	if (a->file->example != b->file->example)
		return a->file->example ? -1 : 1;
	if (a->depth != b->depth)
		return a->depth < b->depth ? 1 : -1;
	return (a->file->rank < b->file->rank) - (a->file->rank > b->file->rank);
}

/* Notes the file under each folder above it. */
static void add_to_index(struct lint *lint, struct candidates candidates, struct file *file)
{
	struct text path = absolute(lint, file);
	size_t depth = count_folders(path);
	while (to_parent(&path)) {
		struct nearest *fresh = arena_new(lint->arena, struct nearest);
		*fresh = (struct nearest){file, NULL, depth};
		struct nearest *nearest = map_put(lint->arena, &lint->peers, folder_key(lint->arena, candidates, path), fresh);
		/* A file of several groups is one file to those outside of them. */
		int order = nearest->file->source == file->source ? -1 : prefer(fresh, nearest);
		if (order > 0)
			*nearest = *fresh;
		else if (order == 0)
			nearest->rival = file;
	}
}

static void index_candidates(struct lint *lint, struct candidates candidates)
{
	struct text key = folder_key(lint->arena, candidates, TEXT("indexed")); /* no folder: those begin with "/" */
	if (map_get(&lint->peers, key))
		return;
	map_put(lint->arena, &lint->peers, key, lint);
	for (size_t i = 0; i < lint->files.count; i++) {
		struct file *file = lint->files.items[i];
		if (file->role == candidates.role && (!candidates.group || file->group == candidates.group))
			add_to_index(lint, candidates, file);
	}
}

/* What has been found for a file and a role. */
struct peer {
	struct file *file;
	struct text reason;
};

static struct peer find_peer(struct lint *lint, struct file *file, struct candidates candidates)
{
	struct text path = absolute(lint, file), role = candidates.role->name;
	while (to_parent(&path)) {
		const struct nearest *nearest = map_get(&lint->peers, folder_key(lint->arena, candidates, path));
		if (!nearest)
			continue;
		if (!nearest->rival)
			return (struct peer){nearest->file, {0}};
		return (struct peer){NULL, text_format(lint->arena, "%.*s and %.*s are equally near to %.*s",
		                                       TEXT_ARGUMENTS(nearest->file->source->path),
		                                       TEXT_ARGUMENTS(nearest->rival->source->path),
		                                       TEXT_ARGUMENTS(file->source->path))};
	}
	if (candidates.group)
		return (struct peer){NULL, text_format(lint->arena, "no %.*s file in the group %.*s", TEXT_ARGUMENTS(role),
		                                       TEXT_ARGUMENTS(candidates.group->name))};
	return (struct peer){NULL, text_format(lint->arena, "no %.*s file among the inputs", TEXT_ARGUMENTS(role))};
}

struct file *peer_of(struct lint *lint, struct file *file, const struct role *role, struct text *reason)
{
	if (file->role == role)
		return file;
	struct text key = {(const char *)&role, sizeof(role)};
	struct peer *peer = map_get(&file->found, key);
	if (!peer) {
		struct candidates candidates = {role, file->group};
		index_candidates(lint, candidates);
		peer = arena_new(file->arena, struct peer);
		*peer = find_peer(lint, file, candidates);
		map_put(file->arena, &file->found, text_copy(file->arena, key), peer);
	}
	*reason = peer->reason;
	return peer->file;
}
