#include "fixer/fixer.h"

#include "base/buffer.h"
#include "diagnostic/edit.h"
#include "evaluate/run.h"
#include "fixer/regression.h"
#include "inventory/handlers.h"
#include "inventory/redact.h"

enum { MOST_PASSES = 12 };

/* An edit that was made. */
struct edited {
	struct text path;
	struct text rule; /* that asked for it */
};

struct fixer {
	struct lint *first;
	struct lint now;
	struct source_list inputs;
	struct intent_list intents;
	struct LIST_OF(struct edited) edited; /* of all passes */
	struct text_list handlers;            /* that the fixes ask for */
	enum safety safety;
};

static bool may_apply(const struct fixer *fixer, const struct fix *fix) {
	return fix_is_possible(fix) && fix->safety >= fixer->safety;
}

/* A file that another includes may also be read for itself: what is meant in the one is meant in the other. */
static void note_intent(struct fixer *fixer, const struct fix *fix, const struct intent *meant) {
	struct arena *arena = fixer->first->arena;
	*list_add(arena, &fixer->intents) = *meant;
	for (size_t i = 0; i < fix->edits.count; i++) {
		const struct source *edited = fix->edits.items[i].source;
		if (edited != meant->source)
			*list_add(arena, &fixer->intents) = (struct intent){edited, meant->section, meant->key};
	}
}

static void note_fix(struct fixer *fixer, const struct diagnostic *diagnostic) {
	struct arena *arena = fixer->first->arena;
	const struct fix *fix = diagnostic->fix;
	for (size_t i = 0; i < fix->intents.count; i++)
		note_intent(fixer, fix, &fix->intents.items[i]);
	for (size_t i = 0; i < fix->handlers.count; i++)
		text_list_add_once(arena, &fixer->handlers, fix->handlers.items[i]);
	for (size_t i = 0; i < fix->edits.count; i++)
		*list_add(arena, &fixer->edited) = (struct edited){fix->edits.items[i].source->path, diagnostic->rule};
}

static bool is_in(const struct fix_list *fixes, const struct fix *fix) {
	for (size_t i = 0; i < fixes->count; i++)
		if (fixes->items[i] == fix)
			return true;
	return false;
}

static struct fix_list choose_fixes(struct fixer *fixer) {
	struct arena *arena = fixer->first->arena;
	struct diagnostics *diagnostics = fixer->now.diagnostics;
	struct fix_list fixes = {0};
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (may_apply(fixer, diagnostics->found.items[i].fix))
			*list_add(arena, &fixes) = diagnostics->found.items[i].fix;
	edits_settle(arena, &fixes);
	size_t chosen = 0;
	for (size_t i = 0; i < diagnostics->found.count && chosen < fixes.count; i++)
		if (is_in(&fixes, diagnostics->found.items[i].fix)) {
			note_fix(fixer, &diagnostics->found.items[i]);
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

/* The same file with new bytes, or, where no fix touches it, with the same: each pass reads sources of its own. */
static struct source *renew(struct arena *arena, const struct source *source, const struct fix_list *fixes) {
	struct text bytes = touches(fixes, source) ? edits_apply(arena, source, fixes) : source->bytes;
	struct source *renewed = source_from_text(arena, source->path, bytes);
	renewed->status = source->status;
	renewed->peer = source->peer;
	renewed->writable_by_us = source->writable_by_us;
	return renewed;
}

static void lint_again(struct fixer *fixer, const struct fix_list *fixes) {
	struct arena *arena = fixer->first->arena;
	struct source_list inputs = {0};
	struct lint next = {.options = fixer->first->options, .arena = arena};
	next.diagnostics = arena_new(arena, struct diagnostics);
	next.diagnostics->arena = arena;
	for (size_t i = 0; i < fixer->now.sources.count; i++) {
		struct source *renewed = renew(arena, fixer->now.sources.items[i], fixes);
		*list_add(arena, i < fixer->inputs.count ? &inputs : &next.included) = renewed;
	}
	fixer->inputs = inputs;
	fixer->now = next;
	lint_run(&fixer->now, &inputs);
}

static struct text rules_of(struct fixer *fixer, struct text path) {
	struct buffer rules = {.arena = fixer->first->arena};
	struct map listed = {0};
	for (size_t i = 0; i < fixer->edited.count; i++) {
		struct text rule = fixer->edited.items[i].rule;
		if (!text_equal(fixer->edited.items[i].path, path) || map_get(&listed, rule)) continue;
		map_put(fixer->first->arena, &listed, rule, &rules);
		if (rules.length)
			buffer_add_byte(&rules, ' ');
		buffer_add(&rules, rule);
	}
	return buffer_text(&rules);
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

static void list_changed(struct fixer *fixer, struct fixer_result *result) {
	for (size_t i = 0; i < fixer->first->sources.count; i++) {
		struct source *before = fixer->first->sources.items[i];
		struct source *after = find_source(&fixer->now, before->path, i);
		if (!after || text_equal(before->bytes, after->bytes)) continue;
		*list_add(fixer->first->arena, &result->files) =
			(struct fixed_file){before, after, rules_of(fixer, before->path)};
		handlers_of_source(fixer->first, before, &result->handlers);
	}
}

/* Whether there are findings that were not listed, and so not fixed. */
static bool is_cut(const struct diagnostics *diagnostics) {
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (diagnostics->found.items[i].last)
			return true;
	return false;
}

struct fixer_result fixer_run(struct lint *first, const struct source_list *inputs, enum safety safety) {
	struct fixer fixer = {.first = first, .now = *first, .inputs = *inputs, .safety = safety};
	struct fixer_result result = {0};
	size_t passes = 0;
	struct fix_list fixes = choose_fixes(&fixer);
	while (fixes.count && passes++ < MOST_PASSES) {
		lint_again(&fixer, &fixes);
		fixes = choose_fixes(&fixer);
	}
	result.after = fixer.now;
	result.handlers = fixer.handlers;
	list_changed(&fixer, &result);
	result.unstable = fixes.count > 0;
	if (result.unstable && is_cut(fixer.now.diagnostics))
		result.refusal = TEXT("one file has more faults than a run can mend; mend some by hand first");
	else if (result.unstable)
		result.refusal = TEXT("the fixes undo each other: the file would change at every run");
	if (!result.files.count)
		return result;
	lint_redact(&result.after);
	if (!fixes.count)
		result.refusal = regression_find(first, &fixer.now, &fixer.intents);
	size_t before = first->diagnostics->found.count, after = fixer.now.diagnostics->found.count;
	result.fixed = before > after ? before - after : 0;
	return result;
}
