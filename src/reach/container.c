#include "reach/container.h"

#include "base/file.h"
#include "base/path.h"
#include "inventory/meeting.h"

enum { FOLDERS_ABOVE = 2 };

static struct text absolute(struct lint *lint, struct text path) {
	return path_absolute(lint->arena, path_here(), path);
}

/* Whether a file in a folder, or in one of those below it that may be looked into, puts programs into containers. `behind` is its
 * path behind the folder. */
static bool is_container(struct lint *lint, const struct pack *pack, struct text behind, bool below) {
	struct text folder = path_folder(behind);
	if (folder.length && !(below && text_set_matches(lint->arena, pack->container_folders, folder))) return false;
	return text_set_matches(lint->arena, pack->containers, behind) ||
	       text_set_matches(lint->arena, pack->containers, path_name(behind));
}

static struct text find_in_memory(struct lint *lint, const struct pack *pack, struct text folder, bool below) {
	for (size_t i = 0; i < lint->sources.count; i++) {
		struct text path = absolute(lint, lint->sources.items[i]->path);
		if (path_is_below(folder, path) && is_container(lint, pack, text_from(path, folder.length + 1), below))
			return lint->sources.items[i]->path;
	}
	return TEXT("");
}

/* What puts programs into containers among a folder's entries, which lie behind `prefix`; `folders`, unless NULL, gets those that
 * are to be looked into. */
static struct text look_into(struct lint *lint, const struct pack *pack, struct text folder, struct text prefix,
                             struct text_list *folders) {
	struct text found = TEXT("");
	DIR *entries = file_entries_of(folder.length ? text_string(lint->arena, folder) : "/");
	struct dirent *entry;
	while (entries && !found.length && (entry = readdir(entries))) {
		struct text name = text_of(entry->d_name);
		if (is_container(lint, pack, text_join(lint->arena, prefix, name), true))
			found = path_seen_from_here(text_format(lint->arena, "%.*s/%s", TEXT_ARGUMENTS(folder), entry->d_name));
		else if (folders && text_set_matches(lint->arena, pack->container_folders, name))
			*list_add(lint->arena, folders) = text_copy(lint->arena, name);
	}
	if (entries)
		closedir(entries);
	return found;
}

static struct text find_on_disk(struct lint *lint, const struct pack *pack, struct text folder, bool below) {
	struct text_list folders = {0};
	struct text found = look_into(lint, pack, folder, TEXT(""), below ? &folders : NULL);
	for (size_t i = 0; !found.length && i < folders.count; i++) {
		struct text prefix = text_format(lint->arena, "%.*s/", TEXT_ARGUMENTS(folders.items[i]));
		struct text path = text_format(lint->arena, "%.*s/%.*s", TEXT_ARGUMENTS(folder), TEXT_ARGUMENTS(folders.items[i]));
		found = look_into(lint, pack, path, prefix, NULL);
	}
	return found;
}

/* The answer is kept for the folder and the pack's globs, which packs share. */
static struct text find_in(struct lint *lint, const struct pack *pack, struct text folder, bool below) {
	struct text key = text_format(lint->arena, "%p%d%.*s", (const void *)pack->containers, below, TEXT_ARGUMENTS(folder));
	struct text *known = map_place(lint->arena, &lint->containers, key, sizeof(*known));
	if (!known->bytes)
		*known = (lint->options->in_memory ? find_in_memory : find_on_disk)(lint, pack, folder, below);
	return *known;
}

/* From the folder of one file up to the one that both share, and the next ones above; what lies below these is not theirs. */
static struct text find_upwards(struct lint *lint, const struct pack *pack, struct text from, struct text other) {
	struct text folder = path_folder(from), found = TEXT("");
	for (int left = 1 + FOLDERS_ABOVE; !found.length && left > 0; folder = path_folder(folder)) {
		left -= path_is_below(folder, other);
		found = find_in(lint, pack, folder, left >= FOLDERS_ABOVE);
		if (!folder.length) break;
	}
	return found;
}

struct text container_beside(struct lint *lint, const struct pack *pack, const struct file *a, const struct file *b) {
	if (!pack->containers->texts.count)
		return TEXT("");
	struct text first = absolute(lint, a->source->path), second = absolute(lint, b->source->path);
	struct text found = find_upwards(lint, pack, first, second);
	return found.length ? found : find_upwards(lint, pack, second, first);
}

static bool are_one_place(struct lint *lint, const struct file *a, const struct file *b, struct text host) {
	return meeting_of(lint, &(struct seeking){a, b, host, TEXT(""), TEXT("")}) == MEETING_SAME ||
	       meeting_of(lint, &(struct seeking){b, a, host, TEXT(""), TEXT("")}) == MEETING_SAME;
}

struct reach container_address_reach(struct lint *lint, const struct pack *pack, const struct file *a, const struct file *b,
                                     struct text host) {
	struct text container = container_beside(lint, pack, a, b);
	if (container.length && are_one_place(lint, a, b, host))
		return reach_full();
	if (container.length)
		return (struct reach){CERTAINTY_NONE,
		                      text_format(lint->arena, "%.*s may put the two into containers, where an address is another place",
		                                  TEXT_ARGUMENTS(container))};
	if (!host.length || meeting_is_loopback(host))
		return reach_full();
	return (struct reach){CERTAINTY_LIKELY, text_format(lint->arena, "'%.*s' may be another machine, or a proxy",
	                                                    TEXT_ARGUMENTS(host))};
}

/* A name without dots is that of a container where there are some. */
struct reach container_server_reach(struct lint *lint, const struct pack *pack, const struct file *a, const struct file *b,
                                    struct text host) {
	bool bare = text_find_byte(host, '.') == TEXT_NOT_FOUND && text_find_byte(host, ':') == TEXT_NOT_FOUND;
	if (!host.length || meeting_is_loopback(host) || are_one_place(lint, a, b, host) || (bare && container_beside(lint, pack, a, b).length))
		return reach_full();
	return (struct reach){CERTAINTY_LIKELY, text_format(lint->arena, "'%.*s' may be another server", TEXT_ARGUMENTS(host))};
}
