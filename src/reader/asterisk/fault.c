#include "reader/asterisk/asterisk.h"

void asterisk_note(struct asterisk_file *file, const char *kind, struct span span, struct text detail) {
	if (file->tokens)
		fault_add(file->reading->arena, file->reading->view, kind, (struct place){file->source, span}, detail);
}

/* "line 3: unknown-template 'base'" */
static struct text describe(struct asterisk_file *file, const char *kind, struct span span, struct text detail) {
	struct arena *arena = file->reading->arena;
	uint32_t line = source_position(file->source, span.start).line;
	if (!detail.length)
		return text_format(arena, "line %u: %s", line, kind);
	return text_format(arena, "line %u: %s '%.*s'", line, kind, TEXT_ARGUMENTS(detail));
}

bool asterisk_refuse_all(struct asterisk_file *file, const char *kind, struct span span, struct text detail) {
	struct view *view = file->reading->view;
	bool first = view->ok;
	fault_add(file->reading->arena, view, kind, (struct place){file->source, span}, detail);
	if (first)
		view->error = describe(file, kind, span, detail);
	return true;
}

bool asterisk_refuse(struct asterisk_file *file, const char *kind, struct span span, struct text detail) {
	if (file->includer) {
		struct text what = describe(file, kind, span, detail);
		file->failure = text_format(file->reading->arena, "%.*s, %.*s", TEXT_ARGUMENTS(file->source->path),
		                            TEXT_ARGUMENTS(what));
		return false;
	}
	return asterisk_refuse_all(file, kind, span, detail);
}

void asterisk_stop(struct asterisk_file *file, struct span span, const char *bound) {
	if (!file->reading->stopped)
		asterisk_refuse_all(file, "reading-limit", span, text_of(bound));
	file->reading->stopped = true;
}

bool asterisk_work(struct asterisk_file *file, struct span span, size_t amount) {
	file->reading->work += amount;
	if (file->reading->work > ASTERISK_MOST_WORK)
		asterisk_stop(file, span, "comparisons");
	return !file->reading->stopped;
}
