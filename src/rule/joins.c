#include "rule/joins.h"

struct joining {
	const struct pack *pack;
	bool *joined;
};

static void join_reference(struct joining *joining, const struct reference *reference);
static void join_condition(struct joining *joining, const struct condition *condition);

static void join_template(struct joining *joining, const struct template *template) {
	for (size_t i = 0; template && i < template->parts.count; i++)
		join_reference(joining, template->parts.items[i].reference);
}

/* A setting is gone into once, however many others are made of it. */
static void join_setting(struct joining *joining, const struct setting *setting) {
	if (!setting || joining->joined[setting->number - joining->pack->first_setting]) return;
	joining->joined[setting->number - joining->pack->first_setting] = true;
	join_template(joining, setting->section);
	for (size_t i = 0; i < setting->texts.count; i++)
		join_template(joining, &setting->texts.items[i]);
}

static void join_list(struct joining *joining, const struct list *list) {
	if (list && list->sections)
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
	join_reference(joining, condition->reference);
	join_reference(joining, condition->use.reference);
	join_list(joining, condition->use.list);
	for (size_t i = 0; i < condition->parts.count; i++)
		join_condition(joining, &condition->parts.items[i]);
}

void rule_joins(const struct pack *pack, const struct rule *rule, bool *joined) {
	struct joining joining = {pack, joined};
	join_setting(&joining, rule->selector->setting);
	join_condition(&joining, rule->selector->where);
	for (size_t i = 0; i < rule->selector->group_by.count; i++)
		join_reference(&joining, &rule->selector->group_by.items[i]);
	join_condition(&joining, rule->when);
	join_condition(&joining, rule->expect);
}
