#include "reach/script.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"
#include "reach/written.h"

enum { FOLDERS_ABOVE = 2, MOST_SCRIPTS = 64, LARGEST = 256 * 1024 };

/* The scripts of a folder, while they are sought. */
struct search {
	struct lint *lint;
	const struct pack *pack;
	struct map *names; /* what they write -> the path of the script */
	size_t count;
};

static bool is_script(const struct search *search, struct text name) { return text_set_matches(search->lint->arena, search->pack->scripts, name); }

static void note_script(struct search *search, struct text path, struct text bytes) {
	struct text *kept = arena_new(search->lint->arena, struct text);
	*kept = path;
	search->count++;
	written_note(search->lint->arena, bytes, kept, search->names);
}

static void look_in_memory(struct search *search, struct text folder) {
	const struct source_list *sources = &search->lint->sources;
	for (size_t i = 0; i < sources->count; i++) {
		const struct source *source = sources->items[i];
		struct text path = path_absolute(search->lint->arena, path_here(), source->path);
		struct text in = path_folder(path), name = path_name(path);
		bool below = text_equal(path_folder(in), folder) && text_set_matches(search->lint->arena, search->pack->script_folders, path_name(in));
		if ((below || text_equal(in, folder)) && is_script(search, name))
			note_script(search, source->path, source->bytes);
	}
}

static void read_script(struct search *search, struct text path) {
	struct arena *arena = search->lint->arena;
	struct text fault = TEXT("");
	struct stat status;
	if (search->count == MOST_SCRIPTS || stat(text_string(arena, path), &status) < 0 || !S_ISREG(status.st_mode) || status.st_size > LARGEST)
		return;
	struct source *source = source_read(arena, path, &fault);
	if (!fault.length)
		note_script(search, path_seen_from_here(path), source->bytes);
}

static void look_on_disk(struct search *search, struct text folder, bool below) {
	struct arena *arena = search->lint->arena;
	struct text_list folders = {0};
	DIR *entries = file_entries_of(folder.length ? text_string(arena, folder) : "/");
	struct dirent *entry;
	while (entries && (entry = readdir(entries))) {
		struct text name = text_of(entry->d_name);
		struct text path = text_format(arena, "%.*s/%s", TEXT_ARGUMENTS(folder), entry->d_name);
		if (is_script(search, name))
			read_script(search, path);
		else if (below && text_set_matches(arena, search->pack->script_folders, name))
			*list_add(arena, &folders) = path;
	}
	if (entries)
		closedir(entries);
	for (size_t i = 0; i < folders.count; i++)
		look_on_disk(search, folders.items[i], false);
}

/* What the scripts of a folder write. */
static const struct map *written_in(struct lint *lint, const struct pack *pack, struct text folder) {
	struct text key = text_format(lint->arena, "%p%.*s", (const void *)pack->scripts, TEXT_ARGUMENTS(folder));
	struct map *known = map_get(&lint->scripts, key);
	if (known)
		return known;
	struct search search = {.lint = lint, .pack = pack, .names = map_place(lint->arena, &lint->scripts, key, sizeof(*known))};
	if (lint->options->in_memory)
		look_in_memory(&search, folder);
	else
		look_on_disk(&search, folder, true);
	return search.names;
}

/* Whether its program reads it there, where nothing is set up any more. */
static bool is_installed(const struct pack *pack, struct text folder) {
	for (size_t i = 0; i < pack->roles.count; i++)
		if (pack->roles.items[i]->installed.length && text_equal(path_folder(pack->roles.items[i]->installed), folder))
			return true;
	return false;
}

struct text script_writing(struct lint *lint, const struct pack *pack, const struct file *file, struct text name) {
	struct text folder = path_folder(path_absolute(lint->arena, path_here(), file->source->path));
	const struct text *found = NULL;
	bool nowhere = !pack->scripts->texts.count || is_installed(pack, folder);
	for (int above = 0; !nowhere && !found && above <= FOLDERS_ABOVE; above++, folder = path_folder(folder)) {
		found = map_get(written_in(lint, pack, folder), path_name(name));
		nowhere = !folder.length;
	}
	return found ? *found : TEXT("");
}
