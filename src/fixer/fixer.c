#include "fixer/fixer.h"

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

/* Fixes are told apart by what they mend: places move while other fixes are made. */
struct fix_key {
	struct text key;
	struct text reason; /* why it is left out; empty while that is not known */
};

struct key_list LIST_OF(struct fix_key);

struct fixer {
	struct lint *first;
	struct lint now;
	struct source_list inputs;
	struct intent_list intents;
	struct LIST_OF(struct edited) edited; /* of all passes */
	struct text_list handlers;            /* that the fixes ask for */
	enum safety safety;
	bool by_rule;                         /* keys do without messages: where fixes undo each other, these may change */
	const struct map *allowed;            /* keys of fixes; NULL: all are, but for ... */
	const struct map *left_out;           /* ... these */
	struct map seen;                      /* keys of those that were made, */
	struct key_list made;                 /* in their order */
	struct map crossings;                 /* see fixer/crossing.h */
};

static struct text key_of(struct arena *arena, const struct diagnostic *diagnostic, bool by_rule) {
	struct text message = by_rule ? TEXT("") : diagnostic->message;
	return text_format(arena, "%.*s\n%.*s\n%.*s", TEXT_ARGUMENTS(diagnostic->rule),
	                   TEXT_ARGUMENTS(diagnostic->place.source->path), TEXT_ARGUMENTS(message));
}

static bool may_apply(const struct fixer *fixer, const struct diagnostic *diagnostic) {
	const struct fix *fix = diagnostic->fix;
	if (!fix_is_possible(fix) || fix->safety < fixer->safety) return false;
	if (!fixer->allowed && !fixer->left_out->count) return true;
	struct text key = key_of(fixer->first->arena, diagnostic, fixer->by_rule);
	return fixer->allowed ? map_get(fixer->allowed, key) != NULL : !map_get(fixer->left_out, key);
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
		*list_add(arena, &fixer->edited) = (struct edited){fix->edits.items[i].source->path, diagnostic->rule,
		                                                       crossing_flow(arena, fix)};
	struct text key = key_of(arena, diagnostic, fixer->by_rule);
	if (map_get(&fixer->seen, key)) return;
	map_put(arena, &fixer->seen, key, fixer);
	*list_add(arena, &fixer->made) = (struct fix_key){key, TEXT("")};
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
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		if (fix_is_possible(diagnostics->found.items[i].fix))
			crossing_withhold(arena, &fixer->crossings, diagnostics->found.items[i].fix);
		if (may_apply(fixer, &diagnostics->found.items[i]))
			*list_add(arena, &fixes) = diagnostics->found.items[i].fix;
	}
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
	renewed->led = source->led;
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

static struct flow_list flows_of(struct fixer *fixer, struct text path) {
	struct flow_list flows = {0};
	for (size_t i = 0; i < fixer->edited.count; i++)
		if (text_equal(fixer->edited.items[i].path, path) && fixer->edited.items[i].flow.holders.count)
			*list_add(fixer->first->arena, &flows) = fixer->edited.items[i].flow;
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

static void list_changed(struct fixer *fixer, struct fixer_result *result) {
	for (size_t i = 0; i < fixer->first->sources.count; i++) {
		struct source *before = fixer->first->sources.items[i];
		struct source *after = find_source(&fixer->now, before->path, i);
		if (!after || text_equal(before->bytes, after->bytes)) continue;
		*list_add(fixer->first->arena, &result->files) =
			(struct fixed_file){before, after, rules_of(fixer, before->path), flows_of(fixer, before->path)};
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

/* Makes the fixes that are allowed; `*made` becomes the keys of those that were. */
static struct fixer_result attempt(struct fixer *fixer, const struct source_list *inputs) {
	struct lint *first = fixer->first;
	struct fixer_result result = {0};
	size_t passes = 0;
	fixer->now = *first;
	fixer->inputs = *inputs;
	struct fix_list fixes = choose_fixes(fixer);
	while (fixes.count && passes++ < MOST_PASSES) {
		lint_again(fixer, &fixes);
		fixes = choose_fixes(fixer);
	}
	result.after = fixer->now;
	result.handlers = fixer->handlers;
	list_changed(fixer, &result);
	result.unstable = fixes.count > 0;
	result.cut = result.unstable && is_cut(fixer->now.diagnostics);
	if (result.cut)
		result.refusal = TEXT("one file has more faults than a run can mend; mend some by hand first");
	else if (result.unstable)
		result.refusal = TEXT("the fixes undo each other: the file would change at every run");
	if (!result.files.count)
		return result;
	lint_redact(&result.after);
	if (!fixes.count)
		result.refusal = regression_find(first, &fixer->now, &fixer->intents);
	size_t before = first->diagnostics->found.count, after = fixer->now.diagnostics->found.count;
	result.fixed = before > after ? before - after : 0;
	return result;
}

/* --- guilty fixes --- */

/* The search for the fixes because of which all would be refused. */
struct search {
	struct lint *first;
	const struct source_list *inputs;
	enum safety safety;
	bool by_rule;
	const struct map *none;
	struct map allowed;   /* fixes that are known to be innocent */
	struct map left_out;  /* key -> struct fix_key, with the reason */
	size_t attempts;
};

enum { MOST_ATTEMPTS = 200 };

static struct text try_with(struct search *search, const struct fix_key *keys, size_t count) {
	struct arena *arena = search->first->arena;
	struct map allowed = {0};
	for (size_t i = 0; i < search->allowed.capacity; i++)
		if (search->allowed.slots[i].value)
			map_put(arena, &allowed, search->allowed.slots[i].key, search);
	for (size_t i = 0; i < count; i++)
		map_put(arena, &allowed, keys[i].key, search);
	struct fixer fixer = {.first = search->first,
	                      .safety = search->safety, .by_rule = search->by_rule, .allowed = &allowed, .left_out = search->none};
	search->attempts++;
	return attempt(&fixer, search->inputs).refusal;
}

static void allow(struct search *search, const struct fix_key *keys, size_t count) {
	for (size_t i = 0; i < count; i++)
		map_put(search->first->arena, &search->allowed, keys[i].key, search);
}

static void leave_out(struct search *search, const struct fix_key *key, struct text reason) {
	struct fix_key *guilty = arena_new(search->first->arena, struct fix_key);
	*guilty = (struct fix_key){key->key, reason};
	map_put(search->first->arena, &search->left_out, key->key, guilty);
}

/* Halves what is refused until single fixes are left; a few guilty ones among many are found in few attempts. */
static void find_guilty(struct search *search, const struct fix_key *keys, size_t count) {
	struct text reason = search->attempts < MOST_ATTEMPTS ? try_with(search, keys, count)
	                                                      : TEXT("too many fixes of this run are refused");
	if (!reason.length) {
		allow(search, keys, count);
	} else if (count == 1 || search->attempts >= MOST_ATTEMPTS) {
		for (size_t i = 0; i < count; i++)
			leave_out(search, &keys[i], reason);
	} else {
		find_guilty(search, keys, count / 2);
		find_guilty(search, keys + count / 2, count - count / 2);
	}
}

/* What was left out says why, in the findings that stay. */
static void name_left_out(const struct search *search, struct fixer_result *result) {
	struct diagnostics *diagnostics = result->after.diagnostics;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		struct diagnostic *diagnostic = &diagnostics->found.items[i];
		const struct fix_key *guilty =
			diagnostic->fix ? map_get(&search->left_out, key_of(search->first->arena, diagnostic, search->by_rule)) : NULL;
		if (!guilty) continue;
		diagnostic->fix->withheld = text_join(search->first->arena, TEXT("left out, for "), guilty->reason);
		diagnostic->fix->edits.count = 0;
		*list_add(search->first->arena, &result->left_out) = (struct left_out){diagnostic->rule, guilty->reason};
	}
}

struct fixer_result fixer_run(struct lint *first, const struct source_list *inputs) {
	enum safety safety = first->options->unsafe_fixes ? SAFETY_UNSAFE : SAFETY_SAFE;
	const struct map none = {0};
	struct search search = {.first = first, .inputs = inputs, .safety = safety, .none = &none};
	struct fixer fixer = {.first = first, .safety = safety, .left_out = &none};
	struct fixer_result all = attempt(&fixer, inputs);
	if (!all.refusal.length || all.cut || fixer.made.count < 2)
		return all;
	if (all.unstable) {
		fixer = (struct fixer){.first = first, .safety = safety, .by_rule = true, .left_out = &none};
		attempt(&fixer, inputs);
		search.by_rule = true;
	}
	find_guilty(&search, fixer.made.items, fixer.made.count);
	struct fixer rest = {.first = first, .safety = safety, .by_rule = search.by_rule, .left_out = &search.left_out};
	struct fixer_result result = attempt(&rest, inputs);
	if (result.refusal.length || !result.files.count)
		return all;
	name_left_out(&search, &result);
	return result;
}
