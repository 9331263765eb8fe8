/* rule and validate: what rules there are and what one means; what is wrong with a pack. */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text_set.h"
#include "command/command.h"
#include "command/packs.h"
#include "command/setup.h"
#include "command/rule_page.h"
#include "command/tell.h"

static int usage_fault(struct arena *arena, struct text fault)
{
	tell_error(arena, "", fault);
	return EXIT_USAGE;
}

static void list_rules(const struct pack_list *packs, enum language language)
{
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rules.count; j++) {
			const struct rule *rule = &packs->items[i]->rules.items[j];
			printf("%-28.*s %-8s %-8.*s %.*s\n", TEXT_ARGUMENTS(rule->id), severity_name(rule->severity),
			       TEXT_ARGUMENTS(rule->effect.length ? rule->effect : TEXT("-")),
			       TEXT_ARGUMENTS(rule_spelled(&rule->title, language)));
		}
}

static const struct rule *find_rule(struct arena *arena, const struct pack_list *packs, struct text id,
                                    const struct pack **pack, struct text_list *ids)
{
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rules.count; j++) {
			const struct rule *rule = &packs->items[i]->rules.items[j];
			*pack = packs->items[i];
			if (text_equal(rule->id, id))
				return rule;
			*list_add(arena, ids) = rule->id;
		}
	return NULL;
}

static int explain_rules(struct arena *arena, const struct lint_options *lint_options, const struct options *options)
{
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < options->paths.count; i++) {
		struct text_list ids = {0};
		struct text near, id = options->paths.items[i];
		const struct pack *pack;
		const struct rule *rule = find_rule(arena, &lint_options->packs, id, &pack, &ids);
		if (!rule) {
			return usage_fault(arena, text_list_nearest(arena, &ids, id, &near)
			                                  ? text_format(arena, "there is no rule '%.*s'; did you mean '%.*s'?",
			                                                TEXT_ARGUMENTS(id), TEXT_ARGUMENTS(near))
			                                  : text_format(arena, "there is no rule '%.*s'; `arilint rule` lists them",
			                                                TEXT_ARGUMENTS(id)));
		}
		if (i)
			buffer_add_byte(&out, '\n');
		rule_page_write(arena, pack, rule, lint_options->language, options_want_color(options), &out);
	}
	return file_write_all(STDOUT_FILENO, buffer_text(&out)) ? EXIT_CLEAN : EXIT_USAGE;
}

int command_rule(struct arena *arena, size_t argument_count, char **arguments)
{
	struct diagnostics diagnostics = {.arena = arena};
	struct options options = {0};
	struct setup setup = {0};
	struct text fault = TEXT("");
	if (!options_parse(arena, VERB_RULE, argument_count, arguments, &options, &fault) ||
	    !options_take_color(arena, &options, &fault))
		return usage_fault(arena, fault);
	if (options.help) {
		puts("usage: arilint rule [OPTIONS] [ID...]\n\nLists the rules, or explains those named.\n\nOptions:");
		options_explain(stdout, VERB_RULE);
		return EXIT_CLEAN;
	}
	if (!setup_make(&diagnostics, &options, &setup, &fault))
		return usage_fault(arena, fault);
	if (diagnostics.found.count)
		return packs_tell_faults(&diagnostics, TEXT(""));
	if (options.paths.count)
		return explain_rules(arena, &setup.lint_options, &options);
	list_rules(&setup.lint_options.packs, setup.lint_options.language);
	return EXIT_CLEAN;
}

int command_validate(struct arena *arena, size_t argument_count, char **arguments)
{
	struct diagnostics diagnostics = {.arena = arena};
	struct options options = {0};
	struct pack_list packs = {0};
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
		const struct pack *pack = pack_read(&diagnostics, options.paths.items[i], &packs);
		if (!pack)
			continue;
		*list_add(arena, &packs) = pack;
		rules += pack->rules.count;
	}
	if (diagnostics.found.count)
		return packs_tell_faults(&diagnostics, options.format);
	printf("no fault in %zu %s with %zu %s\n", options.paths.count, options.paths.count == 1 ? "pack" : "packs", rules,
	       rules == 1 ? "rule" : "rules");
	return EXIT_CLEAN;
}
