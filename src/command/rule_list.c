#include "command/rule_list.h"

#include "command/exit.h"
#include "command/rule_page.h"
#include "diagnostic/effect.h"
#include "json/write.h"
#include "report/markup.h"

struct rule_list {
	struct arena *arena;
	enum language language;
	struct json json;
	struct buffer *out;
};

/* --- text --- */

static void write_line(struct rule_list *list, const struct rule *rule) {
	buffer_format(list->out, "%-28.*s %-8s %-8.*s %.*s\n", TEXT_ARGUMENTS(rule->id), severity_name(rule->severity),
	              TEXT_ARGUMENTS(rule->effect.length ? rule->effect : TEXT("-")),
	              TEXT_ARGUMENTS(rule_spelled(&rule->title, list->language)));
}

/* --- markdown --- */

static void write_paragraph(struct rule_list *list, const char *before, struct text text) {
	text = text_trim(text, " \n");
	if (!text.length) return;
	buffer_format(list->out, "\n%s", before);
	markup_add_prose(list->arena, list->out, text);
	buffer_add_byte(list->out, '\n');
}

static void write_override(struct rule_list *list, const struct rule *rule, const struct target_override *override) {
	struct text effect = override->has_effect ? override->effect : rule->effect;
	buffer_add_string(list->out, "; ");
	markup_add_prose(list->arena, list->out, override->target->label);
	buffer_format(list->out, ": %s%s%.*s", severity_name(override->has_severity ? override->severity : rule->severity),
	              effect.length ? ", " : "", TEXT_ARGUMENTS(effect));
}

static void write_section(struct rule_list *list, const struct rule *rule) {
	buffer_add_string(list->out, "\n## ");
	markup_add_code(list->arena, list->out, rule->id);
	buffer_format(list->out, "\n\n%s", severity_name(rule->severity));
	if (rule->effect.length)
		buffer_format(list->out, ", %.*s", TEXT_ARGUMENTS(effect_meaning(rule->effect)));
	for (size_t i = 0; i < rule->overrides.count; i++)
		write_override(list, rule, &rule->overrides.items[i]);
	buffer_add_string(list->out, rule->enabled ? "\n" : "; off by default\n");
	for (size_t i = 0; i < rule->targets.count; i++)
		write_paragraph(list, "Only for: ", rule->targets.items[i]->label);
	write_paragraph(list, "", rule_spelled(&rule->title, list->language));
	write_paragraph(list, "", words_in(&rule->docs, list->language));
	write_paragraph(list, "Why: ", rule_spelled(&rule->why, list->language));
	for (size_t i = 0; i < rule->fixes.count; i++)
		write_paragraph(list, text_string(list->arena, text_format(list->arena, "Fix (%s): ", safety_name(rule->fixes.items[i].safety))),
		                rule_spelled(&rule->fixes.items[i].title, list->language));
}

/* --- JSON --- */

static void add_overrides(struct json *json, const struct rule *rule) {
	json_list(json, "by_target");
	for (size_t i = 0; i < rule->overrides.count; i++) {
		const struct target_override *override = &rule->overrides.items[i];
		json_object(json, NULL);
		json_text(json, "target", override->target->label);
		json_text(json, "severity", text_of(severity_name(override->has_severity ? override->severity : rule->severity)));
		json_text_or_null(json, "effect", override->has_effect ? override->effect : rule->effect);
		json_end(json);
	}
	json_end(json);
}

static void add_fixes(struct rule_list *list, const struct rule *rule) {
	json_list(&list->json, "fixes");
	for (size_t i = 0; i < rule->fixes.count; i++) {
		json_object(&list->json, NULL);
		json_text(&list->json, "safety", text_of(safety_name(rule->fixes.items[i].safety)));
		json_text(&list->json, "title", rule_spelled(&rule->fixes.items[i].title, list->language));
		json_end(&list->json);
	}
	json_end(&list->json);
}

static void add_rule(struct rule_list *list, const struct rule *rule) {
	struct json *json = &list->json;
	json_object(json, NULL);
	json_text(json, "rule", rule->id);
	json_text(json, "severity", text_of(severity_name(rule->severity)));
	json_text_or_null(json, "effect", rule->effect);
	json_truth(json, "enabled", rule->enabled);
	json_text(json, "title", rule_spelled(&rule->title, list->language));
	json_text_if_any(json, "docs", text_trim(words_in(&rule->docs, list->language), "\n"));
	json_text(json, "message", rule_spelled(&rule->message, list->language));
	json_text_if_any(json, "why", rule_spelled(&rule->why, list->language));
	json_text_if_any(json, "help", rule_spelled(&rule->help, list->language));
	json_list(json, "targets");
	for (size_t i = 0; i < rule->targets.count; i++)
		json_text(json, NULL, rule->targets.items[i]->label);
	json_end(json);
	add_overrides(json, rule);
	add_fixes(list, rule);
	json_end(json);
}

/* --- the list --- */

static void begin_nothing(struct rule_list *list) {}

static void begin_markdown(struct rule_list *list) {
	buffer_add_string(list->out, "# Rules\n\nWritten from the rule packs by arilint " ARILINT_VERSION ".\n");
}

static void begin_json(struct rule_list *list) {
	json_object(&list->json, NULL);
	json_text(&list->json, "version", TEXT(ARILINT_VERSION));
	json_rows(&list->json, "rules", 0);
}

static void end_json(struct rule_list *list) {
	json_end(&list->json);
	json_end(&list->json);
	buffer_add_byte(list->out, '\n');
}

struct form {
	const char *name;
	void (*begin)(struct rule_list *list);
	void (*write)(struct rule_list *list, const struct rule *rule);
	void (*end)(struct rule_list *list);
};

static const struct form forms[] = {
	{"text", begin_nothing, write_line, begin_nothing},
	{"markdown", begin_markdown, write_section, begin_nothing},
	{"json", begin_json, add_rule, end_json},
};

static const struct form *find_form(struct text format) {
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (text_is(format.length ? format : TEXT("text"), forms[i].name))
			return &forms[i];
	return NULL;
}

bool rule_list_knows(struct text format) { return find_form(format) != NULL; }

void rule_list_write(struct arena *arena, const struct lint_options *options, const struct text_list *ids, struct text format,
                     struct buffer *out) {
	struct rule_list list = {.arena = arena, .language = options->language, .json = {.out = out}, .out = out};
	const struct form *form = find_form(format);
	form->begin(&list);
	for (size_t i = 0; i < options->packs.count; i++)
		for (size_t j = 0; j < options->packs.items[i]->rules.count; j++) {
			const struct rule *rule = &options->packs.items[i]->rules.items[j];
			if (!ids->count || text_list_has(ids, rule->id))
				form->write(&list, rule);
		}
	form->end(&list);
}
