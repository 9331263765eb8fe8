#include "lsp/candidate.h"

#include <string.h>

#include "evaluate/expression.h"
#include "inventory/version.h"
#include "lsp/judge.h"

/* --- a trial: the section as it were with a statement --- */

struct trial {
	const struct writing *writing;
	struct context context;
	const struct condition *where, *expect; /* that must hold of what is tried */
	const struct subject *place; /* one of the writing's */
	struct text key;             /* of values: theirs; empty: keys are sought */
	struct candidate_list *found;
};

/* The statement has no bytes of its own yet. */
static const struct entry *make_entry(const struct trial *trial, struct text key, struct text value) {
	struct entry *entry = arena_new(trial->writing->arena, struct entry);
	*entry = (struct entry){.source = trial->place->file->source, .header = trial->place->section->header, .name = key, .content = value};
	return entry;
}

/* Makes the context's subject the key with that value, in place of what the section has of it. */
static void enter(struct trial *trial, struct text key, struct text value) {
	struct arena *arena = trial->writing->arena;
	const struct variable_list *old = &trial->place->section->variables;
	struct section *section = arena_new(arena, struct section);
	*section = *trial->place->section;
	section->variables.items = arena_array(arena, struct variable, old->count + 1);
	section->variables.count = 0;
	for (size_t i = 0; i < old->count; i++)
		if (!text_equal_ignoring_case(old->items[i].name, key))
			section->variables.items[section->variables.count++] = old->items[i];
	struct variable *variable = &section->variables.items[section->variables.count++];
	*variable = (struct variable){.name = key, .value = value, .entry = make_entry(trial, key, value)};
	trial->context.subject = *trial->place;
	trial->context.subject.section = section;
	trial->context.subject.variable = variable;
}

static bool holds(struct trial *trial, const struct condition *condition) {
	struct text reason;
	return condition_evaluate(&trial->context, condition, &reason) == VERDICT_TRUE;
}

/* Of several settings that have a key the one counts that prefers it most. */
static void add(struct trial *trial, struct text text, const struct setting *setting, size_t rank) {
	struct candidate *known = NULL;
	for (size_t i = 0; i < trial->found->count && !known; i++)
		if (text_equal(trial->found->items[i].text, text))
			known = &trial->found->items[i];
	if (known && setting && known->setting && rank < known->rank)
		*known = (struct candidate){text, setting, rank};
	else if (!known && text.length)
		*list_add(trial->writing->arena, trial->found) = (struct candidate){text, setting, rank};
}

/* --- what rules expect --- */

/* Whether a reference is the key that is sought, or the value of the one whose values are. */
static bool is_sought(const struct trial *trial, const struct reference *reference) {
	if (!trial->key.length)
		return reference->kind == REFERENCE_FIELD && reference->field == FIELD_key;
	if (reference->kind == REFERENCE_FIELD)
		return reference->field == FIELD_value;
	return (reference->kind == REFERENCE_OWN || reference->kind == REFERENCE_KEY) && text_equal_ignoring_case(reference->key, trial->key);
}

static void try_text(struct trial *trial, struct text text) {
	struct arena_mark mark = arena_mark(trial->writing->arena);
	bool keys = !trial->key.length;
	enter(trial, keys ? text : trial->key, keys ? TEXT("") : text);
	bool wanted = holds(trial, trial->where) && holds(trial, trial->expect);
	arena_rewind(trial->writing->arena, mark);
	if (wanted)
		add(trial, text, NULL, 0);
}

static void try_texts(struct trial *trial, const struct use_of_check *use) {
	if (use->check->argument == ARGUMENT_TEXT)
		try_text(trial, use->argument->text);
	const struct text_set *set = use->check->argument == ARGUMENT_TEXTS ? use->argument->set : NULL;
	if (use->list)
		set = use->list->sections ? NULL : use->list->texts;
	for (size_t i = 0; set && i < set->texts.count; i++)
		try_text(trial, set->texts.items[i]);
}

/* Each text that a condition would have for what is sought is tried: the rest of the rule may hold of some only. */
static void try_condition(struct trial *trial, const struct condition *condition) {
	if (condition->kind == CONDITION_CHECK && condition->use.check->is_among && is_sought(trial, condition->reference))
		try_texts(trial, &condition->use);
	for (size_t i = 0; i < condition->parts.count && condition->kind != CONDITION_NOT; i++)
		try_condition(trial, &condition->parts.items[i]);
}

/* --- what rules know to be near --- */

/* A rule that says what is spelt most alike knows what there is. */
static void add_near(struct trial *trial, const struct reference *reference) {
	for (size_t i = 0; i < reference->filters.count; i++) {
		const struct list *list = reference->filters.items[i].list;
		if (!list || list->sections) continue;
		for (size_t j = 0; j < list->texts->texts.count; j++)
			add(trial, list->texts->texts.items[j], NULL, 0);
	}
}

/* Only what is said of that very key: of the value of any the rest of the rule would have to hold. */
static void near_in(struct trial *trial, const struct template *template) {
	for (size_t i = 0; template && i < template->parts.count; i++) {
		const struct reference *reference = template->parts.items[i].reference;
		if (reference && reference->kind != REFERENCE_FIELD && is_sought(trial, reference))
			add_near(trial, reference);
	}
}

/* --- what settings know --- */

/* Whether the setting's own value is all that a reference speaks of, not a part of it. */
static bool is_whole(struct context *context, const struct reference *reference, const struct variable *variable) {
	struct reference bare = *reference;
	bare.filters.count = 0;
	struct value value = reference_value(context, &bare);
	const struct variable *of = value_variable(value);
	return value.state == VALUE_PRESENT && of && of->entry == variable->entry && text_equal(value.text, variable->value);
}

static void add_names(struct trial *trial, const struct condition *condition) {
	const struct use_of_check *use = &condition->use;
	struct context *context = &trial->context;
	if (condition->kind == CONDITION_CHECK && use->list && use->check->is_among &&
	    is_whole(context, condition->reference, context->subject.variable)) {
		const struct text_set *names = list_names(context, use->list);
		for (size_t i = 0; names && i < names->texts.count; i++)
			add(trial, names->texts.items[i], NULL, 0);
	}
	for (size_t i = 0; i < condition->parts.count && condition->kind != CONDITION_NOT; i++)
		add_names(trial, &condition->parts.items[i]);
}

/* --- versions --- */

/* Whether a rule is about the version that the file is judged for; where none is named, whatever `unnamed` says. */
static bool is_about(const struct trial *trial, const struct rule *rule, bool unnamed) {
	bool about = !rule->targets.count;
	for (size_t i = 0; i < rule->targets.count && !about; i++) {
		const struct target *target = rule->targets.items[i];
		const struct version *version = lint_version(trial->writing->lint->options, trial->place->file->group, target);
		about = version ? version_is_of(version, target) : unnamed;
	}
	return about;
}

/* --- the rules --- */

static void ask_rule(struct trial *trial, const struct rule *rule) {
	const struct subject *place = trial->place;
	const struct selector *selector = rule->selector;
	bool looks = selector->kind == SUBJECT_KEY || (selector->kind == SUBJECT_SECTION && trial->key.length);
	if (looks && selector->role == place->file->role) {
		if (rule->expect)
			try_condition(trial, rule->expect);
		if (trial->key.length)
			near_in(trial, rule->help.in[LANGUAGE_en]);
	}
	if (selector->kind == SUBJECT_SETTING && trial->key.length && rule->expect && place->variable &&
	    role_holds(place->file->role, selector->role) && judge_enter_place(&trial->context, selector, place))
		add_names(trial, rule->expect);
}

static void ask_rules(struct trial *trial) {
	const struct rule_choice_list *choices = &trial->writing->lint->options->choices;
	for (size_t i = 0; i < choices->count; i++) {
		const struct rule_choice *choice = &choices->items[i];
		if (!choice->pack || !choice->enabled) continue;
		trial->where = choice->rule->selector->where;
		trial->expect = choice->rule->expect;
		trial->context = (struct context){.lint = trial->writing->lint, .arena = trial->writing->arena, .pack = choice->pack,
		                                  .selector = choice->rule->selector};
		if (is_about(trial, choice->rule, true))
			ask_rule(trial, choice->rule);
	}
}

/* --- the meanings --- */

/* Those of keys are of keys that a place may have. */
static void ask_meanings(struct trial *trial, const struct pack *pack) {
	for (size_t i = 0; i < pack->meanings.count; i++) {
		const struct selector *selector = pack->meanings.items[i]->selector;
		if (selector->kind != SUBJECT_KEY || selector->role != trial->place->file->role || !selector->where) continue;
		trial->where = selector->where;
		trial->expect = NULL;
		trial->context = (struct context){.lint = trial->writing->lint, .arena = trial->writing->arena, .pack = pack, .selector = selector};
		try_condition(trial, selector->where);
	}
}

/* Whether the key, which need not be there, is one of the settings that a selector looks at. */
static bool has_key(const struct selector *selector, const struct file *file, struct text key) {
	for (size_t i = 0; i < selector->settings.count; i++) {
		const struct setting *setting = selector->settings.items[i];
		bool any_case = setting->any_case || file->role->any_case_keys;
		if (setting->role && role_holds(file->role, setting->role) && glob_set_matches(&setting->keys, key, any_case))
			return true;
	}
	return false;
}

static const struct meaning *meaning_of_setting(const struct lint *lint, const struct file *file, struct text key) {
	const struct pack_list *packs = &lint->options->packs;
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->meanings.count; j++)
			if (has_key(packs->items[i]->meanings.items[j]->selector, file, key))
				return packs->items[i]->meanings.items[j];
	return NULL;
}

const struct meaning *candidate_meaning(const struct writing *writing, struct text key) {
	const struct meaning *meaning = NULL;
	struct trial trial = {.writing = writing};
	for (size_t i = 0; i < writing->places.count && !meaning; i++) {
		trial.place = &writing->places.items[i];
		enter(&trial, key, TEXT(""));
		meaning = judge_meaning(writing->lint, writing->arena, &trial.context.subject);
		meaning = meaning ? meaning : meaning_of_setting(writing->lint, trial.place->file, key);
	}
	return meaning;
}

/* --- the settings --- */

static bool is_here(struct trial *trial, const struct setting *setting) {
	struct file *file = trial->place->file;
	struct text name = trial->place->section->name;
	if (!setting->role || !role_holds(file->role, setting->role)) return false;
	trial->context.subject = (struct subject){.file = file};
	struct value section = setting->section ? template_text(&trial->context, setting->section, true) : value_literal(TEXT(""));
	if (section.state != VALUE_PRESENT) return false;
	bool any_case = setting->any_case || file->role->any_case_sections;
	return any_case ? text_equal_ignoring_case(section.text, name) : text_equal(section.text, name);
}

static void ask_setting(struct trial *trial, const struct setting *setting) {
	if (!is_here(trial, setting)) return;
	bool any_case = setting->any_case || trial->place->file->role->any_case_keys;
	if (trial->key.length && setting->has_default && glob_set_matches(&setting->keys, trial->key, any_case))
		add(trial, setting->default_text, setting, 0);
	for (size_t i = 0; !trial->key.length && i < setting->keys.globs.count; i++)
		if (!text_has_byte(setting->keys.globs.items[i], '*') && !text_has_byte(setting->keys.globs.items[i], '?'))
			add(trial, setting->keys.globs.items[i], setting, i);
}

static void ask_settings(struct trial *trial) {
	static const struct selector none = {.kind = SUBJECT_FILE};
	const struct pack_list *packs = &trial->writing->lint->options->packs;
	for (size_t i = 0; i < packs->count; i++) {
		trial->context = (struct context){
			.lint = trial->writing->lint, .arena = trial->writing->arena, .pack = packs->items[i], .selector = &none};
		for (size_t j = 0; j < packs->items[i]->settings.count; j++)
			ask_setting(trial, packs->items[i]->settings.items[j]);
	}
}

/* Whether a rule finds fault with the key itself, whatever its value: a version may not know it. */
static bool is_refused(struct trial *trial, struct text key) {
	const struct rule_choice_list *choices = &trial->writing->lint->options->choices;
	for (size_t i = 0; i < choices->count; i++) {
		const struct rule *rule = choices->items[i].rule;
		if (!choices->items[i].pack || !choices->items[i].enabled || rule->selector->kind != SUBJECT_KEY ||
		    rule->selector->role != trial->place->file->role || rule->expect || rule->when || !judge_names_key(rule->selector->where) ||
		    !is_about(trial, rule, false))
			continue;
		trial->context = (struct context){.lint = trial->writing->lint, .arena = trial->writing->arena,
		                                  .pack = choices->items[i].pack, .selector = rule->selector};
		enter(trial, key, TEXT(""));
		if (holds(trial, rule->selector->where)) return true;
	}
	return false;
}

struct candidate_list candidate_keys(const struct writing *writing) {
	struct candidate_list found = {0}, kept = {0};
	struct trial trial = {.writing = writing, .found = &found};
	for (size_t i = 0; i < writing->places.count; i++) {
		trial.place = &writing->places.items[i];
		ask_settings(&trial);
		ask_rules(&trial);
		for (size_t j = 0; j < writing->lint->options->packs.count; j++)
			ask_meanings(&trial, writing->lint->options->packs.items[j]);
	}
	for (size_t i = 0; i < found.count; i++) {
		bool refused = false;
		for (size_t j = 0; j < writing->places.count && !refused; j++) {
			trial.place = &writing->places.items[j];
			refused = is_refused(&trial, found.items[i].text);
		}
		if (!refused)
			*list_add(writing->arena, &kept) = found.items[i];
	}
	return kept;
}

static bool is_hidden(const struct writing *writing, struct text key) {
	bool hidden = false;
	for (size_t i = 0; i < writing->places.count; i++)
		hidden = hidden || file_hides(writing->places.items[i].file, key);
	return hidden;
}

struct candidate_list candidate_values(const struct writing *writing, struct text key) {
	struct candidate_list found = {0};
	struct trial trial = {.writing = writing, .key = key, .found = &found};
	for (size_t i = 0; key.length && !is_hidden(writing, key) && i < writing->places.count; i++) {
		trial.place = &writing->places.items[i];
		ask_rules(&trial);
		ask_settings(&trial);
	}
	return found;
}
