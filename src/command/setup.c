#include "command/setup.h"

#include <unistd.h>

#include "base/text_set.h"
#include "command/packs.h"
#include "command/tell.h"
#include "trust/below.h"

static bool take_fail_on(struct arena *arena, struct text name, struct setup *setup, struct text *fault) {
	setup->fail_on = SEVERITY_WARNING;
	setup->fail_never = text_is(name, "never");
	if (!name.length || setup->fail_never || severity_from_name(name, &setup->fail_on)) return true;
	*fault = text_format(arena, "--fail-on takes error, warning, info or never, not '%.*s'", TEXT_ARGUMENTS(name));
	return false;
}

static bool take_targets(struct arena *arena, const struct options *options, struct lint_options *lint_options,
                         struct text *fault) {
	for (size_t i = 0; i < options->targets.count; i++) {
		struct text number = options->targets.items[i];
		struct text program = text_cut(&number, '=');
		if (!program.length || !version_is_valid(number)) {
			*fault = text_format(arena, "--target takes PROGRAM=VERSION (asterisk=22.10), not '%.*s'",
			                     TEXT_ARGUMENTS(options->targets.items[i]));
			return false;
		}
		*list_add(arena, &lint_options->versions) = (struct version){program, number};
	}
	return true;
}

/* "; did you mean 'x'?" for the nearest of the names, or nothing. */
static struct text suggest(struct arena *arena, const struct text_list *names, struct text wrong) {
	struct text near;
	if (!text_list_nearest(arena, names, wrong, &near))
		return TEXT("");
	return text_format(arena, "; did you mean '%.*s'?", TEXT_ARGUMENTS(near));
}

static bool check_programs(struct arena *arena, const struct options *options, const struct pack_list *packs,
                           struct text *fault) {
	struct text_list programs = version_programs(arena, packs);
	for (size_t i = 0; i < options->targets.count; i++) {
		struct text number = options->targets.items[i];
		struct text program = text_cut(&number, '=');
		if (text_list_has(&programs, program)) continue;
		*fault = text_format(arena, "--target: no pack judges for versions of '%.*s'%.*s", TEXT_ARGUMENTS(program),
		                     TEXT_ARGUMENTS(suggest(arena, &programs, program)));
		return false;
	}
	return true;
}

static bool take_authority(struct arena *arena, struct text authority, const struct pack_list *packs,
                           struct text *fault) {
	struct text_list roles = {0};
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->roles.count; j++)
			text_list_add_once(arena, &roles, packs->items[i]->roles.items[j]->name);
	if (!authority.length || text_list_has(&roles, authority)) return true;
	*fault = text_format(arena, "--authority: no pack has a role '%.*s'%.*s", TEXT_ARGUMENTS(authority),
	                     TEXT_ARGUMENTS(suggest(arena, &roles, authority)));
	return false;
}

static bool read_configuration(struct diagnostics *diagnostics, const struct options *options,
                               struct configuration *configuration, struct text *fault) {
	struct configuration_place place = {.path = options->config};
	struct text path = options->config;
	if (options->isolated && path.length)
		*fault = TEXT("--config names a configuration and --isolated wants none: choose one");
	if (fault->length || options->isolated || (!path.length && !configuration_find(diagnostics->arena, &place, fault)))
		return !fault->length;
	if (place.path.length)
		configuration_read(diagnostics, place, configuration);
	return true;
}

/* The configuration's packs come first, as those of the command line may be about the same things. */
static void add_packs(struct arena *arena, const struct configuration *configuration, struct options *options) {
	struct text_list all = {0};
	for (size_t i = 0; i < configuration->packs.count; i++)
		*list_add(arena, &all) = configuration->packs.items[i];
	for (size_t i = 0; i < options->rules.count; i++)
		*list_add(arena, &all) = options->rules.items[i];
	options->rules = all;
	options->repository_rules = configuration->confines.length ? configuration->packs.count : 0;
}

static bool select_rules(struct arena *arena, const struct options *options, struct lint_options *lint_options,
                         struct text *fault) {
	struct rule_choice_list *elsewhere = &lint_options->elsewhere;
	bool ok = selection_apply(arena, &lint_options->choices, &options->select, &options->ignore, fault);
	if (elsewhere->count)
		selection_apply(arena, elsewhere, &options->select, &options->ignore, fault);
	selection_leave_out_confined(elsewhere);
	lint_options->tell_unused_suppressions = selection_tells_unused_suppressions(&lint_options->choices);
	return ok;
}

/* A repository speaks for itself alone: a run that is about other files too has no authority, versions or bounds from it. */
static void keep_to_repository(struct arena *arena, const struct options *options, struct configuration *configuration) {
	bool alone = true;
	for (size_t i = 0; configuration->confines.length && i < options->paths.count; i++)
		alone = alone && (text_is(options->paths.items[i], "-") ||
		                  trust_is_below(arena, configuration->confines, options->paths.items[i]));
	if (alone) return;
	configuration->authority = configuration->fail_on = TEXT("");
	configuration->versions.count = 0;
}

bool setup_make(struct diagnostics *diagnostics, struct options *options, struct setup *setup, struct text *fault) {
	struct arena *arena = diagnostics->arena;
	struct configuration *configuration = &setup->configuration;
	struct lint_options *lint_options = &setup->lint_options;
	lint_options->authority = options->authority;
	if (!take_targets(arena, options, lint_options, fault) ||
	    !read_configuration(diagnostics, options, configuration, fault))
		return false;
	keep_to_repository(arena, options, configuration);
	struct text fail_on = options->fail_on.length ? options->fail_on : configuration->fail_on;
	bool sound = !diagnostics->found.count;
	if (sound && (!language_choose(options->language, configuration->language, &lint_options->language, fault) ||
	              !take_fail_on(arena, fail_on, setup, fault)))
		return false;
	size_t faults = diagnostics->found.count;
	if (configuration->packs.count)
		add_packs(arena, configuration, options);
	packs_load(diagnostics, options, &lint_options->packs);
	selection_make(arena, &lint_options->packs, &lint_options->choices);
	if (configuration->confines.length)
		selection_make(arena, &lint_options->packs, &lint_options->elsewhere);
	if (diagnostics->found.count > faults) return true;
	if (configuration->tree)
		configuration_resolve(diagnostics, configuration, lint_options);
	return diagnostics->found.count || (check_programs(arena, options, &lint_options->packs, fault) &&
	                                    take_authority(arena, options->authority, &lint_options->packs, fault) &&
	                                    select_rules(arena, options, lint_options, fault));
}

struct text_list setup_paths(struct arena *arena, const struct options *options, const struct setup *setup) {
	struct text_list paths = options->paths;
	if (paths.count || setup->lint_options.inventory.groups.count)
		return paths;
	*list_add(arena, &paths) = TEXT(".");
	if (!setup->configuration.source && geteuid() == 0 && !access("/etc/asterisk", F_OK))
		*list_add(arena, &paths) = TEXT("/etc/asterisk");
	return paths;
}

static void tell_waiting(struct arena *arena, struct text process) {
	tell_note(arena, text_format(arena, "waits for another arilint (process %.*s)", TEXT_ARGUMENTS(process)));
}

struct apply_options setup_apply_options(struct arena *arena, const struct options *options) {
	bool named = options->state_directory.length;
	unsigned seconds;
	options_lock_timeout(options, &seconds);
	return (struct apply_options){
		.lock_timeout = seconds, .tell_waiting = tell_waiting,
		.state_directory = named ? options->state_directory : apply_default_state_directory(arena),
		.break_hardlinks = options->break_hardlinks, .write_in_place = options->write_in_place, .force = options->force};
}
