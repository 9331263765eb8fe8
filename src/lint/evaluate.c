#include "lint/evaluate.h"

#include "base/buffer.h"
#include "lint/scope.h"
#include "rule/load.h"

struct judgement {
	struct scope scope;
	struct pack *pack;
	struct rule *rule;
	const struct file_group *group; /* whose versions those below are for */
	bool asked, wanted;
	enum severity severity;
	struct text effect;
	struct text targets;      /* for people, when the run names no version */
};

/* --- versions --- */

/* NULL when the run names no version of the target's program. */
static const struct version *version_for(const struct judgement *judgement, const struct target *target)
{
	const struct lint_options *options = judgement->scope.lint->options;
	if (judgement->group)
		return version_find(judgement->group->versions, judgement->group->version_count, target->program);
	return version_find(options->versions, options->version_count, target->program);
}

/* Whether the rule concerns the versions that a group is judged for; notes those that are not named for the message. */
static bool concerns(struct judgement *judgement, const struct file_group *group)
{
	const struct lint *lint = judgement->scope.lint;
	const struct rule *rule = judgement->rule;
	bool wanted = rule->target_count == 0;
	judgement->group = group;
	judgement->severity = rule->severity;
	judgement->effect = rule->effect;
	judgement->targets = TEXT("");
	for (size_t i = 0; i < rule->target_count; i++) {
		const struct version *version = version_for(judgement, rule->targets[i]);
		wanted = wanted || !version || version_is_of(version, rule->targets[i]);
		if (!version)
			judgement->targets = text_format(lint->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(judgement->targets),
			                                 judgement->targets.length ? ", " : "",
			                                 TEXT_ARGUMENTS(rule->targets[i]->label));
	}
	for (size_t i = 0; i < rule->override_count; i++) {
		const struct target_override *override = &rule->overrides[i];
		const struct version *version = version_for(judgement, override->target);
		if (!version || !version_is_of(version, override->target))
			continue;
		if (override->has_severity && !rule->severity_chosen)
			judgement->severity = override->severity;
		if (override->has_effect)
			judgement->effect = override->effect;
	}
	return wanted;
}

/* --- a finding --- */

/* Where two files differ and one is an example or is filled in by a program, or where both sides are placeholders, nothing
 * is wrong yet. */
static bool is_provisional(struct scope *scope)
{
	bool several_files = false, unfinished = scope->thing.file->example;
	bool here = false, there = false;
	for (size_t i = 0; i < scope->seen_count; i++) {
		const struct value *value = &scope->seen[i];
		bool other_file = value->file != scope->thing.file;
		bool written = value->state == VALUE_PRESENT && value->entry;
		bool placeholder = written && scope_is_placeholder(scope, value->text);
		several_files = several_files || other_file;
		unfinished = unfinished || value->file->example || (written && scope_is_template(scope, value->text));
		here = here || (placeholder && !other_file);
		there = there || (placeholder && other_file);
	}
	return several_files && (unfinished || (here && there));
}

static bool arguments_of(struct judgement *judgement, const struct rule_fix *rule_fix, struct fix_run *run)
{
	struct scope *scope = &judgement->scope;
	const struct fix_argument *arguments = rule_fix->operator->arguments;
	for (size_t i = 0; arguments[i].name; i++) {
		if (rule_fix->references[i])
			run->places[i] = scope_value(scope, rule_fix->references[i]);
		if (rule_fix->templates[i])
			run->texts[i] = scope_text(scope, rule_fix->templates[i], true);
		/* What is missing may be the place: only its file is needed to add it. */
		if (rule_fix->references[i] && !run->places[i].file)
			return false;
		if (rule_fix->templates[i] && run->texts[i].state != VALUE_PRESENT)
			return false;
		struct text text = run->texts[i].text;
		if (rule_fix->templates[i] && (scope_is_placeholder(scope, text) || scope_is_template(scope, text)))
			run->fix->withheld = TEXT("a placeholder is not written over a value");
		if (rule_fix->templates[i] && value_is_secret(run->texts[i]) && run->places[0].file && run->places[0].file->example)
			run->fix->withheld = TEXT("a secret is not written into an example file");
	}
	return true;
}

static struct fix *make_fix(struct judgement *judgement, const struct rule_fix *rule_fix)
{
	struct arena *arena = judgement->scope.lint->arena;
	struct text authority = judgement->scope.lint->options->authority, reason;
	if (!authority.length)
		authority = judgement->pack->authority;
	if (rule_fix->authority.length && !text_equal(rule_fix->authority, authority))
		return NULL;
	if (scope_judge(&judgement->scope, rule_fix->when, &reason) != VERDICT_TRUE)
		return NULL;
	struct fix *fix = arena_new(arena, struct fix);
	struct fix_run run = {.arena = arena, .fix = fix};
	fix->safety = rule_fix->safety;
	fix->handlers = rule_fix->handlers;
	if (!arguments_of(judgement, rule_fix, &run))
		return NULL;
	fix->title = scope_text(&judgement->scope, rule_fix->title, false).text;
	if (!fix->withheld.length)
		rule_fix->operator->run(&run);
	if (fix->withheld.length)
		fix->edits.count = 0;
	return fix;
}

static struct fix *choose_fix(struct judgement *judgement)
{
	struct fix *chosen = NULL;
	for (size_t i = 0; i < judgement->rule->fix_count && (!chosen || chosen->withheld.length); i++) {
		struct fix *fix = make_fix(judgement, &judgement->rule->fixes[i]);
		if (fix && (!chosen || !fix->withheld.length))
			chosen = fix;
	}
	return chosen;
}

static struct text optional_text(struct judgement *judgement, const struct template *template)
{
	if (!template)
		return TEXT("");
	struct value value = scope_text(&judgement->scope, template, false);
	return value.state == VALUE_PRESENT ? value.text : TEXT("");
}

/* A message's missing value must not silence the finding: it is shown as nothing. */
static struct text message_text(struct judgement *judgement)
{
	struct buffer text = {.arena = judgement->scope.lint->arena};
	for (size_t i = 0; i < judgement->rule->message->count; i++) {
		const struct template_part *part = &judgement->rule->message->parts[i];
		buffer_add(&text, part->text);
		if (!part->reference)
			continue;
		struct value value = scope_value(&judgement->scope, part->reference);
		if (value.state == VALUE_PRESENT)
			buffer_add(&text, value_shown(judgement->scope.lint->arena, value));
	}
	return buffer_text(&text);
}

static void add_labels(struct judgement *judgement, struct diagnostic *diagnostic)
{
	for (size_t i = 0; i < judgement->rule->label_count; i++) {
		const struct rule_label *rule_label = &judgement->rule->labels[i];
		struct value value = scope_value(&judgement->scope, rule_label->at);
		if (value.state == VALUE_UNKNOWN || !value.place.source)
			continue;
		*list_add(judgement->scope.lint->arena, &diagnostic->labels) =
			(struct label){value.place, optional_text(judgement, rule_label->message)};
	}
}

static struct place place_of(struct judgement *judgement)
{
	struct scope *scope = &judgement->scope;
	struct value at = {0};
	if (judgement->rule->at)
		at = scope_value(scope, judgement->rule->at);
	if (at.state == VALUE_UNKNOWN || !at.place.source)
		at = scope_thing_value(scope, &scope->thing);
	return at.place;
}

static void report(struct judgement *judgement, bool last)
{
	struct lint *lint = judgement->scope.lint;
	pack_complete_rule(lint->options->arena, judgement->pack, judgement->rule, lint->options->language);
	enum severity severity = is_provisional(&judgement->scope) ? SEVERITY_INFO : judgement->severity;
	struct text effect = severity == judgement->severity ? judgement->effect : TEXT("");
	struct fix *fix = choose_fix(judgement);
	struct text message = message_text(judgement);
	struct diagnostic *diagnostic =
		diagnostics_add(lint->diagnostics, judgement->rule->id, severity, place_of(judgement), message);
	diagnostic->last = last;
	if (last)
		diagnostic->message = text_join(lint->arena, message, TEXT(" (the rest like this is not listed)"));
	diagnostic->effect = effect;
	diagnostic->targets = judgement->targets;
	diagnostic->why = optional_text(judgement, judgement->rule->why);
	diagnostic->help = optional_text(judgement, judgement->rule->help);
	diagnostic->fix = fix;
	add_labels(judgement, diagnostic);
}

/* --- the loop --- */

/* The last thing of each group so far, and its first. */
struct group {
	struct thing first;
	struct thing previous;
};

/* What goes with a judgement while it goes through one file. */
struct pass {
	struct judgement *judgement;
	struct map groups;
	uint32_t section_number;
	size_t found;
	struct arena_mark no_groups;
};

/* Nobody reads more of one kind, and a hostile file can have a million. */
enum { MOST_FINDINGS = 1000 };

static struct group *join_group(struct scope *scope, struct map *groups)
{
	struct arena *memory = &scope->lint->group_memory;
	struct buffer key = {.arena = scope->arena};
	for (size_t i = 0; i < scope->look->group_by_count; i++) {
		struct value value = scope_value(scope, &scope->look->group_by[i]);
		if (value.state != VALUE_PRESENT)
			return NULL;
		/* The length before the text keeps ("a", "bc") apart from ("ab", "c"). */
		buffer_add(&key, (struct text){(const char *)&value.text.length, sizeof(value.text.length)});
		buffer_add(&key, value.text);
	}
	struct group *group = map_get(groups, buffer_text(&key));
	if (group) {
		scope->first = &group->first;
		scope->previous = &group->previous;
		return group;
	}
	group = arena_new(memory, struct group);
	group->first = scope->thing;
	return map_put(memory, groups, text_copy(memory, buffer_text(&key)), group);
}

/* No group reaches beyond its section: those of the last one are forgotten. */
static void forget_groups(struct pass *pass, const struct scope *scope)
{
	if (!scope->look->groups_within_section || pass->section_number == scope->thing.section_number)
		return;
	pass->section_number = scope->thing.section_number;
	pass->groups = (struct map){0};
	arena_rewind(&scope->lint->group_memory, pass->no_groups);
}

static void judge_thing(struct scope *scope, void *context)
{
	struct pass *pass = context;
	struct judgement *judgement = pass->judgement;
	struct lint *lint = scope->lint;
	struct group *group = NULL;
	struct text reason = TEXT("");
	struct arena_mark mark = arena_mark(&lint->scratch);
	if (pass->found == MOST_FINDINGS)
		return;
	scope->seen_count = 0;
	scope->first = scope->previous = NULL;
	enum verdict where = scope_judge(scope, scope->look->where, &reason);
	if (where == VERDICT_TRUE && scope->look->group_by_count) {
		forget_groups(pass, scope);
		group = join_group(scope, &pass->groups);
	}
	if (where == VERDICT_TRUE && judgement->rule->expect_is_local &&
	    scope_judge(scope, judgement->rule->expect, &reason) == VERDICT_TRUE)
		where = VERDICT_FALSE; /* nothing to find, whatever `when` says */
	enum verdict when = where == VERDICT_TRUE ? scope_judge(scope, judgement->rule->when, &reason) : where;
	enum verdict holds = when == VERDICT_TRUE ? scope_judge(scope, judgement->rule->expect, &reason) : when;
	if (holds == VERDICT_UNKNOWN) {
		diagnostics_skip(lint->diagnostics, judgement->rule->id, text_copy(lint->arena, reason));
	} else if (when == VERDICT_TRUE && (holds == VERDICT_FALSE || !judgement->rule->expect)) {
		/* What is said of it outlives the thing. */
		scope->arena = lint->arena;
		report(judgement, ++pass->found == MOST_FINDINGS);
		scope->arena = &lint->scratch;
	}
	if (group)
		group->previous = scope->thing;
	arena_rewind(&lint->scratch, mark);
}

static void judge_file(struct judgement *judgement, struct file *file)
{
	struct lint *lint = judgement->scope.lint;
	struct pass pass = {.judgement = judgement, .no_groups = arena_mark(&lint->group_memory)};
	if ((judgement->rule->only_repeats == THING_SECTION && !file_repeats_sections(file)) ||
	    (judgement->rule->only_repeats == THING_KEY && !file_repeats_keys(file)))
		return;
	struct arena_mark mark = arena_mark(&lint->scratch);
	scope_each(&judgement->scope, file, judge_thing, &pass);
	arena_rewind(&lint->group_memory, pass.no_groups);
	arena_rewind(&lint->scratch, mark);
}

/* The rules that look at files of one role. */
struct judgement_list LIST_OF(struct judgement *);

static struct text role_key(const struct role *const *role)
{
	return (struct text){(const char *)role, sizeof(*role)};
}

static void add_judgement(struct lint *lint, struct map *by_role, struct pack *pack, struct rule *rule)
{
	struct arena *arena = lint->arena;
	struct judgement *judgement = arena_new(arena, struct judgement);
	*judgement = (struct judgement){.rule = rule, .pack = pack};
	judgement->scope.lint = lint;
	judgement->scope.arena = &lint->scratch;
	judgement->scope.pack = pack;
	judgement->scope.look = rule->look;
	judgement->scope.rule = rule->id;
	struct judgement_list *list = map_get(by_role, role_key(&rule->look->role));
	if (!list) {
		list = arena_new(arena, struct judgement_list);
		map_put(arena, by_role, text_copy(arena, role_key(&rule->look->role)), list);
	}
	*list_add(arena, list) = judgement;
}

/* All rules on one file before the next: what they ask for is still at hand then. */
static void judge_by_all(const struct judgement_list *judgements, struct file *file)
{
	for (size_t i = 0; i < judgements->count; i++) {
		struct judgement *judgement = judgements->items[i];
		if (!judgement->asked || judgement->group != file->group)
			judgement->wanted = concerns(judgement, file->group);
		judgement->asked = true;
		if (judgement->wanted)
			judge_file(judgement, file);
	}
}

void evaluate(struct lint *lint)
{
	struct map by_role = {0};
	for (size_t i = 0; i < lint->options->packs.count; i++) {
		struct pack *pack = lint->options->packs.items[i];
		for (size_t j = 0; j < pack->rule_count; j++)
			if (pack->rules[j].enabled)
				add_judgement(lint, &by_role, pack, &pack->rules[j]);
	}
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct judgement_list *judgements = map_get(&by_role, role_key(&lint->files.items[i]->role));
		if (judgements)
			judge_by_all(judgements, lint->files.items[i]);
	}
	arena_release(&lint->scratch);
	arena_release(&lint->group_memory);
}
