#include "evaluate/suppress.h"

struct suppression {
	struct source *source;
	uint32_t line;         /* that it is about */
	struct text rule;
	struct span span;      /* of the id */
	bool used;
};

struct suppression_list LIST_OF(struct suppression);

static const struct text sign = TEXT_INIT("arilint: ignore[");

/* Whether nothing but blanks stands before the comment on its line. */
static bool stands_alone(struct text bytes, uint32_t start) {
	while (start > 0 && bytes.bytes[start - 1] != '\n')
		if ((unsigned char)bytes.bytes[--start] > 32)
			return false;
	return true;
}

static void add_ids(struct lint *lint, struct source *source, uint32_t line, struct span ids,
                    struct suppression_list *suppressions) {
	uint32_t start = ids.start;
	for (uint32_t i = ids.start; i <= ids.end; i++) {
		if (i < ids.end && source->bytes.bytes[i] != ',') continue;
		struct span span = {start, i};
		while (span.start < span.end && source->bytes.bytes[span.start] == ' ')
			span.start++;
		*list_add(lint->arena, suppressions) =
			(struct suppression){source, line, source_slice(source, span), span, false};
		start = i + 1;
	}
}

static void take_comment(struct lint *lint, const struct file *file, struct span comment,
                         struct suppression_list *suppressions) {
	struct source *source = file->source;
	struct text text = source_slice(source, comment);
	size_t hit = text_find(text, sign);
	size_t end = hit == TEXT_NOT_FOUND ? hit : text_find_byte(text_from(text, hit), ']');
	if (end == TEXT_NOT_FOUND) return;
	bool alone = stands_alone(source->bytes, comment.start);
	if (!alone && !file->readers[0]->has_sections) return;
	uint32_t line = source_position(lint->arena, source, comment.start).line + alone;
	uint32_t start = comment.start + (uint32_t)hit;
	add_ids(lint, source, line, (struct span){start + (uint32_t)sign.length, start + (uint32_t)end}, suppressions);
}

static void take_file(struct lint *lint, const struct file *file, struct suppression_list *suppressions) {
	const struct token_list *tokens = file->view->tokens.items[0];
	for (size_t i = 0; i < tokens->count; i++)
		if (tokens->items[i].kind == TOKEN_COMMENT)
			take_comment(lint, file, tokens->items[i].span, suppressions);
}

static bool is_silenced(struct lint *lint, const struct diagnostic *diagnostic, struct suppression_list *suppressions) {
	struct place place = diagnostic->place;
	uint32_t line = source_position(lint->arena, place.source, place.span.start).line;
	bool silenced = false;
	for (size_t i = 0; i < suppressions->count; i++) {
		struct suppression *suppression = &suppressions->items[i];
		if (suppression->source == place.source && suppression->line == line &&
		    text_equal(suppression->rule, diagnostic->rule))
			silenced = suppression->used = true;
	}
	return silenced;
}

static void complain(struct lint *lint, const struct suppression *suppression) {
	struct place place = {suppression->source, suppression->span};
	diagnostics_add(lint->diagnostics, TEXT("arilint/unused-suppression"), SEVERITY_WARNING, place,
	                text_format(lint->arena, "%.*s finds nothing there to be silenced; take the comment away",
	                            TEXT_ARGUMENTS(suppression->rule)));
}

/* A rule that is switched off, or could not be judged, might have found something. */
static bool was_judged(const struct lint *lint, struct text rule) {
	for (size_t i = 0; i < lint->options->choices.count; i++) {
		const struct rule_choice *choice = &lint->options->choices.items[i];
		if (!choice->enabled && text_equal(choice->rule->id, rule)) return false;
	}
	for (size_t i = 0; i < lint->diagnostics->skipped.count; i++)
		if (text_equal(lint->diagnostics->skipped.items[i].rule, rule))
			return false;
	return true;
}

void suppress(struct lint *lint) {
	struct suppression_list suppressions = {0};
	struct diagnostics *diagnostics = lint->diagnostics;
	for (size_t i = 0; i < lint->files.count; i++)
		/* A source with several roles is gone through once. */
		if (i == 0 || lint->files.items[i - 1]->source != lint->files.items[i]->source)
			take_file(lint, lint->files.items[i], &suppressions);
	if (!suppressions.count) return;
	size_t kept = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (!is_silenced(lint, &diagnostics->found.items[i], &suppressions))
			diagnostics->found.items[kept++] = diagnostics->found.items[i];
	diagnostics->found.count = kept;
	for (size_t i = 0; lint->options->tell_unused_suppressions && i < suppressions.count; i++)
		if (!suppressions.items[i].used && !suppressions.items[i].source->peer &&
		    was_judged(lint, suppressions.items[i].rule))
			complain(lint, &suppressions.items[i]);
}
