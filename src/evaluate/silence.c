#include "evaluate/silence.h"

#include "fix/operator.h"
#include "reach/standing.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* The file that the source is read as; NULL: as none of its own. */
static const struct file *find_file(const struct lint *lint, const struct source *source) {
	for (size_t i = 0; i < lint->files.count; i++)
		if (lint->files.items[i]->source == source)
			return lint->files.items[i];
	return NULL;
}

/* A program would write the file anew, without the comment. */
static bool is_generated(const struct lint *lint, const struct source *source) {
	for (size_t i = 0; i < lint->options->packs.count; i++)
		if (standing_generated(lint->arena, lint->options->packs.items[i], source)) return true;
	return false;
}

struct fix *silence_make(struct lint *lint, const struct diagnostic *found, const char *reason) {
	struct source *source = found->place.source;
	const struct file *file = find_file(lint, source);
	bool whole_file = !found->place.span.start && !found->place.span.end;
	if (found->unread || whole_file || !file || is_generated(lint, source)) return NULL;
	if (text_starts_with(found->rule, TEXT("arilint/"))) return NULL;
	uint32_t start = source_line(source, source_position(source, found->place.span.start).line).start;
	if (!start && text_starts_with(source->bytes, TEXT(BYTE_ORDER_MARK)))
		start = sizeof(BYTE_ORDER_MARK) - 1;
	struct text comment = text_format(lint->arena, "%s " SUPPRESSION_SIGN "%.*s] %s%.*s", file->readers[0]->comment,
	                                  TEXT_ARGUMENTS(found->rule), reason, TEXT_ARGUMENTS(fix_line_end(source)));
	struct fix *fix = arena_new(lint->arena, struct fix);
	fix->safety = SAFETY_SAFE;
	fix->title = TEXT("silence it");
	*list_add(lint->arena, &fix->edits) = (struct edit){source, {start, start}, comment, false, false};
	return fix;
}

void silence_offer(struct lint *lint) {
	for (size_t i = 0; i < lint->diagnostics->found.count; i++)
		lint->diagnostics->found.items[i].fix = silence_make(lint, &lint->diagnostics->found.items[i], "baseline");
}
