#include "evaluate/suppress.h"

#include "base/text_set.h"

struct suppression {
	struct source *source;
	uint32_t stands;       /* its own line */
	uint32_t line;         /* that it is about; 0: all of them */
	struct text rule;
	struct span span;      /* of the id */
	bool used;
};

struct suppression_list LIST_OF(struct suppression);

/* What a comment says before its list of rules. */
struct sign {
	struct text text;
	bool whole_file;
};

static const struct sign signs[] = {{TEXT_INIT(SUPPRESSION_SIGN), false}, {TEXT_INIT("arilint: ignore-file["), true}};

/* Whether nothing but blanks stands before the comment on its line. */
static bool stands_alone(struct text bytes, uint32_t start) {
	while (start > 0 && bytes.bytes[start - 1] != '\n')
		if ((unsigned char)bytes.bytes[--start] > 32)
			return false;
	return true;
}

static void add_ids(struct lint *lint, struct suppression like, struct span ids, struct suppression_list *suppressions) {
	struct source *source = like.source;
	uint32_t start = ids.start;
	for (uint32_t i = ids.start; i <= ids.end; i++) {
		if (i < ids.end && source->bytes.bytes[i] != ',') continue;
		struct span span = {start, i};
		while (span.start < span.end && source->bytes.bytes[span.start] == ' ')
			span.start++;
		like.rule = source_slice(source, span);
		like.span = span;
		*list_add(lint->arena, suppressions) = like;
		start = i + 1;
	}
}

static void take_comment(struct lint *lint, const struct file *file, struct span comment, const struct sign *sign,
                         struct suppression_list *suppressions) {
	struct source *source = file->source;
	struct text text = source_slice(source, comment);
	size_t hit = text_find(text, sign->text);
	size_t end = hit == TEXT_NOT_FOUND ? hit : text_find_byte(text_from(text, hit), ']');
	if (end == TEXT_NOT_FOUND) return;
	bool alone = stands_alone(source->bytes, comment.start);
	if (!alone && !file->readers[0]->has_sections) return;
	uint32_t line = source_position(lint->arena, source, comment.start).line, start = comment.start + (uint32_t)hit;
	struct suppression like = {.source = source, .stands = line, .line = sign->whole_file ? 0 : line + alone};
	add_ids(lint, like, (struct span){start + (uint32_t)sign->text.length, start + (uint32_t)end}, suppressions);
}

static void take_file(struct lint *lint, const struct file *file, struct suppression_list *suppressions) {
	const struct token_list *tokens = file->view->tokens.items[0];
	for (size_t i = 0; i < tokens->count; i++)
		for (size_t j = 0; tokens->items[i].kind == TOKEN_COMMENT && j < sizeof(signs) / sizeof(signs[0]); j++)
			take_comment(lint, file, tokens->items[i].span, &signs[j], suppressions);
}

/* Of comments that stand above one another all are about the line below the last. */
static void settle_stacks(struct suppression_list *suppressions) {
	for (size_t i = suppressions->count; i-- > 1;) {
		struct suppression *above = &suppressions->items[i - 1];
		const struct suppression *below = &suppressions->items[i];
		bool alone = above->line > above->stands && below->line > below->stands;
		bool together = above->stands == below->stands || above->line == below->stands;
		if (above->source == below->source && alone && together)
			above->line = below->line;
	}
}

static bool is_silenced(struct lint *lint, const struct diagnostic *diagnostic, struct suppression_list *suppressions) {
	struct place place = diagnostic->place;
	uint32_t line = source_position(lint->arena, place.source, place.span.start).line;
	bool silenced = false;
	for (size_t i = 0; i < suppressions->count; i++) {
		struct suppression *suppression = &suppressions->items[i];
		if (suppression->source == place.source && (!suppression->line || suppression->line == line) &&
		    text_equal(suppression->rule, diagnostic->rule))
			silenced = suppression->used = true;
	}
	return silenced;
}

/* The ids of all rules; and those that end in the text, as if their pack had been forgotten. */
static struct text_list rules_like(const struct lint *lint, struct text rule, struct text_list *forgotten) {
	struct text_list ids = {0};
	struct text end = text_join(lint->arena, TEXT("/"), rule);
	for (size_t i = 0; i < lint->options->choices.count; i++) {
		struct text id = lint->options->choices.items[i].rule->id;
		*list_add(lint->arena, &ids) = id;
		if (text_ends_with(id, end))
			*list_add(lint->arena, forgotten) = id;
	}
	return ids;
}

static void complain(struct lint *lint, const struct suppression *suppression) {
	struct place place = {suppression->source, suppression->span};
	struct text rule = suppression->rule, near;
	struct text_list forgotten = {0}, ids = rules_like(lint, rule, &forgotten);
	bool known = text_list_has(&ids, rule);
	struct diagnostic *found = diagnostics_add(
		lint->diagnostics, TEXT("arilint/unused-suppression"), SEVERITY_WARNING, place,
		text_format(lint->arena, known ? "%.*s finds nothing there to be silenced; take the comment away"
	                                        : "there is no rule '%.*s' to be silenced", TEXT_ARGUMENTS(rule)));
	if (known) return;
	found->help = TEXT("a comment names rules one by one, PACK/RULE; `arilint rule` lists them");
	if (forgotten.count)
		near = forgotten.items[0];
	if (forgotten.count || text_list_nearest(lint->arena, &ids, rule, &near))
		found->help = text_format(lint->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near));
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
	settle_stacks(&suppressions);
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
