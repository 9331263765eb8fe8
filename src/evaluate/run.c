#include "evaluate/run.h"

#include "base/buffer.h"
#include "evaluate/finding.h"
#include "evaluate/reach.h"
#include "evaluate/subject.h"
#include "evaluate/silence.h"
#include "evaluate/suppress.h"
#include "reach/pair.h"

/* --- versions --- */

/* Whether the rule concerns the versions that a group is judged for. */
static bool concerns(struct evaluation *evaluation, const struct file_group *group) {
	const struct rule *rule = evaluation->rule;
	const struct lint_options *options = evaluation->context->lint->options;
	bool wanted = rule->targets.count == 0;
	evaluation->group = group;
	evaluation->severity = evaluation->choice->severity;
	evaluation->effect = rule->effect;
	for (size_t i = 0; i < rule->targets.count; i++) {
		const struct version *version = lint_version(options, group, rule->targets.items[i]);
		wanted = wanted || !version || version_is_of(version, rule->targets.items[i]);
	}
	for (size_t i = 0; i < rule->overrides.count; i++) {
		const struct target_override *override = &rule->overrides.items[i];
		const struct version *version = lint_version(options, group, override->target);
		if (!version || !version_is_of(version, override->target)) continue;
		if (override->has_severity && !evaluation->choice->severity_chosen)
			evaluation->severity = override->severity;
		if (override->has_effect)
			evaluation->effect = override->effect;
	}
	return wanted;
}

/* --- subjects --- */

/* The last subject of each group so far, and its first. */
struct group {
	struct subject first;
	struct subject previous;
};

/* What goes with an evaluation while it goes through one file. */
struct pass {
	struct evaluation *evaluation;
	bool grouped;
	struct map groups;
	uint32_t section_number;
	size_t found;
	struct arena_mark no_groups;
};

/* Nobody reads more of one kind, and a hostile file can have a million. */
enum { MOST_FINDINGS = 1000 };

static struct group *join_group(struct context *context, struct pass *pass) {
	struct arena *memory = &pass->evaluation->evaluator->group_memory;
	struct buffer key = {.arena = context->arena};
	for (size_t i = 0; i < context->selector->group_by.count; i++) {
		struct value value = reference_value(context, &context->selector->group_by.items[i]);
		if (value.state != VALUE_PRESENT) return NULL;
		/* The length before the text keeps ("a", "bc") apart from ("ab", "c"). */
		buffer_add(&key, (struct text){(const char *)&value.text.length, sizeof(value.text.length)});
		buffer_add(&key, value.text);
	}
	struct group *group = map_get(&pass->groups, buffer_text(&key));
	if (group) {
		context->first = &group->first;
		context->previous = &group->previous;
		return group;
	}
	group = arena_new(memory, struct group);
	group->first = context->subject;
	return map_put(memory, &pass->groups, text_copy(memory, buffer_text(&key)), group);
}

/* No group reaches beyond its section: those of the last one are forgotten. */
static void forget_groups(struct pass *pass, const struct context *context) {
	if (!context->selector->groups_within_section || pass->section_number == context->subject.section_number)
		return;
	pass->section_number = context->subject.section_number;
	pass->groups = (struct map){0};
	arena_rewind(&pass->evaluation->evaluator->group_memory, pass->no_groups);
}

/* The rule could be told of the subject by what these files hold. */
static void note_comparisons(struct context *context) {
	struct file *file = context->subject.file;
	for (size_t i = 0; i < context->other_count; i++) {
		struct file *other = context->others[i];
		/* A layer of the same settings is nothing to compare with, nor is a file with itself in another role. */
		if (other->role == file->role || other->source == file->source) continue;
		if (diagnostics_have_compared(context->lint->diagnostics, file->source, other->source)) continue;
		if (pair_reach(context->lint, context->pack, file, other).certainty > CERTAINTY_NONE)
			diagnostics_compared(context->lint->diagnostics, file->source, other->source);
	}
}

static void evaluate_subject(struct context *context, void *data) {
	struct pass *pass = data;
	struct evaluation *evaluation = pass->evaluation;
	struct lint *lint = context->lint;
	struct group *group = NULL;
	struct text reason = TEXT("");
	struct arena *scratch = context->arena;
	struct known_values *known = context->known;
	struct arena_mark mark = arena_mark(scratch);
	if (pass->found == MOST_FINDINGS) return;
	if (context->subject.doubt.length) {
		diagnostics_skip(lint->diagnostics, evaluation->rule->id, context->subject.doubt);
		return;
	}
	context->asked_count = context->other_count = 0;
	context->first = context->previous = NULL;
	enum verdict where = condition_evaluate(context, evaluation->rule->prefilter.where, &reason);
	if (where == VERDICT_TRUE && pass->grouped) {
		forget_groups(pass, context);
		group = join_group(context, pass);
	}
	if (where == VERDICT_TRUE && evaluation->rule->prefilter.expect_is_local &&
	    condition_evaluate(context, evaluation->rule->expect, &reason) == VERDICT_TRUE)
		where = VERDICT_FALSE; /* nothing to find, whatever `when` says */
	enum verdict when =
		where == VERDICT_TRUE ? condition_evaluate(context, evaluation->rule->when, &reason) : where;
	enum verdict holds =
		when == VERDICT_TRUE ? condition_evaluate(context, evaluation->rule->expect, &reason) : when;
	if (holds == VERDICT_UNKNOWN) {
		diagnostics_skip(lint->diagnostics, evaluation->rule->id, reason);
	} else if (when == VERDICT_TRUE && (holds == VERDICT_FALSE || !evaluation->rule->expect) &&
	           evaluate_meets(context, evaluation->rule) && evaluate_is_open(context, evaluation->rule)) {
		/* What is said of it outlives the subject, and what is known the file. */
		context->arena = lint->arena;
		context->known = NULL;
		struct reach reach = evaluate_reach(context, evaluation->rule);
		holds = reach.certainty == CERTAINTY_NONE ? VERDICT_UNKNOWN : holds;
		if (holds == VERDICT_UNKNOWN)
			diagnostics_skip(lint->diagnostics, evaluation->rule->id, reach.reason);
		else
			finding_add(evaluation, &reach, ++pass->found == MOST_FINDINGS);
		context->arena = scratch;
		context->known = known;
	}
	if (holds != VERDICT_UNKNOWN && where == VERDICT_TRUE)
		note_comparisons(context);
	if (group)
		group->previous = context->subject;
	arena_rewind(scratch, mark);
}

static void evaluate_keys(struct pass *pass, struct file *file, uint32_t number) {
	struct context *context = pass->evaluation->context;
	const struct prefilter *prefilter = &pass->evaluation->rule->prefilter;
	const struct variable_list *variables = &file->view->sections.items[number]->variables;
	bool entered = false;
	for (size_t i = 0; i < variables->count; i++) {
		if (!prefilter_needs_key(prefilter, variables->items[i].name)) continue;
		if (!entered) {
			context_enter_section(context, file, number);
			if (!stage_lets_through(context, &prefilter->section)) return;
		}
		entered = true;
		context->subject.variable = &variables->items[i];
		if (stage_lets_through(context, &prefilter->name))
			evaluate_subject(context, pass);
	}
}

static void evaluate_all_keys(struct pass *pass, struct file *file) {
	for (uint32_t i = 0; i < file->view->sections.count; i++)
		if (!file->view->sections.items[i]->template)
			evaluate_keys(pass, file, i);
}

/* Most files repeat no section and no key: there is nothing to group by their names then. */
static bool may_have_groups(const struct rule *rule, struct file *file) {
	switch (rule->prefilter.groups_repeat) {
	case SUBJECT_SECTION: return file_repeats_sections(file);
	case SUBJECT_KEY: return file_repeats_keys(file);
	default: return rule->selector->group_by.count > 0;
	}
}

static void evaluate_file(struct evaluation *evaluation, struct file *file) {
	struct evaluator *evaluator = evaluation->evaluator;
	struct context *context = &evaluator->context;
	const struct rule *rule = evaluation->rule;
	struct pass pass = {.evaluation = evaluation, .grouped = may_have_groups(rule, file)};
	if (rule->prefilter.only_repeats && !pass.grouped) return;
	pass.no_groups = arena_mark(&evaluator->group_memory);
	struct arena_mark mark = arena_mark(&evaluator->scratch);
	context->pack = evaluation->choice->pack;
	context->selector = rule->selector;
	context->subject = (struct subject){.file = file};
	if (prefilter_may_find(context, &rule->prefilter, file)) {
		if (rule->selector->kind == SUBJECT_KEY)
			evaluate_all_keys(&pass, file);
		else
			subjects_each(context, file, evaluate_subject, &pass);
	}
	arena_rewind(&evaluator->group_memory, pass.no_groups);
	arena_rewind(&evaluator->scratch, mark);
}

/* The rules that look at files of one role. */
struct evaluation_list LIST_OF(struct evaluation);

/* What of the run's rules judges a file: where a repository's configuration says nothing, they are as they were. */
static const struct rule_choice_list *choices_for(struct lint *lint, const struct file *file) {
	const struct lint_options *options = lint->options;
	bool elsewhere = options->elsewhere.count && !inventory_covers(lint->arena, &options->inventory, file->source->path);
	return elsewhere ? &options->elsewhere : &options->choices;
}

static const struct evaluation_list *evaluations_of(struct evaluator *evaluator, const struct file *file) {
	struct lint *lint = evaluator->context.lint;
	const struct role *role = file->role;
	const struct rule_choice_list *choices = choices_for(lint, file);
	const void *identity[] = {role, choices};
	struct text key = {(const char *)identity, sizeof(identity)};
	struct evaluation_list *list = map_get(&evaluator->by_role, key);
	if (list)
		return list;
	list = map_put(lint->arena, &evaluator->by_role, text_copy(lint->arena, key),
	               arena_new(lint->arena, struct evaluation_list));
	for (size_t i = 0; i < choices->count; i++) {
		const struct rule_choice *choice = &choices->items[i];
		const struct selector *selector = choice->pack ? choice->rule->selector : NULL;
		if (selector && choice->enabled && (selector->role == role || (selector->settings.count && role_holds(role, selector->role))))
			*list_add(lint->arena, list) = (struct evaluation){
				.evaluator = evaluator, .context = &evaluator->context, .rule = choice->rule,
				.choice = choice};
	}
	return list;
}

/* Where there are no maps of containers, they can say nothing of where two programs meet. */
static bool is_told_by_maps(const struct rule *rule) { return rule->meeting != ADDRESS_ANYWHERE && rule->meeting != ADDRESS_UNSAID; }

/* All rules on one file before the next: what they ask for is still at hand then. */
static void evaluate_by_all(const struct evaluation_list *evaluations, struct file *file) {
	for (size_t i = 0; i < evaluations->count; i++) {
		struct evaluation *evaluation = &evaluations->items[i];
		if (is_told_by_maps(evaluation->rule) && !evaluation->context->lint->has_maps) continue;
		if (!evaluation->asked || evaluation->group != file->group)
			evaluation->wanted = concerns(evaluation, file->group);
		evaluation->asked = true;
		if (evaluation->wanted && prefilter_has_needed(evaluation->context->lint->arena, evaluation->rule, file))
			evaluate_file(evaluation, file);
	}
}

static void evaluate(struct lint *lint) {
	struct evaluator evaluator = {.context = {.lint = lint}};
	evaluator.context.arena = &evaluator.scratch;
	evaluator.context.known = &evaluator.known;
	for (size_t i = 0; i < lint->files.count; i++) {
		evaluate_by_all(evaluations_of(&evaluator, lint->files.items[i]), lint->files.items[i]);
		known_forget(&evaluator.known);
	}
	arena_release(&evaluator.known.arena);
	arena_release(&evaluator.scratch);
	arena_release(&evaluator.group_memory);
}

/* --- the run --- */

/* Findings about files that nobody named are dropped. */
static void drop_peers_own(struct diagnostics *diagnostics) {
	size_t kept = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		struct diagnostic diagnostic = diagnostics->found.items[i];
		bool named = !diagnostic.place.source->peer;
		for (size_t j = 0; j < diagnostic.labels.count; j++)
			named = named || !diagnostic.labels.items[j].place.source->peer;
		if (named)
			diagnostics->found.items[kept++] = diagnostic;
	}
	diagnostics->found.count = kept;
}

void lint_run(struct lint *lint, const struct source_list *inputs) {
	lint_read(lint, inputs);
	evaluate(lint);
	suppress(lint);
	drop_peers_own(lint->diagnostics);
	if (lint->options->add_ignores)
		silence_offer(lint);
	diagnostics_sort(lint->diagnostics);
}
