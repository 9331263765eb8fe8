#include "rule/joins.h"

struct joining {
	const struct pack *pack;
	bool *joined;
	const struct role *role; /* the first */
	bool several;            /* there is another */
};

static void join_reference(struct joining *joining, const struct reference *reference);
static void join_condition(struct joining *joining, const struct condition *condition);
static void join_settings(struct joining *joining, const struct selector *selector);

static void join_role(struct joining *joining, const struct role *role) {
	joining->several = joining->several || (joining->role && role && joining->role != role);
	joining->role = joining->role ? joining->role : role;
}

static void join_template(struct joining *joining, const struct template *template) {
	for (size_t i = 0; template && i < template->parts.count; i++)
		join_reference(joining, template->parts.items[i].reference);
}

/* A setting is gone into once, however many others are made of it. */
static void join_setting(struct joining *joining, const struct setting *setting) {
	size_t at = 0;
	while (at < joining->pack->settings.count && joining->pack->settings.items[at] != setting)
		at++;
	if (at == joining->pack->settings.count || joining->joined[at]) return;
	joining->joined[at] = true;
	join_role(joining, setting->role);
	join_template(joining, setting->section);
	join_settings(joining, setting->of);
	join_reference(joining, setting->published);
	for (size_t i = 0; i < setting->texts.count; i++)
		join_template(joining, &setting->texts.items[i]);
	for (size_t i = 0; i < setting->cases.count; i++) {
		join_condition(joining, setting->cases.items[i].when);
		join_template(joining, setting->cases.items[i].is);
	}
}

static void join_settings(struct joining *joining, const struct selector *selector) {
	for (size_t i = 0; selector && i < selector->settings.count; i++)
		join_setting(joining, selector->settings.items[i]);
}

static void join_list(struct joining *joining, const struct list *list) {
	if (!list || !list->sections) return;
	join_role(joining, list->sections->role);
	join_condition(joining, list->sections->where);
}

static void join_reference(struct joining *joining, const struct reference *reference) {
	if (!reference) return;
	join_setting(joining, reference->setting);
	for (size_t i = 0; i < reference->filters.count; i++) {
		join_reference(joining, reference->filters.items[i].reference);
		join_list(joining, reference->filters.items[i].list);
	}
}

static void join_condition(struct joining *joining, const struct condition *condition) {
	if (!condition) return;
	/* Whether a value can be told says nothing of it. */
	if (condition->kind == CONDITION_CHECK && condition->use.check->takes_unknown) return;
	join_reference(joining, condition->reference);
	join_reference(joining, condition->use.reference);
	join_list(joining, condition->use.list);
	for (size_t i = 0; i < condition->parts.count; i++)
		join_condition(joining, &condition->parts.items[i]);
}

bool rule_joins(const struct pack *pack, const struct rule *rule, bool *joined) {
	struct joining joining = {.pack = pack, .joined = joined, .role = rule->selector->role};
	join_settings(&joining, rule->selector);
	join_condition(&joining, rule->selector->where);
	for (size_t i = 0; i < rule->selector->group_by.count; i++)
		join_reference(&joining, &rule->selector->group_by.items[i]);
	join_condition(&joining, rule->when);
	join_condition(&joining, rule->expect);
	return joining.several;
}
