#include "evaluate/suppress.h"

#include "base/text_set.h"

struct suppression {
	struct source *source;
	uint32_t stands;       /* its own line */
	uint32_t line;         /* that it is about; 0: all of them */
	struct text rule;
	struct span span;      /* of the id */
	const char *fault;     /* why it silences nothing, whatever stands there; NULL: it may */
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

static bool is_name_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-'; }

/* What was meant to be a sign and is none, such as `arilint: ignroe[ari/read-only]` or `arilint ignore`; empty: none was. */
static struct span find_misspelt(struct lint *lint, struct text comment) {
	static struct text words[] = {TEXT_INIT("ignore"), TEXT_INIT("ignore-file")};
	const struct text_list signs_words = {.items = words, .count = sizeof(words) / sizeof(words[0])};
	uint32_t start = 0, end;
	while (start < comment.length && !is_name_letter(comment.bytes[start]))
		start++;
	struct text rest = text_from(comment, start), near;
	if (!text_starts_with(rest, TEXT("arilint"))) return (struct span){0, 0};
	rest = text_from(rest, sizeof("arilint") - 1);
	while (rest.length && (rest.bytes[0] == ':' || rest.bytes[0] == ' '))
		rest = text_from(rest, 1);
	for (end = 0; end < rest.length && is_name_letter(rest.bytes[end]);)
		end++;
	bool list = end < rest.length && rest.bytes[end] == '[';
	if (!end || (!list && !text_list_nearest(lint->arena, &signs_words, text_slice(rest, 0, end), &near)))
		return (struct span){0, 0};
	return (struct span){start, (uint32_t)(comment.length - rest.length) + end};
}

static void take_misspelt(struct lint *lint, const struct file *file, struct span comment, struct suppression_list *suppressions) {
	struct span wrong = find_misspelt(lint, source_slice(file->source, comment));
	if (wrong.end == wrong.start) return;
	*list_add(lint->arena, suppressions) = (struct suppression){
		.source = file->source, .span = {comment.start + wrong.start, comment.start + wrong.end},
		.fault = "this silences nothing: it is written `arilint: ignore[PACK/RULE]` or `arilint: ignore-file[PACK/RULE]`"};
}

/* Whether the comment has the sign. */
static bool take_comment(struct lint *lint, const struct file *file, struct span comment, const struct sign *sign,
                         struct suppression_list *suppressions) {
	struct source *source = file->source;
	struct text text = source_slice(source, comment);
	size_t hit = text_find(text, sign->text);
	size_t end = hit == TEXT_NOT_FOUND ? hit : text_find_byte(text_from(text, hit), ']');
	if (end == TEXT_NOT_FOUND) return false;
	bool alone = stands_alone(source->bytes, comment.start);
	uint32_t line = source_position(source, comment.start).line, start = comment.start + (uint32_t)hit;
	struct suppression like = {.source = source, .stands = line, .line = sign->whole_file ? 0 : line + alone};
	if (!alone && !file->readers[0]->has_sections)
		like.fault = "behind a value this silences nothing, as not every program knows a comment there; put it alone on the line above";
	add_ids(lint, like, (struct span){start + (uint32_t)sign->text.length, start + (uint32_t)end}, suppressions);
	return true;
}

static void take_file(struct lint *lint, const struct file *file, struct suppression_list *suppressions) {
	const struct token_list *tokens = file->view->tokens.items[0];
	for (size_t i = 0; i < tokens->count; i++) {
		if (tokens->items[i].kind != TOKEN_COMMENT) continue;
		bool known = false;
		for (size_t j = 0; j < sizeof(signs) / sizeof(signs[0]); j++)
			known = take_comment(lint, file, tokens->items[i].span, &signs[j], suppressions) || known;
		if (!known)
			take_misspelt(lint, file, tokens->items[i].span, suppressions);
	}
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
	uint32_t line = source_position(place.source, place.span.start).line;
	bool silenced = false;
	for (size_t i = 0; i < suppressions->count; i++) {
		struct suppression *suppression = &suppressions->items[i];
		if (!suppression->fault && suppression->source == place.source && (!suppression->line || suppression->line == line) &&
		    text_equal(suppression->rule, diagnostic->rule))
			silenced = suppression->used = true;
	}
	return silenced;
}

/* By the configuration. What could not be read is no matter of a rule. */
static bool is_ignored(struct lint *lint, const struct diagnostic *diagnostic, struct suppression_list *suppressions) {
	const struct inventory *inventory = &lint->options->inventory;
	return !diagnostic->unread && inventory->ignored.count &&
	       inventory_ignores(lint->arena, inventory, diagnostic->place.source->path, diagnostic->rule);
}

static void drop(struct lint *lint, struct suppression_list *suppressions,
                 bool (*is_dropped)(struct lint *lint, const struct diagnostic *diagnostic, struct suppression_list *suppressions)) {
	struct diagnostics *diagnostics = lint->diagnostics;
	size_t kept = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (!is_dropped(lint, &diagnostics->found.items[i], suppressions))
			diagnostics->found.items[kept++] = diagnostics->found.items[i];
	diagnostics->found.count = kept;
}

/* Of a pack, or a glob, the rule that finds something there; empty: none does. */
static struct text rule_there(const struct lint *lint, const struct suppression *suppression) {
	for (size_t i = 0; i < lint->diagnostics->found.count; i++) {
		const struct diagnostic *found = &lint->diagnostics->found.items[i];
		struct text rest = found->rule, pack = text_cut(&rest, '/');
		uint32_t line = source_position(found->place.source, found->place.span.start).line;
		if (found->place.source == suppression->source && (!suppression->line || suppression->line == line) &&
		    (text_equal(pack, suppression->rule) || text_matches_glob(found->rule, suppression->rule, NULL)))
			return found->rule;
	}
	return TEXT("");
}

static void complain(struct lint *lint, const struct suppression *suppression) {
	struct place place = {suppression->source, suppression->span};
	struct text rule = suppression->rule, near = rule_there(lint, suppression);
	struct text_list ids = {0};
	for (size_t i = 0; i < lint->options->choices.count; i++)
		*list_add(lint->arena, &ids) = lint->options->choices.items[i].rule->id;
	bool known = text_list_has(&ids, rule);
	struct text message = text_format(lint->arena, known ? "%.*s finds nothing there to be silenced; take the comment away"
	                                                     : "there is no rule '%.*s' to be silenced", TEXT_ARGUMENTS(rule));
	struct diagnostic *found = diagnostics_add(lint->diagnostics, TEXT("arilint/unused-suppression"), SEVERITY_WARNING, place,
	                                           suppression->fault ? text_of(suppression->fault) : message);
	if (known || suppression->fault) return;
	found->help = TEXT("a comment names rules one by one, PACK/RULE; `arilint rule` lists them");
	if (near.length || text_list_nearest(lint->arena, &ids, rule, &near))
		found->help = text_format(lint->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near));
}

bool suppress_was_judged(const struct lint *lint, struct text rule) {
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
	for (size_t i = 0; i < lint->files.count; i++)
		/* A source with several roles is gone through once. */
		if (i == 0 || lint->files.items[i - 1]->source != lint->files.items[i]->source)
			take_file(lint, lint->files.items[i], &suppressions);
	settle_stacks(&suppressions);
	drop(lint, &suppressions, is_silenced);
	for (size_t i = 0; lint->options->tell_unused_suppressions && i < suppressions.count; i++)
		if (!suppressions.items[i].used && !suppressions.items[i].source->peer &&
		    (suppressions.items[i].fault || suppress_was_judged(lint, suppressions.items[i].rule)))
			complain(lint, &suppressions.items[i]);
	drop(lint, &suppressions, is_ignored);
}
