#include "reach/standing.h"

#include "base/path.h"
#include "inventory/deployed.h"
#include "reach/container.h"
#include "reach/script.h"
#include "source/conflict.h"

enum { LINES_OF_HEAD = 10 };

/* --- parts --- */

/* Whether files lie beside it that tell it from a part, and whether they lie in a folder above. */
static bool lies_beside_whole(struct lint *lint, const struct file *file, bool *below) {
	struct text folder = lint_whole_folder(lint, file->role, file->source);
	size_t own = file->source->path.length - path_name(file->source->path).length;
	*below = folder.bytes && folder.length < own;
	return folder.bytes && folder.length == own;
}

static struct reach find_absence(struct lint *lint, const struct pack *pack, struct file *file) {
	struct text path = file->source->path;
	const struct source *includer = file->source->includer;
	struct reach part = {CERTAINTY_NONE, TEXT("")};
	bool below, beside = lies_beside_whole(lint, file, &below);
	if (includer) {
		part.reason = text_format(lint->arena, "%.*s is a part of %.*s", TEXT_ARGUMENTS(path),
		                          TEXT_ARGUMENTS(includer->path));
		return part;
	}
	if (deployed_whole(lint, file))
		return reach_full();
	if (role_has_part(file->role, path)) {
		part.reason = text_format(lint->arena, "%.*s is a part of another file by its name", TEXT_ARGUMENTS(path));
		return part;
	}
	if (file->group)
		return reach_full();
	if (below) {
		part.reason = text_format(lint->arena, "%.*s lies below the folder of the whole files, and may be a part of one", TEXT_ARGUMENTS(path));
		return part;
	}
	if (!file->role->whole_section.length || file_group_any_case(file, file->role->whole_section, false))
		return reach_full();
	struct text container = container_beside(lint, pack, file, file);
	if (container.length)
		part.reason = text_format(lint->arena, "%.*s may make %.*s a part of another file", TEXT_ARGUMENTS(container),
		                          TEXT_ARGUMENTS(path));
	else if (!beside)
		part = (struct reach){CERTAINTY_LIKELY, text_format(lint->arena, "%.*s has no [%.*s] and may be a part of another file",
		                                                    TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(file->role->whole_section))};
	else
		part = reach_full();
	return part;
}

struct reach standing_of_absence(struct lint *lint, const struct pack *pack, struct file *file) {
	struct text key = TEXT("\0absence");
	struct reach *known = map_place(file->arena, &file->found, key, sizeof(*known));
	if (!known->reason.bytes)
		*known = find_absence(lint, pack, file);
	return *known;
}

/* --- what it includes --- */

struct reach standing_of_include(struct lint *lint, const struct pack *pack, struct file *file, struct text name) {
	struct text folder = path_folder(path_absolute(lint->arena, path_here(), file->source->path));
	struct text container = container_beside(lint, pack, file, file);
	bool command = text_is(name, "#exec");
	if (container.length && !command)
		return (struct reach){CERTAINTY_NONE, text_format(lint->arena, "%.*s may bring %.*s along", TEXT_ARGUMENTS(container),
		                                                  TEXT_ARGUMENTS(name))};
	struct text script = command ? TEXT("") : script_writing(lint, pack, file, name);
	if (script.length)
		return (struct reach){CERTAINTY_NONE, text_format(lint->arena, "%.*s writes %.*s", TEXT_ARGUMENTS(script), TEXT_ARGUMENTS(name))};
	if (!command && (!text_starts_with(name, TEXT("/")) || path_is_below(folder, name)))
		return reach_full();
	return (struct reach){CERTAINTY_LIKELY, text_format(lint->arena, "%.*s may give more where %.*s is used",
	                                                    TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(file->source->path))};
}

/* --- conflicts --- */

bool standing_in_conflict(struct file *file) {
	enum { NOT_SOUGHT, NONE, SOME } *known = map_place(file->arena, &file->found, TEXT("\0conflict"), sizeof(*known));
	if (*known == NOT_SOUGHT)
		*known = source_conflict(file->source).end ? SOME : NONE;
	return *known == SOME;
}

/* --- what programs write --- */

static bool says_so(struct arena *arena, const struct text_set *heads, struct text rest) {
	for (int line = 0; line < LINES_OF_HEAD && rest.length; line++) {
		size_t feed = text_find_byte(rest, '\n');
		size_t length = feed == TEXT_NOT_FOUND ? rest.length : feed;
		if (text_set_matches(arena, heads, text_slice(rest, 0, length))) return true;
		rest = text_from(rest, feed == TEXT_NOT_FOUND ? rest.length : feed + 1);
	}
	return false;
}

bool standing_generated(struct arena *arena, const struct pack *pack, const struct source *source) {
	return text_set_matches(arena, pack->generated_files, path_name(source->path)) ||
	       (pack->generated_heads->texts.count && says_so(arena, pack->generated_heads, source->bytes));
}
