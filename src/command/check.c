/* check: the default verb. Discovery, packs, lint, fixes, report. */
#include <errno.h>
#include <string.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "command/ask.h"
#include "command/baseline.h"
#include "command/command.h"
#include "command/discover.h"
#include "command/output.h"
#include "command/outputs.h"
#include "command/packs.h"
#include "command/pending.h"
#include "command/rollout.h"
#include "command/tell.h"
#include "command/watch.h"
#include "command/watched.h"
#include "evaluate/run.h"
#include "fixer/fixer.h"
#include "inventory/redact.h"
#include "process/confine.h"
#include "report/diff.h"

struct check_run {
	struct arena *arena;
	struct call *call;
	struct report_outputs outputs;
	struct apply_options apply_options;
	struct discovery discovery;
	struct lint lint;
	struct rollout rollout;
	struct report_change *changes;    /* what --fix has changed */
	size_t change_count;
	size_t known;                     /* findings that the baseline has */
	const struct diagnostics *before; /* --fix; NULL: it was not, or it failed */
	size_t width;                     /* of the terminal; 0: there is none */
	int watched;                      /* --watch: gets what was read; -1: nobody asks */
	bool printed;                     /* standard input, as it then is */
	bool again;                       /* the files are read a second time, after another run had changed them */
};

static int lint_and_report(struct check_run *run);

/* Whether standard input is mended, for standard output. */
static bool prints(const struct check_run *run) {
	const struct options *options = &run->call->options;
	return options->fix && options->paths.count == 1 && text_is(options->paths.items[0], "-");
}

/* Whether files may be changed. */
static bool writes(const struct check_run *run) { return run->call->options.fix && !prints(run); }

/* --- options --- */

static bool take_backup(struct check_run *run, struct text *fault) {
	const struct options *options = &run->call->options;
	struct text backup = options->backup;
	int64_t keep = 0;
	run->apply_options = setup_apply_options(run->arena, options);
	run->apply_options.suffix = backup;
	run->apply_options.backup = !backup.length || text_is(backup, "state") ? BACKUP_STATE
	                            : text_is(backup, "none")                  ? BACKUP_NONE
	                                                                       : BACKUP_SUFFIX;
	if (text_find_byte(backup, '/') != TEXT_NOT_FOUND)
		*fault = TEXT("--backup takes state, none or a suffix such as .bak; a suffix has no '/'");
	else if (options->keep.length && (!text_to_integer(options->keep, &keep) || keep < 1))
		*fault = TEXT("--keep takes the number of runs to keep, 1 or more");
	run->apply_options.keep_runs = (size_t)keep;
	return !fault->length;
}

static bool take_options(struct check_run *run, struct text *fault) {
	const struct options *options = &run->call->options;
	if (!options_show_secrets(options, fault))
		return false;
	if (options->add_ignores && (options->fix || options->run_handlers))
		*fault = TEXT("--add-ignores silences what --fix would mend: choose one");
	run->call->options.fix = options->fix || (options->add_ignores && !options->diff);
	if (fault->length)
		return false;
	if (options->as.length && options->paths.count != 1)
		*fault = TEXT("--as goes with exactly one input");
	else if (options->as.length && writes(run))
		*fault = TEXT("--fix --as mends standard input (-) only: a file's own name must say what it is");
	else if ((options->baseline.length || options->write_baseline.length) && (options->fix || options->diff))
		*fault = TEXT("a baseline is for a run that only looks: without --fix and --diff");
	else if (options->fix && options->diff)
		*fault = TEXT("--fix writes and --diff does not: choose one");
	else if (options->watch && (options->fix || options->diff || options->write_baseline.length || text_list_has(&options->paths, TEXT("-"))))
		*fault = TEXT("--watch is for a run that only looks, at files: without --fix, --diff, --write-baseline and standard input");
	else if (prints(run) && (options->ask || options->run_handlers))
		*fault = TEXT("what --fix makes of standard input is printed: without --ask and --run-handlers");
	else if (options->ask && (!options->fix || options->add_ignores))
		*fault = TEXT("--ask goes with --fix");
	else if (options->ask && ask_refusal())
		*fault = text_of(ask_refusal());
	if (options->watch && !options->reports.count && !isatty(STDOUT_FILENO))
		list_add(run->arena, &run->call->options.reports)->format = TEXT("json");
	if (fault->length || !rollout_take_options(options, fault) || !outputs_take(run->arena, options, &run->outputs, fault))
		return false;
	if (options->ask && !outputs_take_lines(&run->outputs))
		*fault = TEXT("--ask asks on standard output: --output FILE behind --format says where that report goes instead");
	for (size_t i = 0; options->watch && i < run->outputs.items.count; i++)
		if (run->outputs.items.items[i].path.length)
			*fault = TEXT("--watch writes to standard output: without --output");
	run->outputs.aside = prints(run);
	if (prints(run) && (!options->color.length || text_is(options->color, "auto")))
		run->call->options.color = isatty(STDERR_FILENO) ? TEXT("always") : TEXT("never");
	return !fault->length && take_backup(run, fault);
}

/* --- output --- */

static size_t terminal_width(void) {
	struct winsize size;
	return isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? size.ws_col : 0;
}

/* Whether standard output is in that format. */
static bool shows(const struct check_run *run, const char *format) {
	return run->outputs.shown && text_is(text_of(run->outputs.shown->name), format);
}

static const struct source_list *sources_of(const struct check_run *run) {
	return run->lint.sources.count ? &run->lint.sources : &run->discovery.inputs;
}

static struct report_input report_of(struct check_run *run, struct diagnostics *diagnostics, size_t fixed) {
	struct arena *arena = run->arena;
	const struct options *options = &run->call->options;
	const struct source_list *inputs = &run->discovery.inputs;
	struct report_file *files = arena_array(arena, struct report_file, inputs->count);
	size_t file_count = 0;
	for (size_t i = 0; i < inputs->count; i++) {
		struct text path = inputs->items[i]->path;
		const struct role *role = lint_role(arena, &run->call->setup.lint_options, path);
		if (!inputs->items[i]->peer)
			files[file_count++] = (struct report_file){path, role ? role->name : TEXT("")};
	}
	return (struct report_input){
		.arena = arena, .version = ARILINT_VERSION, .diagnostics = diagnostics, .fixed = fixed, .known = run->known,
		.before = run->before, .changes = run->changes, .change_count = run->change_count, .unsafe_fixes = options->unsafe_fixes,
		.files = files, .file_count = file_count, .fix_wanted = options->fix || options->diff,
		.show_not_evaluated = options->show_not_evaluated, .packs = &run->call->setup.lint_options.packs,
		.language = run->call->setup.lint_options.language, .fail_on = run->call->setup.fail_on, .fail_never = run->call->setup.fail_never,
		.colour = options_want_color(options), .width = run->width,
		.steps = options->run_handlers ? &run->rollout.steps : NULL, .state = run->rollout.state};
}

static bool print_report(struct check_run *run, struct diagnostics *diagnostics, size_t fixed) {
	struct report_input input = report_of(run, diagnostics, fixed);
	struct pending_list pending = apply_pending(run->arena, &run->apply_options);
	pending_report(run->arena, &pending, &input);
	bool printed = outputs_write(&run->outputs, &input, sources_of(run));
	if (!shows(run, "json"))
		pending_tell(run->arena, &pending);
	return printed;
}

static int status_of(const struct check_run *run, const struct diagnostics *diagnostics) {
	int status = EXIT_CLEAN;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		if (diagnostics->found.items[i].unread)
			return EXIT_UNREAD;
		if (!run->call->setup.fail_never && diagnostics->found.items[i].severity >= run->call->setup.fail_on)
			status = EXIT_FOUND;
	}
	return status;
}

/* --- fixes --- */

static int print_diff(struct check_run *run, const struct fixer_result *result) {
	struct buffer out = {.arena = run->arena};
	bool colour = options_want_color(&run->call->options);
	for (size_t i = 0; i < result->files.count; i++)
		diff_write(run->arena, result->files.items[i].before, result->files.items[i].after, colour, &out);
	if (!output_print(buffer_text(&out)))
		return EXIT_UNTOLD;
	struct report_input input = report_of(run, &run->call->diagnostics, 0);
	outputs_write_files(&run->outputs, &input, sources_of(run));
	tell_unread(&run->call->diagnostics);
	if (status_of(run, &run->call->diagnostics) == EXIT_UNREAD)
		return EXIT_UNREAD;
	return result->files.count ? EXIT_FOUND : EXIT_CLEAN;
}

static struct apply_outcome write_files(struct check_run *run, const struct fixer_result *result) {
	struct change *changes = arena_array(run->arena, struct change, result->files.count);
	for (size_t i = 0; i < result->files.count; i++) {
		const struct fixed_file *file = &result->files.items[i];
		changes[i] = (struct change){
			.path = file->before->path, .before = file->before->bytes, .after = file->after->bytes,
			.flows = file->flows, .rules = file->rules};
	}
	return apply_changes(run->arena, changes, result->files.count, &run->apply_options);
}

static void tell_changes(struct check_run *run, const struct fixer_result *result, const struct apply_outcome *outcome) {
	struct buffer out = {.arena = run->arena};
	tell_notes(run->arena, outcome);
	run->changes = arena_array(run->arena, struct report_change, result->files.count);
	for (size_t i = 0; i < result->files.count; i++) {
		const struct fixed_file *file = &result->files.items[i];
		run->changes[run->change_count++] = (struct report_change){file->before->path, file->rules};
		buffer_format(&out, "changed %.*s (%.*s)\n", TEXT_ARGUMENTS(tell_shown(run->arena, file->before->path)),
		              TEXT_ARGUMENTS(file->rules));
	}
	if (!outputs_take_lines(&run->outputs)) return;
	struct text folder = tell_shown(run->arena, run->call->options.state_directory);
	if (outcome->run.length && shows(run, "text"))
		buffer_format(&out, "the originals are kept: `arilint undo %s%.*s%s%.*s` puts them back\n",
		              folder.length ? "--state-dir " : "", TEXT_ARGUMENTS(folder), folder.length ? " " : "",
		              TEXT_ARGUMENTS(outcome->run));
	/* What was done must not go unsaid. */
	if (!output_print(buffer_text(&out)))
		for (size_t i = 0; i < result->files.count; i++)
			tell_note(run->arena, text_join(run->arena, TEXT("this file is changed: "), result->files.items[i].before->path));
}

static int refuse(struct check_run *run, struct text reason, int status) {
	print_report(run, &run->call->diagnostics, 0);
	tell_error(run->arena, status == EXIT_NOT_FIXED ? "nothing was changed: " : "", reason);
	return status;
}

/* What discovery found is as true after the fixes as before. */
static void carry_over(const struct check_run *run, struct diagnostics *after) {
	for (size_t i = 0; i < run->call->diagnostics.found.count; i++)
		if (run->call->diagnostics.found.items[i].unread)
			*list_add(run->arena, &after->found) = run->call->diagnostics.found.items[i];
	diagnostics_sort(after);
}

/* Says what the machine can do about what the changes need; returns an exit status, or -1 to go on. */
static int prepare(struct check_run *run, const struct fixer_result *result) {
	struct rollout *rollout = &run->rollout;
	struct text reason = TEXT("");
	*rollout = (struct rollout){
		.arena = run->arena, .options = &run->call->options, .apply_options = &run->apply_options,
		.setup = &run->call->setup, .lint_options = &run->call->setup.lint_options,
		.quiet = !shows(run, "text")};
	rollout_begin(rollout);
	if (!run->call->options.run_handlers) {
		run->apply_options.handlers = rollout_pending(rollout, &result->handlers);
		return -1;
	}
	if (rollout->faults.found.count)
		return packs_tell_faults(&rollout->faults, text_of(run->outputs.shown ? run->outputs.shown->name : "text"));
	if (!rollout_check(rollout, &result->handlers, &reason))
		return refuse(run, reason, EXIT_NOT_FIXED);
	if (!run->call->diagnostics.found.count)
		lint_redact(&run->lint);
	rollout_know(rollout, &run->lint);
	if (result->files.count)
		rollout_know(rollout, &result->after);
	run->apply_options.handlers = rollout_pending(rollout, &result->handlers);
	return -1;
}

/* Handlers, then what is left to say. */
static int finish(struct check_run *run, struct diagnostics *diagnostics, size_t fixed) {
	bool loaded = !run->call->options.run_handlers || rollout_run(&run->rollout);
	if (run->rollout.rolled_back)
		return print_report(run, &run->call->diagnostics, 0) ? EXIT_NOT_LOADED : EXIT_UNTOLD;
	run->before = &run->call->diagnostics;
	if (!print_report(run, diagnostics, fixed) && loaded)
		return EXIT_UNTOLD;
	return loaded ? status_of(run, diagnostics) : EXIT_NOT_LOADED;
}

/* The findings themselves say why; a diff shows none. */
static void tell_left_out(const struct check_run *run, const struct fixer_result *result) {
	for (size_t i = 0; i < result->left_out.count; i++)
		tell_note(run->arena, text_format(run->arena, "the fix of %.*s is left out: %.*s",
		                                  TEXT_ARGUMENTS(result->left_out.items[i].rule),
		                                  TEXT_ARGUMENTS(result->left_out.items[i].reason)));
}

/* Another run may have changed what was read before: what is left to mend is seen anew, once. */
static int lint_again(struct check_run *run) {
	struct check_run anew = {.arena = run->arena, .call = run->call, .outputs = run->outputs, .width = run->width, .watched = run->watched,
	                         .apply_options = run->apply_options, .again = true};
	*run = anew;
	run->apply_options.handlers = (struct text_list){0};
	run->call->diagnostics = (struct diagnostics){.arena = run->arena};
	run->call->setup.lint_options.folders = (struct text_list){0};
	return lint_and_report(run);
}

static int print_fixed(struct check_run *run, const struct fixer_result *result) {
	struct text text = run->discovery.standard_input->bytes;
	for (size_t i = 0; i < result->files.count; i++)
		if (result->files.items[i].before == run->discovery.standard_input)
			text = result->files.items[i].after->bytes;
	run->printed = true;
	if (!output_print_file(text))
		return EXIT_UNTOLD;
	if (!result->files.count)
		return finish(run, &run->call->diagnostics, 0);
	carry_over(run, result->after.diagnostics);
	return finish(run, result->after.diagnostics, result->fixed);
}

static int fix(struct check_run *run) {
	bool ended = false;
	struct fixer_result result =
		run->call->options.ask
			? ask_for_fixes(&run->lint, &run->discovery.inputs, options_want_color(&run->call->options), &ended)
			: fixer_run(&run->lint, &run->discovery.inputs);
	if (ended)
		return refuse(run, TEXT("the answers have ended"), EXIT_NOT_FIXED);
	if (result.cut)
		return refuse(run, result.refusal, EXIT_NOT_FIXED);
	/* Of what can't be mended without harm the findings stay, in this run as in the next. */
	if (result.refusal.length) {
		tell_note(run->arena, text_join(run->arena, TEXT("nothing was changed: "), result.refusal));
		result = (struct fixer_result){.after = run->lint};
	}
	tell_left_out(run, &result);
	/* Comments concern no program, and mend nothing. */
	if (run->call->options.add_ignores) {
		result.handlers = (struct text_list){0};
		run->known = result.fixed;
		result.fixed = 0;
	}
	if (run->call->options.diff)
		return print_diff(run, &result);
	if (prints(run))
		return print_fixed(run, &result);
	int status = result.files.count || run->call->options.run_handlers ? prepare(run, &result) : -1;
	if (status >= 0)
		return status;
	if (!result.files.count)
		return finish(run, &run->call->diagnostics, 0);
	struct apply_outcome outcome = write_files(run, &result);
	if (outcome.result == APPLY_UNCHANGED && outcome.stale && !run->again)
		return lint_again(run);
	if (outcome.result != APPLY_DONE) {
		tell_notes(run->arena, &outcome);
		return refuse(run, outcome.reason, tell_status(&outcome));
	}
	tell_changes(run, &result, &outcome);
	carry_over(run, result.after.diagnostics);
	run->rollout.run = outcome.run;
	return finish(run, result.after.diagnostics, result.fixed);
}

/* --- the run --- */

/* What a killed run left is put back before anything is read. Returns an exit status, or -1 to go on. */
static int recover_first(struct check_run *run) {
	if (!writes(run) || !apply_was_interrupted(run->arena, &run->apply_options)) return -1;
	struct apply_outcome outcome = apply_recover(run->arena, &run->apply_options);
	int status = tell_outcome(run->arena, &outcome);
	return status == EXIT_CLEAN ? -1 : status;
}

/* What was known before is left out; false with the reason. */
static bool take_baseline(struct check_run *run, struct text *fault) {
	const struct options *options = &run->call->options;
	struct diagnostics *diagnostics = &run->call->diagnostics;
	if (!options->write_baseline.length)
		return !options->baseline.length || baseline_take_known(&run->lint, options->baseline, &run->known, fault);
	if (status_of(run, diagnostics) == EXIT_UNREAD) {
		tell_note(run->arena, TEXT("the baseline is not written, as not all could be read"));
		return true;
	}
	outputs_write_baseline(&run->outputs, run->arena, baseline_make(run->arena, diagnostics), &run->lint.sources);
	run->known = baseline_take_all(diagnostics);
	return true;
}

static int lint_and_report(struct check_run *run) {
	struct text fault = TEXT("");
	struct text_list paths = setup_paths(run->arena, &run->call->options, &run->call->setup);
	run->call->setup.lint_options.add_ignores = run->call->options.add_ignores;
	run->call->setup.lint_options.unsafe_fixes = run->call->options.unsafe_fixes;
	run->discovery.diagnostics = &run->call->diagnostics;
	run->discovery.force_exclude = run->call->options.force_exclude;
	run->discovery.printed = run->call->options.diff || prints(run);
	run->discovery.in_memory = run->call->options.diff || prints(run);
	run->discovery.options = &run->call->setup.lint_options;
	discover(&run->discovery, &paths, run->call->options.as, run->call->options.peers);
	if (run->call->setup.configuration.source && !run->again)
		discover_tell_unmatched(&run->discovery, &paths, run->call->setup.configuration.source->path);
	if (!run->discovery.inputs.count && !run->discovery.excluded && !run->call->diagnostics.found.count) {
		struct text where = paths.count ? paths.items[0] : run->call->setup.configuration.source->path;
		if (!shows(run, "text"))
			print_report(run, &run->call->diagnostics, 0);
		tell_error(run->arena, "nothing to lint: no ari.conf, http.conf or .env in ",
		           text_join(run->arena, where, paths.count > 1 ? TEXT(" and the other paths") : TEXT("")));
		return EXIT_NOTHING;
	}
	run->lint = (struct lint){.options = &run->call->setup.lint_options, .diagnostics = &run->call->diagnostics, .arena = run->arena};
	lint_run(&run->lint, &run->discovery.inputs);
	if (run->call->diagnostics.found.count)
		lint_redact(&run->lint);
	if (run->call->options.fix || run->call->options.diff)
		return fix(run);
	if (!take_baseline(run, &fault))
		return call_fail(run->call, fault, EXIT_USAGE);
	return print_report(run, &run->call->diagnostics, 0) ? status_of(run, &run->call->diagnostics) : EXIT_UNTOLD;
}

/* This process stays behind and has each look done by a child of it, which takes what it was told of the terminal. */
static bool watch(struct check_run *run, int *status) {
	struct options *options = &run->call->options;
	struct watch watch = {.terminal = isatty(STDOUT_FILENO), .one_line = shows(run, "json")};
	options->color = options_want_color(options) ? TEXT("always") : TEXT("never");
	return watch_stay_behind(&watch, &run->watched, status);
}

static int look(struct check_run *run) {
	struct call *call = run->call;
	int status = EXIT_CLEAN;
	if (!writes(run) && outputs_stay_behind(run->arena, &run->outputs, &status))
		return status;
	if (!writes(run))
		confine(CONFINED_TO_READING);
	else if (!call->options.run_handlers)
		confine(CONFINED_TO_FILES);
	status = call_set_up(call);
	if (status >= 0)
		return status;
	if (call->diagnostics.found.count) {
		diagnostics_sort(&call->diagnostics);
		packs_redact_faults(&call->diagnostics);
		print_report(run, &call->diagnostics, 0);
		return EXIT_USAGE;
	}
	/* Whoever does not listen to the end must not stop what follows a change. */
	if (writes(run))
		signal(SIGPIPE, SIG_IGN);
	status = recover_first(run);
	return status < 0 ? lint_and_report(run) : status;
}

static int run(struct call *call) {
	struct check_run *run = arena_new(call->arena, struct check_run);
	struct text fault = TEXT("");
	int status = EXIT_CLEAN;
	*run = (struct check_run){.arena = call->arena, .call = call, .width = terminal_width(), .watched = -1};
	if (!take_options(run, &fault))
		return call_fail(call, fault, EXIT_USAGE);
	if (call->options.watch && watch(run, &status))
		return status;
	status = look(run);
	/* Whoever puts the text in the place of the old one must not lose it. */
	if (prints(run) && !run->printed && run->discovery.standard_input)
		output_print_file(run->discovery.standard_input->bytes);
	if (run->watched >= 0)
		watched_leave(run->watched, call, &run->discovery, sources_of(run));
	return status;
}

const struct verb verb_check = {
	.name = "check", .flag = VERB_CHECK, .most_words = MANY_WORDS, .run = run,
	.usage = "arilint [check] [OPTIONS] [PATH...|-]\n"
	         "       arilint rule [ID...] | validate PACK... | test [PACK...] | schema rules\n"
	         "       arilint config | verify [PATH...]\n"
	         "       arilint diagnose [LOG...|-]\n"
	         "       arilint dump --reader NAME [--root DIR] FILE\n"
	         "       arilint undo [ID] | undo --list | recover",
	.summary =
		"Finds and mends the faults in ari.conf, http.conf and .env that keep a backend from Asterisk.\n"
		"A PATH is a file or a folder. Without one the groups of the configuration (.arilint.yaml) are taken, else the\n"
		"current folder is searched, and as root without a configuration /etc/asterisk.",
	.examples = "  arilint --diff /etc/asterisk /srv/backend/.env\n"
	            "  sudo arilint --fix --run-handlers --verify /etc/asterisk /srv/backend/.env",
	.statuses =
		"Exit status: 0 nothing (left) to complain of, 1 faults found (--diff: there is a diff), 2 wrong usage,\n"
		"configuration or rule pack, 3 an input could not be read, 4 a fix failed or memory ran out, and nothing was\n"
		"changed, 5 a fix failed half way (arilint recover), 6 a handler or the verification failed, 7 nothing to lint,\n"
		"8 standard output or the file of an --output did not take all of it, or memory ran out (what --fix was to change\n"
		"is changed).",
};
