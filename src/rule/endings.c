#include "rule/endings.h"

#include <string.h>

#include "base/ending.h"
#include "rule/shapes.h"

/* What its reference must end in for a check to hold; all where it takes more than the texts that it names. */
static uint64_t wanted_by(const struct use_of_check *use) {
	const struct text_set *set = use->list ? use->list->texts : use->argument->set;
	uint64_t endings = 0;
	if (!use->check->is_among || (use->list && use->list->sections)) return ENDING_ALL;
	if (use->check->argument == ARGUMENT_TEXT)
		return ending_bit(use->argument->text);
	for (size_t i = 0; i < set->texts.count; i++)
		endings |= ending_bit(set->texts.items[i]);
	return endings;
}

/* Whether the filters leave a text as it is, but for its case. */
static bool keep_text(const struct reference *reference) {
	for (size_t i = 0; i < reference->filters.count; i++)
		if (strcmp(reference->filters.items[i].filter->name, "lower") != 0)
			return false;
	return true;
}

static uint64_t *place_of(struct endings *endings, const struct reference *reference) {
	if (reference->kind == REFERENCE_KEY || reference->kind == REFERENCE_OWN)
		return &endings->values;
	if (reference->kind != REFERENCE_FIELD) return NULL;
	switch (reference->field) {
	case FIELD_name:
	case FIELD_section: return &endings->sections;
	case FIELD_key: return &endings->keys;
	case FIELD_value: return &endings->values;
	case FIELD_kind: return &endings->faults;
	default: return NULL;
	}
}

/* One of the conditions that must all hold. */
static void narrow(struct endings *needed, const struct condition *condition) {
	if (condition->kind != CONDITION_CHECK || !keep_text(condition->reference)) return;
	uint64_t *place = place_of(needed, condition->reference), wanted = wanted_by(&condition->use);
	if (place && wanted != ENDING_ALL)
		*place = *place ? *place & wanted : wanted;
}

/* Where it can't be told whether a key is of a setting, that is said whatever the conditions are: only its keys count. */
static struct endings of_settings(const struct selector *selector) {
	struct endings needed = {0};
	for (size_t i = 0; i < selector->settings.count; i++)
		needed.keys |= glob_set_endings(&selector->settings.items[i]->keys) |
		               glob_set_endings(&selector->settings.items[i]->fallback_keys);
	return needed;
}

struct endings endings_needed(const struct rule *rule) {
	const struct selector *selector = rule->selector;
	struct endings needed = {0};
	switch (selector->kind) {
	case SUBJECT_SETTING: return of_settings(selector);
	case SUBJECT_SECTION: needed.sections = ENDING_ALL; break;
	case SUBJECT_KEY: needed.keys = ENDING_ALL; break;
	case SUBJECT_FAULT: needed.faults = ENDING_ALL; break;
	default: return needed;
	}
	for (size_t i = 0; selector->where && i < selector->where->parts.count; i++)
		narrow(&needed, &selector->where->parts.items[i]);
	return needed;
}

static const struct member endings_members[] = {
	{AT(endings, sections), NULL, &found_number},
	{AT(endings, keys), NULL, &found_number},
	{AT(endings, values), NULL, &found_number},
	{AT(endings, faults), NULL, &found_number},
	{0},
};
const struct shape shape_endings = {STRUCT(endings), .members = endings_members};
