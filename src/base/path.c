#include "base/path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

struct text path_here(void) {
	static char here[PATH_MAX];
	if (!here[0] && !realpath(".", here))
		here[0] = '\0';
	return text_of(here);
}

static void add_parts(struct buffer *clean, struct text path) {
	while (path.length) {
		struct text part = text_cut(&path, '/');
		size_t slash = text_find_last_byte(buffer_text(clean), '/');
		if (text_is(part, "..")) {
			clean->length = slash == TEXT_NOT_FOUND ? 0 : slash;
		} else if (part.length && !text_is(part, ".")) {
			buffer_add_byte(clean, '/');
			buffer_add(clean, part);
		}
	}
}

bool path_is_below(struct text folder, struct text path) {
	if (text_is(folder, "/"))
		return text_starts_with(path, folder);
	struct text rest = text_from(path, folder.length);
	return text_starts_with(path, folder) && (!rest.length || rest.bytes[0] == '/');
}

struct text path_of_user(struct arena *arena, const char *variable, const char *fallback, const char *end) {
	const char *base = getenv(variable), *home = getenv("HOME");
	if (base && base[0] == '/')
		return text_format(arena, "%s/%s", base, end);
	return home && home[0] == '/' ? text_format(arena, "%s/%s/%s", home, fallback, end) : TEXT("");
}

struct text path_absolute(struct arena *arena, struct text folder, struct text path) {
	struct buffer clean = {.arena = arena};
	if (!text_starts_with(path, TEXT("/")))
		add_parts(&clean, folder);
	add_parts(&clean, path);
	return buffer_text(&clean);
}

/* What stands at one place of a glob: a star of either kind, or a byte. */
static size_t star_length(struct text glob, size_t at) {
	size_t length = 0;
	while (length < 2 && at + length < glob.length && glob.bytes[at + length] == '*')
		length++;
	return length;
}

/* Places that can be reached without a byte of the path: those behind stars. */
static void pass_stars(struct text glob, bool *reached) {
	for (size_t at = 0; at < glob.length; at++) {
		size_t star = reached[at] ? star_length(glob, at) : 0;
		if (!star) continue;
		reached[at + star] = true;
		bool whole = star == 2 && (at == 0 || glob.bytes[at - 1] == '/');
		if (whole && at + 2 < glob.length && glob.bytes[at + 2] == '/')
			reached[at + 3] = true;
	}
}

bool path_matches_glob(struct text path, struct text glob) {
	bool now[PATH_LONGEST_GLOB + 1] = {true}, next[PATH_LONGEST_GLOB + 1];
	if (glob.length > PATH_LONGEST_GLOB) return false;
	pass_stars(glob, now);
	for (size_t i = 0; i < path.length; i++) {
		char byte = path.bytes[i];
		memset(next, 0, glob.length + 1);
		for (size_t at = 0; at < glob.length; at++) {
			size_t star = now[at] ? star_length(glob, at) : 0;
			if (star)
				next[at] = next[at] || star == 2 || byte != '/';
			else if (now[at] && (glob.bytes[at] == byte || (glob.bytes[at] == '?' && byte != '/')))
				next[at + 1] = true;
		}
		pass_stars(glob, next);
		memcpy(now, next, glob.length + 1);
	}
	return now[glob.length];
}

struct text path_seen_from_here(struct text path) {
	struct text here = path_here();
	if (!path_is_below(here, path))
		return path;
	struct text below = text_from(path, here.length);
	return text_from(below, text_starts_with(below, TEXT("/")));
}

struct text path_name(struct text path) {
	size_t slash = text_find_last_byte(path, '/');
	return slash == TEXT_NOT_FOUND ? path : text_from(path, slash + 1);
}

struct text path_folder(struct text path) {
	size_t slash = text_find_last_byte(path, '/');
	return slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(path, 0, slash);
}

struct text path_prefix(struct text path) { return text_slice(path, 0, path.length - path_name(path).length); }
