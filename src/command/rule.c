/* rule and validate: what rules there are and what one means; what is wrong with a pack. */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/packs.h"
#include "command/tell.h"
#include "filter/filter.h"
#include "report/report.h"

static int usage_fault(struct arena *arena, struct text fault)
{
	tell_error(arena, "", fault);
	return EXIT_USAGE;
}

static int print_faults(struct diagnostics *diagnostics, struct text format)
{
	struct buffer out = {.arena = diagnostics->arena};
	struct report_input input = {.arena = diagnostics->arena, .diagnostics = diagnostics, .version = ARILINT_VERSION};
	const struct report *report = report_find(format.length ? format : TEXT("text"));
	if (!report)
		return usage_fault(diagnostics->arena, text_format(diagnostics->arena, "unknown format '%.*s'; there are: %s",
		                                                   TEXT_ARGUMENTS(format), report_names));
	diagnostics_sort(diagnostics);
	report->write(&input, &out);
	file_write_all(STDOUT_FILENO, buffer_text(&out));
	return EXIT_USAGE;
}

/* A text of a rule in the language wanted, else in English. */
static struct text spoken(const struct node *node, struct text language)
{
	if (!node || node->kind == NODE_TEXT)
		return node ? node->text : TEXT("");
	const struct node *english = node_get(node, "en"), *wanted = english;
	for (size_t i = 0; i < node->count; i++)
		if (text_equal(node->items[2 * i].text, language))
			wanted = &node->items[2 * i + 1];
	return wanted ? wanted->text : TEXT("");
}

static void list_rules(const struct pack_list *packs, struct text language)
{
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rule_count; j++) {
			const struct rule *rule = &packs->items[i]->rules[j];
			printf("%-28.*s %-8s %-8.*s %.*s\n", TEXT_ARGUMENTS(rule->id), severity_name(rule->severity),
			       TEXT_ARGUMENTS(rule->effect.length ? rule->effect : TEXT("-")),
			       TEXT_ARGUMENTS(spoken(node_get(rule->node, "title"), language)));
		}
}

static void print_member(const struct rule *rule, const char *member, struct text language)
{
	struct text text = spoken(node_get(rule->node, member), language);
	if (text.length)
		printf("\n%s: %.*s\n", member, TEXT_ARGUMENTS(text_trim(text, "\n")));
}

static void print_effects(const struct rule *rule)
{
	printf("\nseverity: %s\n", severity_name(rule->severity));
	if (rule->effect.length)
		printf("effect: %.*s\n", TEXT_ARGUMENTS(rule->effect));
	for (size_t i = 0; i < rule->target_count; i++)
		printf("only for: %.*s\n", TEXT_ARGUMENTS(rule->targets[i]->label));
	for (size_t i = 0; i < rule->override_count; i++) {
		const struct target_override *override = &rule->overrides[i];
		enum severity severity = override->has_severity ? override->severity : rule->severity;
		struct text effect = override->has_effect ? override->effect : rule->effect;
		printf("%.*s: %s%s%.*s\n", TEXT_ARGUMENTS(override->target->label), severity_name(severity),
		       effect.length ? ", " : "", TEXT_ARGUMENTS(effect));
	}
}

static void explain_rule(const struct rule *rule, struct text language)
{
	printf("%.*s: %.*s\n", TEXT_ARGUMENTS(rule->id), TEXT_ARGUMENTS(spoken(node_get(rule->node, "title"), language)));
	print_effects(rule);
	print_member(rule, "docs", language);
	print_member(rule, "message", language);
	print_member(rule, "why", language);
	print_member(rule, "help", language);
	const struct node *fix = node_get(rule->node, "fix");
	size_t count = !fix ? 0 : fix->kind == NODE_LIST ? fix->count : 1;
	for (size_t i = 0; i < count; i++) {
		const struct node *one = fix->kind == NODE_LIST ? &fix->items[i] : fix;
		printf("\nfix (%.*s): %.*s\n", TEXT_ARGUMENTS(spoken(node_get(one, "safety"), language)),
		       TEXT_ARGUMENTS(spoken(node_get(one, "title"), language)));
	}
}

static const struct rule *find_rule(struct arena *arena, const struct pack_list *packs, struct text id,
                                    struct text_list *ids)
{
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rule_count; j++) {
			const struct rule *rule = &packs->items[i]->rules[j];
			if (text_equal(rule->id, id))
				return rule;
			*list_add(arena, ids) = rule->id;
		}
	return NULL;
}

static int explain_rules(struct arena *arena, const struct pack_list *packs, const struct options *options)
{
	for (size_t i = 0; i < options->paths.count; i++) {
		struct argument ids = {0};
		struct text id = options->paths.items[i];
		const struct rule *rule = find_rule(arena, packs, id, &ids.texts);
		if (!rule) {
			struct value near = filter_find(TEXT("nearest"))->apply(arena, value_literal(id), &ids);
			return usage_fault(arena, near.state == VALUE_PRESENT
			                                  ? text_format(arena, "there is no rule '%.*s'; did you mean '%.*s'?",
			                                                TEXT_ARGUMENTS(id), TEXT_ARGUMENTS(near.text))
			                                  : text_format(arena, "there is no rule '%.*s'; `arilint rule` lists them",
			                                                TEXT_ARGUMENTS(id)));
		}
		if (i)
			puts("");
		explain_rule(rule, options->language);
	}
	return EXIT_CLEAN;
}

int command_rule(struct arena *arena, size_t argument_count, char **arguments)
{
	struct diagnostics diagnostics = {.arena = arena};
	struct options options = {0};
	struct pack_list packs = {0};
	struct text fault = TEXT("");
	if (!options_parse(arena, VERB_RULE, argument_count, arguments, &options, &fault) ||
	    !packs_choose_language(&options, &fault))
		return usage_fault(arena, fault);
	if (options.help) {
		puts("usage: arilint rule [OPTIONS] [ID...]\n\nLists the rules, or explains those named.\n\nOptions:");
		options_explain(stdout, VERB_RULE);
		return EXIT_CLEAN;
	}
	packs_load(&diagnostics, &options, &packs);
	if (diagnostics.found.count)
		return print_faults(&diagnostics, TEXT(""));
	if (options.paths.count)
		return explain_rules(arena, &packs, &options);
	list_rules(&packs, options.language);
	return EXIT_CLEAN;
}

int command_validate(struct arena *arena, size_t argument_count, char **arguments)
{
	struct diagnostics diagnostics = {.arena = arena};
	struct options options = {0};
	struct text fault = TEXT("");
	size_t rules = 0;
	bool ok = options_parse(arena, VERB_VALIDATE, argument_count, arguments, &options, &fault);
	if (ok && options.help) {
		puts("usage: arilint validate [OPTIONS] PACK...\n\nReads rule packs and says what is wrong with them.\n\nOptions:");
		options_explain(stdout, VERB_VALIDATE);
		return EXIT_CLEAN;
	}
	if (ok && !options.paths.count)
		fault = TEXT("name the rule packs to validate; usage: arilint validate PACK...");
	if (!ok || fault.length)
		return usage_fault(arena, fault);
	for (size_t i = 0; i < options.paths.count; i++) {
		const struct pack *pack = pack_read(&diagnostics, options.paths.items[i], TEXT("en"));
		rules += pack ? pack->rule_count : 0;
	}
	if (diagnostics.found.count)
		return print_faults(&diagnostics, options.format);
	printf("no fault in %zu %s with %zu %s\n", options.paths.count, options.paths.count == 1 ? "pack" : "packs", rules,
	       rules == 1 ? "rule" : "rules");
	return EXIT_CLEAN;
}
