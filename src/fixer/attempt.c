#include "fixer/attempt.h"

#include "base/buffer.h"
#include "diagnostic/edit.h"
#include "evaluate/run.h"
#include "fixer/crossing.h"
#include "fixer/regression.h"
#include "inventory/handlers.h"
#include "inventory/redact.h"

enum { MOST_PASSES = 12 };

/* An edit that was made. */
struct edited {
	struct text path;
	struct text rule; /* that asked for it */
	struct flow flow; /* that it is a part of */
};

/* Each pass has an arena of its own, which is given back as soon as the next pass has its texts. What outlives the passes is
 * copied into the attempt's. */
struct attempt {
	struct lint *first;
	struct arena *arena;
	struct arena scratch;
	struct lint now;
	struct source_list inputs;
	struct intent_list intents;
	struct LIST_OF(struct edited) edited; /* of all passes */
	struct text_list handlers;            /* that the fixes ask for */
	struct made_list made;                /* see fixer/result.h */
	struct choices *choices;
	bool last;                            /* the turn of the fixes that are made last */
};

static bool is_line_of(struct place place, int64_t number) {
	return source_position(place.source, place.span.start).line == number;
}

/* Whether a number is that of a line that the finding points at. */
static bool is_line(const struct diagnostic *diagnostic, struct text digits) {
	int64_t number = 0;
	bool line = text_to_integer(digits, &number) && is_line_of(diagnostic->place, number);
	for (size_t i = 0; !line && number && i < diagnostic->labels.count; i++)
		line = is_line_of(diagnostic->labels.items[i].place, number);
	return line;
}

/* The message, with a sign for each number by itself that is a line's. */
static struct text without_lines(struct arena *arena, const struct diagnostic *diagnostic) {
	struct text message = diagnostic->message;
	struct buffer out = {.arena = arena};
	for (size_t start = 0, end; start < message.length; start = end) {
		for (end = start; end < message.length && text_is_word_byte(message.bytes[end]);)
			end++;
		struct text word = text_slice(message, start, end);
		if (word.length && is_line(diagnostic, word))
			buffer_add_byte(&out, '#');
		else
			buffer_add(&out, word);
		if (end < message.length)
			buffer_add_byte(&out, message.bytes[end++]);
	}
	return buffer_text(&out);
}

/* Places move while other fixes are made; what a fix mends does not. */
struct text choice_key(struct arena *arena, const struct choices *choices, const struct diagnostic *diagnostic) {
	struct text message = choices->by_rule ? TEXT("") : without_lines(arena, diagnostic);
	return text_format(arena, "%.*s\n%.*s\n%.*s", TEXT_ARGUMENTS(diagnostic->rule),
	                   TEXT_ARGUMENTS(diagnostic->place.source->path), TEXT_ARGUMENTS(message));
}

const struct choice *choice_of(struct arena *arena, const struct choices *choices, const struct diagnostic *diagnostic) {
	return choices->by_key.count ? map_get(&choices->by_key, choice_key(arena, choices, diagnostic)) : NULL;
}

static bool may_apply(struct attempt *attempt, const struct diagnostic *diagnostic) {
	const struct choices *choices = attempt->choices;
	const struct fix *fix = diagnostic->fix;
	if (!fix_is_possible(fix) || fix->safety < choices->safety) return false;
	struct arena_mark mark = arena_mark(&attempt->scratch);
	const struct choice *choice = choice_of(&attempt->scratch, choices, diagnostic);
	arena_rewind(&attempt->scratch, mark);
	return choice ? choice->allowed && (!choice->last || attempt->last) : !choices->closed;
}

static bool includes(const struct file *file, struct text path) {
	for (size_t i = 0; i < file->view->sources.count; i++)
		if (text_equal(file->view->sources.items[i]->path, path))
			return true;
	return false;
}

/* A file that others include may also be read for itself: what is meant in the one is meant in the others. */
static void note_intent(struct attempt *attempt, const struct fix *fix, const struct intent *meant) {
	struct arena *arena = attempt->arena;
	struct text_list paths = {0};
	*list_add(arena, &paths) = meant->path;
	for (size_t i = 0; i < fix->edits.count; i++)
		text_list_add_once(arena, &paths, fix->edits.items[i].source->path);
	for (size_t i = 0; i < attempt->now.files.count; i++)
		if (includes(attempt->now.files.items[i], meant->path))
			text_list_add_once(arena, &paths, attempt->now.files.items[i]->source->path);
	for (size_t i = 0; i < paths.count; i++)
		*list_add(arena, &attempt->intents) = (struct intent){
			text_copy(arena, paths.items[i]), text_copy(arena, meant->section), text_copy(arena, meant->key)};
}

static void note_choice(struct attempt *attempt, const struct diagnostic *diagnostic) {
	struct arena *arena = attempt->first->arena;
	struct choices *choices = attempt->choices;
	struct text key = choice_key(attempt->arena, choices, diagnostic);
	struct choice *choice = map_place(arena, &choices->by_key, key, sizeof(*choice));
	bool follows = attempt->now.diagnostics != attempt->first->diagnostics;
	*list_add(attempt->arena, &attempt->made) = (struct made_fix){key, follows};
	if (choice->allowed) return;
	*choice = (struct choice){.allowed = true, .follows = follows};
	*list_add(arena, &choices->made) = choice;
}

static void note_fix(struct attempt *attempt, const struct diagnostic *diagnostic) {
	struct arena *arena = attempt->arena;
	const struct fix *fix = diagnostic->fix;
	struct flow flow = crossing_flow(arena, fix);
	for (size_t i = 0; i < fix->intents.count; i++)
		note_intent(attempt, fix, &fix->intents.items[i]);
	for (size_t i = 0; i < fix->handlers.count; i++)
		text_list_add_once(arena, &attempt->handlers, fix->handlers.items[i]);
	for (size_t i = 0; i < fix->edits.count; i++)
		*list_add(arena, &attempt->edited) =
			(struct edited){text_copy(arena, fix->edits.items[i].source->path), diagnostic->rule, flow};
	note_choice(attempt, diagnostic);
}

static bool is_in(const struct fix_list *fixes, const struct fix *fix) {
	for (size_t i = 0; i < fixes->count; i++)
		if (fixes->items[i] == fix)
			return true;
	return false;
}

static struct fix_list choose_fixes(struct attempt *attempt) {
	struct arena *arena = attempt->arena;
	struct diagnostics *diagnostics = attempt->now.diagnostics;
	struct fix_list fixes = {0};
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		if (fix_is_possible(diagnostics->found.items[i].fix))
			crossing_withhold(attempt->first->arena, &attempt->choices->crossings, diagnostics->found.items[i].fix);
		if (may_apply(attempt, &diagnostics->found.items[i]))
			*list_add(arena, &fixes) = diagnostics->found.items[i].fix;
	}
	edits_settle(&fixes);
	size_t chosen = 0;
	for (size_t i = 0; i < diagnostics->found.count && chosen < fixes.count; i++)
		if (is_in(&fixes, diagnostics->found.items[i].fix)) {
			note_fix(attempt, &diagnostics->found.items[i]);
			chosen++;
		}
	return fixes;
}

static bool touches(const struct fix_list *fixes, const struct source *source) {
	for (size_t i = 0; i < fixes->count; i++)
		for (size_t j = 0; j < fixes->items[i]->edits.count; j++)
			if (fixes->items[i]->edits.items[j].source == source)
				return true;
	return false;
}

/* The bytes of a source that no fix touches: those of the first run, where no fix ever has. */
static struct text keep(struct arena *arena, const struct lint *first, const struct source *source, size_t where) {
	const struct source *old = where < first->sources.count ? first->sources.items[where] : NULL;
	return old && old->bytes.bytes == source->bytes.bytes ? source->bytes : text_copy(arena, source->bytes);
}

/* The same file with new bytes, or, where no fix touches it, with the same: each pass reads sources of its own. */
static struct source *renew(struct arena *arena, const struct attempt *attempt, size_t where, const struct fix_list *fixes) {
	const struct source *source = attempt->now.sources.items[where];
	struct text bytes =
		touches(fixes, source) ? edits_apply(arena, source, fixes) : keep(arena, attempt->first, source, where);
	struct source *renewed = source_from_text(arena, text_copy(arena, source->path), bytes);
	renewed->status = source->status;
	renewed->peer = source->peer;
	renewed->led = source->led;
	renewed->printed = source->printed;
	renewed->writable_by_us = source->writable_by_us;
	return renewed;
}

/* Gives back the memory of the pass in hand. */
static void leave_pass(struct attempt *attempt) {
	if (attempt->now.arena != attempt->first->arena)
		arena_release(attempt->now.arena);
}

static void lint_again(struct attempt *attempt, const struct fix_list *fixes) {
	struct arena *arena = arena_new(attempt->arena, struct arena);
	struct source_list inputs = {0};
	struct lint next = {.options = attempt->first->options, .arena = arena};
	next.diagnostics = arena_new(arena, struct diagnostics);
	next.diagnostics->arena = arena;
	for (size_t i = 0; i < attempt->now.sources.count; i++) {
		struct source *renewed = renew(arena, attempt, i, fixes);
		*list_add(arena, i < attempt->inputs.count ? &inputs : &next.included) = renewed;
	}
	leave_pass(attempt);
	attempt->inputs = inputs;
	attempt->now = next;
	lint_run(&attempt->now, &inputs);
}

static struct text rules_of(struct attempt *attempt, struct text path) {
	struct buffer rules = {.arena = attempt->arena};
	struct map listed = {0};
	for (size_t i = 0; i < attempt->edited.count; i++) {
		struct text rule = attempt->edited.items[i].rule;
		if (!text_equal(attempt->edited.items[i].path, path) || map_get(&listed, rule)) continue;
		map_put(attempt->arena, &listed, rule, &rules);
		if (rules.length)
			buffer_add_byte(&rules, ' ');
		buffer_add(&rules, rule);
	}
	return buffer_text(&rules);
}

static struct flow_list flows_of(struct attempt *attempt, struct text path) {
	struct flow_list flows = {0};
	for (size_t i = 0; i < attempt->edited.count; i++)
		if (text_equal(attempt->edited.items[i].path, path) && attempt->edited.items[i].flow.holders.count)
			*list_add(attempt->arena, &flows) = attempt->edited.items[i].flow;
	return flows;
}

/* Sources are mostly where they were in the run before. */
static struct source *find_source(const struct lint *lint, struct text path, size_t where) {
	if (where < lint->sources.count && text_equal(lint->sources.items[where]->path, path))
		return lint->sources.items[where];
	for (size_t i = 0; i < lint->sources.count; i++)
		if (text_equal(lint->sources.items[i]->path, path))
			return lint->sources.items[i];
	return NULL;
}

static void list_changed(struct attempt *attempt, struct fixer_result *result) {
	for (size_t i = 0; i < attempt->first->sources.count; i++) {
		struct source *before = attempt->first->sources.items[i];
		struct source *after = find_source(&attempt->now, before->path, i);
		if (!after || text_equal(before->bytes, after->bytes)) continue;
		*list_add(attempt->arena, &result->files) =
			(struct fixed_file){before, after, rules_of(attempt, before->path), flows_of(attempt, before->path)};
		handlers_of_source(attempt->first, before, &result->handlers);
	}
}

/* Whether there are findings that were not listed, and so not fixed. */
static bool is_cut(const struct diagnostics *diagnostics) {
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (diagnostics->found.items[i].last)
			return true;
	return false;
}

/* Of each rule and file those that could be fixed, whatever goes along or comes to light besides: what was said could be is
 * what is said was. */
static size_t count_gone(struct attempt *attempt) {
	struct arena *arena = &attempt->scratch;
	const struct diagnostics *before = attempt->first->diagnostics, *after = attempt->now.diagnostics;
	const struct choices apart = {.by_rule = true};
	struct map left = {0};
	size_t gone = 0;
	for (size_t i = 0; i < after->found.count; i++)
		++*(size_t *)map_place(arena, &left, choice_key(arena, &apart, &after->found.items[i]), sizeof(size_t));
	for (size_t i = 0; i < before->found.count; i++) {
		const struct fix *fix = before->found.items[i].fix;
		size_t *count = map_get(&left, choice_key(arena, &apart, &before->found.items[i]));
		if (count && *count)
			--*count;
		else
			gone += fix_is_possible(fix) && fix->safety >= attempt->choices->safety;
	}
	return gone;
}

struct fixer_result attempt_run(struct lint *first, const struct source_list *inputs, struct choices *choices) {
	struct attempt made = {.first = first, .now = *first, .inputs = *inputs, .choices = choices}, *attempt = &made;
	struct fixer_result result = {0};
	made.arena = arena_new(first->arena, struct arena);
	size_t passes = 0;
	struct fix_list fixes = choose_fixes(attempt);
	while (fixes.count && passes++ < MOST_PASSES) {
		lint_again(attempt, &fixes);
		fixes = choose_fixes(attempt);
		if (fixes.count || attempt->last) continue;
		attempt->last = true;
		fixes = choose_fixes(attempt);
	}
	result.after = attempt->now;
	result.handlers = attempt->handlers;
	result.made = attempt->made;
	list_changed(attempt, &result);
	result.unstable = fixes.count > 0;
	result.cut = result.unstable && is_cut(attempt->now.diagnostics);
	if (result.cut)
		result.refusal = TEXT("one file has more faults than a run can mend; mend some by hand first");
	else if (result.unstable)
		result.refusal = TEXT("the fixes undo each other: the file would change at every run");
	if (result.files.count) {
		lint_redact(&result.after);
		if (!fixes.count)
			result.refusal = regression_find(first, &attempt->now, &attempt->intents);
		result.fixed = count_gone(attempt);
	}
	arena_release(&made.scratch);
	if (passes)
		result.memory = made.arena;
	else
		arena_release(made.arena);
	return result;
}
