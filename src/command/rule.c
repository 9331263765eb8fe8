/* rule and validate: what rules there are and what one means; what is wrong with a pack. */

#include "base/text_set.h"
#include "command/command.h"
#include "command/output.h"
#include "command/packs.h"
#include "command/recognised.h"
#include "command/rule_list.h"
#include "command/rule_page.h"
#include "command/setup.h"
#include "command/tell.h"

static int list_rules(const struct call *call) {
	struct buffer out = {.arena = call->arena};
	rule_list_write(call->arena, &call->setup.lint_options, &call->options.paths, call->options.format, &out);
	return output_print(buffer_text(&out)) ? EXIT_CLEAN : EXIT_UNTOLD;
}

static struct text_list ids_of(struct arena *arena, const struct pack_list *packs) {
	struct text_list ids = {0};
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rules.count; j++)
			*list_add(arena, &ids) = packs->items[i]->rules.items[j].id;
	return ids;
}

/* A named rule is explained with an example, to people. */
static bool is_page(const struct options *options) { return !options->format.length || text_is(options->format, "text"); }

static int explain_rules(const struct call *call) {
	struct arena *arena = call->arena;
	const struct options *options = &call->options;
	const struct lint_options *lint_options = &call->setup.lint_options;
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < options->paths.count; i++) {
		struct text near, id = options->paths.items[i];
		const struct pack *pack;
		const struct rule *rule = rule_find(&lint_options->packs, id, &pack);
		if (!rule) {
			struct text_list ids = ids_of(arena, &lint_options->packs);
			struct text fault = text_format(arena, "there is no rule '%.*s'; `arilint rule` lists them", TEXT_ARGUMENTS(id));
			if (text_list_nearest(arena, &ids, id, &near))
				fault = text_format(arena, "there is no rule '%.*s'; did you mean '%.*s'?", TEXT_ARGUMENTS(id),
				                    TEXT_ARGUMENTS(near));
			return call_fail(call, fault, EXIT_USAGE);
		}
		if (!is_page(options)) continue;
		if (i)
			buffer_add_byte(&out, '\n');
		rule_page_write(arena, pack, rule, lint_options->language, options_want_color(options), &out);
	}
	if (!is_page(options))
		return list_rules(call);
	return output_print(buffer_text(&out)) ? EXIT_CLEAN : EXIT_UNTOLD;
}

static int show_settings(const struct call *call) {
	struct buffer out = {.arena = call->arena};
	struct recognised recognised = recognised_find(call->arena, &call->setup.lint_options);
	recognised_write(&recognised, call->options.format, &out);
	return output_print(buffer_text(&out)) ? EXIT_CLEAN : EXIT_UNTOLD;
}

static int run_rule(struct call *call) {
	const struct options *options = &call->options;
	if (options->settings && options->paths.count)
		return call_fail(call, TEXT("--settings lists those of all packs: without an ID"), EXIT_USAGE);
	if (!rule_list_knows(options->format))
		return call_fail(call, TEXT("rule --format takes text, markdown or json"), EXIT_USAGE);
	int status = call_begin(call, TEXT(""));
	if (status >= 0)
		return status;
	if (options->settings)
		return show_settings(call);
	if (options->paths.count)
		return explain_rules(call);
	return list_rules(call);
}

const struct verb verb_rule = {
	.name = "rule", .flag = VERB_RULE, .only_reads = true, .most_words = MANY_WORDS, .run = run_rule,
	.usage = "arilint rule [OPTIONS] [ID...] | rule --settings",
	.summary = "Lists the rules, explains those named, or lists the names of files and settings that they recognise.",
	.examples = "  arilint rule\n"
	            "  arilint rule ari/password-drift --lang uz\n"
	            "  arilint rule --format markdown > rules.md\n"
	            "  arilint rule --settings",
};

static int run_validate(struct call *call) {
	const struct text_list *paths = &call->options.paths;
	struct pack_list packs = {0};
	size_t rules = 0;
	if (!paths->count)
		return call_misuse(call, TEXT("name the rule packs to validate"));
	for (size_t i = 0; i < paths->count; i++) {
		const struct pack *pack = pack_read(&call->diagnostics, paths->items[i], &packs);
		if (!pack) continue;
		*list_add(call->arena, &packs) = pack;
		rules += pack->rules.count;
	}
	if (call->diagnostics.found.count)
		return packs_tell_faults(&call->diagnostics, call->options.format);
	output_say("no fault in %zu %s with %zu %s\n", paths->count, paths->count == 1 ? "pack" : "packs", rules,
	       rules == 1 ? "rule" : "rules");
	return EXIT_CLEAN;
}

const struct verb verb_validate = {
	.name = "validate", .flag = VERB_VALIDATE, .only_reads = true, .most_words = MANY_WORDS, .run = run_validate,
	.usage = "arilint validate [OPTIONS] PACK...",
	.summary = "Reads rule packs and says what is wrong with them.",
	.examples = "  arilint validate my-pack.yaml\n"
	            "  arilint validate --format json rules/*.yaml",
};
