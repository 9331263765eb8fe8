/* The wildcards of `#include`, as glob(3) with GLOB_NOMAGIC and GLOB_BRACE takes them, but with a bound on the folders
 * that are listed: a pattern of a few bytes could otherwise make it walk the whole file system. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/file.h"
#include "reader/asterisk/asterisk.h"
#include "reader/asterisk/matcher.h"

struct search {
	struct arena *arena;
	const struct source_list *memory; /* instead of the disk */
	size_t *budget;
	struct text_list *paths;
};

static bool spend(struct search *search) {
	if (*search->budget == 0) return false;
	--*search->budget;
	return true;
}

static bool is_pattern(struct text part) {
	for (size_t i = 0; i < part.length; i++)
		if (part.bytes[i] == '*' || part.bytes[i] == '?' || part.bytes[i] == '[')
			return true;
	return false;
}

/* Whether the last byte is a backslash that no other one escapes. */
static bool ends_in_escape(struct text part) {
	size_t at = part.length;
	while (at > 0 && part.bytes[at - 1] == '\\')
		at--;
	return (part.length - at) % 2 == 1;
}

static bool is_plain(struct text part) { return !is_pattern(part) && !text_has_byte(part, '\\'); }

static struct text unescape(struct arena *arena, struct text part) {
	struct buffer buffer = {.arena = arena};
	for (size_t i = 0; i < part.length; i++) {
		if (part.bytes[i] == '\\' && i + 1 < part.length)
			i++;
		buffer_add_byte(&buffer, part.bytes[i]);
	}
	return buffer_text(&buffer);
}

static bool walk(struct search *search, struct text folder, struct text rest);

static bool list_memory(struct search *search, struct text folder, const struct matcher *pattern,
                        struct text_list *names) {
	for (size_t i = 0; i < search->memory->count; i++) {
		struct text rest = search->memory->items[i]->path;
		if (!spend(search)) return false;
		if (!text_starts_with(rest, folder)) continue;
		rest = text_from(rest, folder.length);
		struct text name = text_cut(&rest, '/');
		if (matcher_takes(pattern, name) && !text_list_has(names, name))
			*list_add(search->arena, names) = name;
	}
	return true;
}

static bool list_folder(struct search *search, struct text folder, struct text part, struct text_list *names) {
	const struct matcher *pattern = matcher_of_wildcards(search->arena, part);
	if (search->memory)
		return list_memory(search, folder, pattern, names);
	DIR *stream = file_entries_of(folder.length ? text_string(search->arena, folder) : ".");
	bool within = true;
	struct dirent *found;
	while (stream && (found = readdir(stream)) != NULL) {
		within = spend(search);
		if (!within) break;
		if (matcher_takes(pattern, text_of(found->d_name)))
			*list_add(search->arena, names) = text_copy(search->arena, text_of(found->d_name));
	}
	if (stream)
		closedir(stream);
	return within;
}

static bool walk_each(struct search *search, struct text folder, struct text part, struct text slashes,
                      struct text rest) {
	struct text_list names = {NULL, 0, 0};
	if (!list_folder(search, folder, part, &names)) return false;
	for (size_t i = 0; i < names.count; i++) {
		struct text path = text_join(search->arena, text_join(search->arena, folder, names.items[i]), slashes);
		if (!walk(search, path, rest)) return false;
	}
	return true;
}

/* `folder` is what the path begins with, its last slash included; `rest` is what is still a pattern. A backslash before
 * a slash counts for nothing, and one at the end makes that nothing is found. */
static bool walk(struct search *search, struct text folder, struct text rest) {
	if (!spend(search)) return false;
	if (!rest.length) {
		*list_add(search->arena, search->paths) = folder;
		return true;
	}
	size_t end = text_find_byte(rest, '/'), next;
	if (end == TEXT_NOT_FOUND)
		end = rest.length;
	for (next = end; next < rest.length && rest.bytes[next] == '/';)
		next++;
	struct text part = text_slice(rest, 0, end), slashes = text_slice(rest, end, next);
	if (ends_in_escape(part)) {
		if (end == next) return true;
		part.length--;
	}
	/* Slashes at the end are for folders; but behind a plain name that is a file's, glob(3) leaves them out. */
	if (next == rest.length && is_plain(part))
		slashes = TEXT("");
	if (is_pattern(part))
		return walk_each(search, folder, part, slashes, text_from(rest, next));
	struct text path = text_join(search->arena, folder, unescape(search->arena, part));
	return walk(search, text_join(search->arena, path, slashes), text_from(rest, next));
}

static int compare_paths(const void *a, const void *b) {
	const struct text *left = a, *right = b;
	return text_compare(*left, *right);
}

/* The first brace that no backslash escapes. */
static size_t find_open_brace(struct text pattern) {
	size_t at = 0;
	while (at < pattern.length && pattern.bytes[at] != '{')
		at += pattern.bytes[at] == '\\' && at + 1 < pattern.length ? 2 : 1;
	return at < pattern.length ? at : TEXT_NOT_FOUND;
}

/* The brace that closes the one at `open`, and the commas of its own level between them; false when it isn't closed. */
static bool find_brace(struct text pattern, size_t open, struct text_list *alternatives, struct arena *arena,
                       size_t *close) {
	size_t depth = 0, start = open + 1;
	for (size_t i = open; i < pattern.length; i++) {
		char byte = pattern.bytes[i];
		if (byte == '\\')
			i++;
		else if (byte == '{')
			depth++;
		else if ((byte == ',' || byte == '}') && depth == 1) {
			*list_add(arena, alternatives) = text_slice(pattern, start, i);
			start = i + 1;
		}
		if (byte == '}' && --depth == 0) {
			*close = i;
			return true;
		}
	}
	return false;
}

static bool walk_sorted(struct search *search, struct text folder, struct text pattern) {
	size_t before = search->paths->count;
	bool within = walk(search, folder, pattern);
	size_t found = search->paths->count - before;
	if (found)
		qsort(search->paths->items + before, found, sizeof(struct text), compare_paths);
	return within;
}

static bool expand(struct search *search, struct text folder, struct text pattern) {
	size_t open = find_open_brace(pattern), close;
	struct text_list alternatives = {NULL, 0, 0};
	if (open == TEXT_NOT_FOUND || !find_brace(pattern, open, &alternatives, search->arena, &close))
		return walk_sorted(search, folder, pattern);
	struct text tail = text_from(pattern, close + 1);
	for (size_t i = 0; i < alternatives.count; i++) {
		struct text head = text_join(search->arena, text_slice(pattern, 0, open), alternatives.items[i]);
		if (!spend(search) || !expand(search, folder, text_join(search->arena, head, tail))) return false;
	}
	return true;
}

static bool is_there(const struct search *search, struct text path) {
	struct stat status;
	if (!search->memory)
		return lstat(text_string(search->arena, path), &status) == 0;
	for (size_t i = 0; i < search->memory->count; i++)
		if (text_equal(search->memory->items[i]->path, path))
			return true;
	return false;
}

static bool is_any_there(const struct search *search, size_t from) {
	while (from < search->paths->count && !is_there(search, search->paths->items[from]))
		from++;
	return from < search->paths->count;
}

bool asterisk_glob(const struct reading *reading, struct text folder, struct text pattern, size_t *budget,
                   struct text_list *paths) {
	enum { MOST_ENTRIES = 64 * 1024 };
	size_t allowed = *budget < MOST_ENTRIES ? *budget : MOST_ENTRIES, left = allowed, before = paths->count;
	struct search search = {reading->arena, reading->memory, &left, paths};
	bool within = expand(&search, folder, pattern);
	/* Where no alternative is there, the braces are taken for a part of the name. */
	if (within && find_open_brace(pattern) != TEXT_NOT_FOUND && !is_any_there(&search, before)) {
		paths->count = before;
		within = walk_sorted(&search, folder, pattern);
	}
	*budget -= allowed - left;
	return within;
}
