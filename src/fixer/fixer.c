#include "fixer/fixer.h"

#include "fixer/attempt.h"

enum { MOST_ATTEMPTS = 200 };

/* The search for the fixes because of which all would be refused. */
struct search {
	struct lint *first;
	const struct source_list *inputs;
	struct choices choices; /* allowed are those that are known to be innocent, and those that are being tried */
	size_t attempts;
};

static void allow(struct choice *const *some, size_t count, bool allowed) {
	for (size_t i = 0; i < count; i++)
		some[i]->allowed = allowed;
}

static struct text try_also(struct search *search, struct choice *const *some, size_t count) {
	if (search->attempts++ >= MOST_ATTEMPTS)
		return TEXT("too many fixes of this run are refused");
	allow(some, count, true);
	struct fixer_result result = attempt_run(search->first, search->inputs, &search->choices);
	fixer_release(&result);
	return result.refusal;
}

/* What a fix leaves behind another one may mend: the two are innocent together. */
static bool is_innocent_with_followers(struct search *search, struct choice *choice) {
	const struct choices *choices = &search->choices;
	struct LIST_OF(struct choice *) together = {0};
	if (choice->follows) return false;
	*list_add(search->first->arena, &together) = choice;
	for (size_t i = 0; i < choices->made.count; i++)
		if (choices->made.items[i]->follows && !choices->made.items[i]->allowed)
			*list_add(search->first->arena, &together) = choices->made.items[i];
	if (together.count == 1) return false;
	bool innocent = !try_also(search, together.items, together.count).length;
	allow(together.items, together.count, innocent);
	return innocent;
}

/* Halves what is refused until single fixes are left; a few guilty ones among many are found in few attempts. */
static void find_guilty(struct search *search, struct choice *const *some, size_t count) {
	struct text reason = try_also(search, some, count);
	if (!reason.length) return;
	allow(some, count, false);
	if (count > 1 && search->attempts < MOST_ATTEMPTS) {
		find_guilty(search, some, count / 2);
		find_guilty(search, some + count / 2, count - count / 2);
		return;
	}
	if (count == 1 && is_innocent_with_followers(search, some[0])) return;
	for (size_t i = 0; i < count; i++)
		some[i]->reason = reason;
}

/* What was refused beside the others may be sound once they are made: the next run would make it. */
static void try_last(struct search *search, struct choice *const *some, size_t count) {
	for (size_t i = 0; i < count; i++) {
		struct choice *choice = some[i];
		if (!choice->reason.length) continue;
		choice->last = true;
		if (try_also(search, &choice, 1).length)
			choice->allowed = choice->last = false;
		else
			choice->reason = TEXT("");
	}
}

/* What was left out says why, in the findings that stay. */
static void name_left_out(struct arena *arena, const struct choices *choices, struct fixer_result *result) {
	struct diagnostics *diagnostics = result->after.diagnostics;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		struct diagnostic *diagnostic = &diagnostics->found.items[i];
		const struct choice *choice = diagnostic->fix ? choice_of(arena, choices, diagnostic) : NULL;
		if (!choice || !choice->reason.length) continue;
		diagnostic->fix->withheld = text_join(arena, TEXT("left out, for "), choice->reason);
		diagnostic->fix->edits.count = 0;
		*list_add(arena, &result->left_out) = (struct left_out){diagnostic->rule, choice->reason};
	}
}

static enum safety safety_of(const struct lint *lint) { return lint->options->unsafe_fixes ? SAFETY_UNSAFE : SAFETY_SAFE; }

struct text fixer_key(struct arena *arena, const struct diagnostic *diagnostic) {
	const struct choices apart = {0};
	return choice_key(arena, &apart, diagnostic);
}

struct fixer_result fixer_try(struct lint *first, const struct source_list *inputs, const struct text_list *keys, bool only) {
	struct choices choices = {.safety = safety_of(first), .closed = only};
	for (size_t i = 0; i < keys->count; i++) {
		struct choice *choice = map_place(first->arena, &choices.by_key, keys->items[i], sizeof(*choice));
		choice->allowed = only;
	}
	return attempt_run(first, inputs, &choices);
}

struct fixer_result fixer_run(struct lint *first, const struct source_list *inputs) {
	enum safety safety = safety_of(first);
	struct search search = {.first = first, .inputs = inputs, .choices = {.safety = safety}};
	struct choices *choices = &search.choices;
	struct fixer_result all = attempt_run(first, inputs, choices);
	if (!all.refusal.length || all.cut || !choices->made.count)
		return all;
	fixer_release(&all);
	if (all.unstable) {
		*choices = (struct choices){.safety = safety, .by_rule = true};
		struct fixer_result apart = attempt_run(first, inputs, choices);
		fixer_release(&apart);
	}
	choices->closed = true;
	allow(choices->made.items, choices->made.count, false);
	find_guilty(&search, choices->made.items, choices->made.count);
	choices->closed = false;
	try_last(&search, choices->made.items, choices->made.count);
	struct fixer_result result = attempt_run(first, inputs, choices);
	if (result.refusal.length || !result.files.count) {
		fixer_release(&result);
		return attempt_run(first, inputs, &(struct choices){.safety = safety});
	}
	name_left_out(result.memory, choices, &result);
	return result;
}

void fixer_release(struct fixer_result *result) {
	struct fixer_result rest = {.refusal = result->refusal, .unstable = result->unstable, .cut = result->cut};
	if (result->memory) {
		arena_release(result->after.arena);
		arena_release(result->memory);
	}
	*result = rest;
}
