#include "inventory/peer.h"

#include "base/path.h"
#include "inventory/deployed.h"

/* Files of one role that are compared with the files of one group, or, without a group, with any. */
struct candidates {
	const struct role *role;
	const struct file_group *group;
	size_t count;          /* of them */
	size_t live;           /* of them, but for examples and upper layers */
	struct text none;      /* what is said where there are none */
};

/* The candidate that is meant below a folder. */
struct nearest {
	const struct candidates *candidates;
	struct file *file;
	struct file *rival;    /* as good as `file` */
	struct nearest *next;  /* of other candidates */
};

struct folder {
	struct folder *above;  /* NULL: this is the root */
	size_t depth;
	struct nearest *nearest;
};

static bool to_parent(struct text *path) {
	size_t slash = text_find_last_byte(*path, '/');
	if (slash == TEXT_NOT_FOUND) return false;
	*path = text_slice(*path, 0, slash);
	return true;
}

/* The folder of an absolute path, with all folders above it. */
static struct folder *folder_at(struct lint *lint, struct text path) {
	struct folder *folder = map_get(&lint->folders, path), *first = folder, *last = NULL;
	while (!folder) {
		struct folder *made = arena_new(lint->arena, struct folder);
		made->depth = 1;
		for (size_t i = 0; i < path.length; i++)
			made->depth += path.bytes[i] == '/';
		map_put(lint->arena, &lint->folders, path, made);
		if (last)
			last->above = made;
		first = first ? first : made;
		last = made;
		if (!to_parent(&path))
			return first;
		folder = map_get(&lint->folders, path);
	}
	if (last)
		last->above = folder;
	return first;
}

static struct folder *folder_of(struct lint *lint, struct file *file) {
	if (file->folder)
		return file->folder;
	struct text path = path_absolute(lint->arena, path_here(), file->source->path);
	to_parent(&path);
	return file->folder = folder_at(lint, path);
}

static struct nearest *nearest_of(const struct folder *folder, const struct candidates *candidates) {
	struct nearest *nearest = folder->nearest;
	while (nearest && nearest->candidates != candidates)
		nearest = nearest->next;
	return nearest;
}

/* Whether a file is meant rather than another one below the same folder: more than 0 when it is, 0 when it can't be told. A
 * live file before an example, the one that lies less deep, the one of the more usual name. */
static int prefer(const struct file *a, const struct file *b) {
	if (a->example != b->example)
		return a->example ? -1 : 1;
	if (a->folder->depth != b->folder->depth)
		return a->folder->depth < b->folder->depth ? 1 : -1;
	return (a->rank < b->rank) - (a->rank > b->rank);
}

/* Notes the file in each folder above it. Where another is meant, or two rivals are, none above has use for this one. */
static void add_to_index(struct lint *lint, const struct candidates *candidates, struct file *file) {
	for (struct folder *folder = folder_of(lint, file); folder; folder = folder->above) {
		struct nearest *nearest = nearest_of(folder, candidates);
		if (!nearest) {
			nearest = arena_new(lint->arena, struct nearest);
			*nearest = (struct nearest){candidates, file, NULL, folder->nearest};
			folder->nearest = nearest;
			continue;
		}
		/* A file of several groups is one file to those outside of them. */
		int order = nearest->file->source == file->source ? -1 : prefer(file, nearest->file);
		if (order < 0 || (order == 0 && nearest->rival)) return;
		if (order == 0) {
			nearest->rival = file;
		} else {
			nearest->file = file;
			nearest->rival = NULL;
		}
	}
}

/* Of a file without sections the pack may know no key: it is no business of its. */
static bool knows_a_key(const struct lint *lint, const struct pack *pack, const struct file *file) {
	const struct variable_list *variables =
		file->view->sections.count ? &file->view->sections.items[0]->variables : NULL;
	bool asks = false;
	for (size_t i = 0; i < pack->settings.count; i++) {
		const struct setting *setting = pack->settings.items[i];
		/* What is shared is no pack's own business. */
		if (setting->role != file->role || setting->section || setting->number < pack->first_setting) continue;
		asks = true;
		for (size_t j = 0; variables && j < variables->count; j++)
			if (glob_set_matches(setting_keys_in(&lint->options->setting_keys, setting), variables->items[j].name,
			                setting->any_case) ||
			    glob_set_matches(&setting->fallback_keys, variables->items[j].name, setting->any_case))
				return true;
	}
	return !asks;
}

static const struct candidates *candidates_for(struct lint *lint, const struct file *asking, const struct role *role,
                                               const struct pack *pack) {
	const void *identity[] = {role, asking->group, pack, asking->example ? role : NULL};
	struct text key = {(const char *)identity, sizeof(identity)};
	struct candidates *candidates = map_place(lint->arena, &lint->candidates, key, sizeof(*candidates));
	if (candidates->role)
		return candidates;
	const struct file_group *group = asking->group;
	const char *known = "";
	*candidates = (struct candidates){.role = role, .group = group};
	for (size_t i = 0; i < lint->files.count; i++) {
		struct file *file = lint->files.items[i];
		if (!role_holds(file->role, role) || (group && file->group != group) || (file->example && !asking->example) ||
		    file->source->includer)
			continue;
		if (!knows_a_key(lint, pack, file)) {
			known = " with a key that is known";
			continue;
		}
		add_to_index(lint, candidates, file);
		candidates->count++;
		candidates->live += !file->example && !file_is_upper_layer(file);
	}
	candidates->none =
		group ? text_format(lint->arena, "no %.*s file%s in the group %.*s", TEXT_ARGUMENTS(role->name), known,
	                            TEXT_ARGUMENTS(group->name))
		      : text_format(lint->arena, "no %.*s file%s among the inputs", TEXT_ARGUMENTS(role->name), known);
	return candidates;
}

/* What has been found for a file and a role. */
struct peer {
	const struct role *role;
	const struct pack *pack;
	const struct candidates *candidates;
	struct file *file;
	struct text reason;
	struct peer *next; /* for other roles and packs */
};

static void find_peer(struct lint *lint, struct file *file, struct peer *peer) {
	const struct candidates *candidates = peer->candidates = candidates_for(lint, file, peer->role, peer->pack);
	const struct folder *folder = candidates->count ? folder_of(lint, file) : NULL;
	const struct nearest *nearest = NULL;
	for (; folder && !nearest; folder = folder->above)
		nearest = nearest_of(folder, candidates);
	struct file *deployed = nearest ? deployed_peer(lint, file, peer->role) : NULL;
	if (deployed)
		peer->file = deployed;
	else if (!nearest)
		peer->reason = candidates->none;
	else if (!nearest->rival)
		peer->file = nearest->file;
	else
		peer->reason = text_format(lint->arena, "%.*s and %.*s are equally near to %.*s",
		                           TEXT_ARGUMENTS(nearest->file->source->path),
		                           TEXT_ARGUMENTS(nearest->rival->source->path), TEXT_ARGUMENTS(file->source->path));
}

static void keep_from_repository(struct lint *lint, struct peer *peer) {
	if (!peer->file || lint_shows(lint, peer->pack, peer->file->source)) return;
	peer->reason = text_format(lint->arena, "%.*s lies outside of the repository that the pack belongs to",
	                           TEXT_ARGUMENTS(peer->file->source->path));
	peer->file = NULL;
}

static const struct peer *known_peer(struct lint *lint, struct file *file, const struct role *role,
                                     const struct pack *pack) {
	struct peer *peer = file->peers;
	while (peer && (peer->role != role || peer->pack != pack))
		peer = peer->next;
	if (!peer) {
		peer = arena_new(file->arena, struct peer);
		*peer = (struct peer){.role = role, .pack = pack, .next = file->peers};
		find_peer(lint, file, peer);
		keep_from_repository(lint, peer);
		file->peers = peer;
	}
	return peer;
}

struct file *peer_of(struct lint *lint, struct file *file, const struct role *role, const struct pack *pack,
                     struct text *reason) {
	if (role_holds(file->role, role))
		return file;
	const struct peer *peer = known_peer(lint, file, role, pack);
	*reason = peer->reason;
	return peer->file;
}

size_t peer_count(struct lint *lint, struct file *file, const struct role *role, const struct pack *pack) {
	return known_peer(lint, file, role, pack)->candidates->live;
}
