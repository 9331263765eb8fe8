/* Included files: found, read in place, and what their errors mean to the file that includes them. */
#include "reader/asterisk/asterisk.h"

/* As Asterisk's NULL, CONFIG_STATUS_FILEINVALID and a configuration. */
enum outcome { FOUND_NONE, FOUND_BROKEN, FOUND_READ };

static bool is_same(const struct source *a, const struct source *b) {
	const struct stat *left = &a->status, *right = &b->status;
	return a == b || (left->st_ino && left->st_ino == right->st_ino && left->st_dev == right->st_dev);
}

/* The source that was read before under another path of the same file, or the new one itself. */
static struct source *find_twin(const struct view *view, struct source *source) {
	for (size_t i = 0; i < view->sources.count; i++)
		if (is_same(view->sources.items[i], source))
			return view->sources.items[i];
	return source;
}

/* NULL when there is no file to read; `*tokens` is NULL when it was read before. */
static struct source *open_source(struct asterisk_file *includer, struct text path, struct token_list **tokens) {
	struct asterisk_reading *reading = includer->reading;
	struct source *known = map_get(&reading->sources, path);
	struct text fault = TEXT("");
	*tokens = NULL;
	if (known)
		return known;
	reading->reading->includer = includer->source;
	struct source *source = reading->reading->open ? reading->reading->open(reading->reading, path)
	                                               : source_read(reading->arena, path, &fault);
	if (!source || fault.length) return NULL;
	struct source *twin = find_twin(reading->view, source);
	if (twin == source)
		*tokens = view_add_source(reading->reading, reading->view, source);
	return map_put(reading->arena, &reading->sources, path, twin);
}

static bool is_being_read(const struct asterisk_file *file, const struct source *source) {
	while (file && !is_same(file->source, source))
		file = file->includer;
	return file != NULL;
}

/* Counts a file against the bounds. */
static void count_file(struct asterisk_file *includer, const struct source *source, struct span span) {
	struct asterisk_reading *reading = includer->reading;
	reading->bytes += source->bytes.length;
	if (reading->bytes > ASTERISK_MOST_BYTES)
		asterisk_stop(includer, span, "bytes read");
}

static void read_one(struct asterisk_file *file, struct source *source, struct token_list *tokens, struct span span) {
	file->source = source;
	file->header = NULL;
	file->tokens = tokens;
	if (is_being_read(file->includer, source))
		asterisk_note(file->includer, "include-of-itself", span, source->path);
	count_file(file->includer, source, span);
	asterisk_read_lines(file);
}

static enum outcome read_all(struct asterisk_file *includer, const struct text_list *paths, struct span span,
                             struct text *failure) {
	struct asterisk_reading *reading = includer->reading;
	struct asterisk_file file = {.reading = reading, .includer = includer, .section = reading->current};
	bool found = false;
	for (size_t i = 0; i < paths->count && !file.failure.length && !reading->stopped; i++) {
		if (++reading->files > ASTERISK_MOST_FILES) {
			asterisk_stop(includer, span, "included files");
			break;
		}
		struct token_list *tokens;
		struct source *source = open_source(includer, paths->items[i], &tokens);
		if (!source) continue;
		if (found)
			asterisk_lines_continue(&file.lines, source->bytes);
		else
			asterisk_lines_begin(&file.lines, reading->arena, source->bytes);
		found = true;
		read_one(&file, source, tokens, span);
	}
	*failure = file.failure;
	return file.failure.length ? FOUND_BROKEN : found ? FOUND_READ : FOUND_NONE;
}

static enum outcome read_named(struct asterisk_file *includer, struct text name, struct span span, struct text *failure) {
	struct asterisk_reading *reading = includer->reading;
	struct text_list paths = {NULL, 0, 0};
	size_t left = ASTERISK_MOST_WORK - reading->work, budget = left;
	struct text folder = name.length && name.bytes[0] == '/' ? TEXT("") : reading->root;
	if (name.length > ASTERISK_PATH_LENGTH)
		return FOUND_NONE;
	bool listed = asterisk_glob(reading->reading, folder, name, &budget, &paths);
	reading->work += left - budget;
	if (!listed) {
		asterisk_stop(includer, span, "folder entries");
		return FOUND_NONE;
	}
	return read_all(includer, &paths, span, failure);
}

bool asterisk_include(struct asterisk_file *file, struct text name, bool try, struct span span) {
	struct asterisk_reading *reading = file->reading;
	struct text failure = TEXT("");
	bool too_deep = reading->level == ASTERISK_LEVELS;
	enum outcome outcome = FOUND_NONE;
	if (!too_deep) {
		reading->level++;
		outcome = read_named(file, name, span, &failure);
		/* A broken file leaves the level raised, there as here: ten of them, and nothing more is included. */
		if (outcome != FOUND_BROKEN)
			reading->level--;
	}
	if (outcome == FOUND_BROKEN)
		asterisk_note(file, "error-in-include", span, failure);
	if (outcome == FOUND_NONE && try)
		reading->view->unread = name;
	if (outcome != FOUND_NONE || try || reading->stopped)
		return !reading->stopped;
	reading->lacking = reading->lacking || !file->includer;
	return asterisk_refuse(file, too_deep ? "include-too-deep" : "missing-include", span, name);
}
