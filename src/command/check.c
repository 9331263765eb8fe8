/* check: the default verb. Discovery, packs, lint, fixes, report. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/discover.h"
#include "command/options.h"
#include "command/packs.h"
#include "command/tell.h"
#include "diagnostic/secret.h"
#include "lint/mend.h"
#include "report/diff.h"
#include "report/report.h"

struct check_run {
	struct arena *arena;
	struct options options;
	const struct report *report;
	bool fail_never;
	enum severity fail_on;
	struct lint_options lint_options;
	struct apply_options apply_options;
	struct diagnostics diagnostics;
	struct discovery discovery;
	struct lint lint;
};

static int usage_fault(struct text fault)
{
	fprintf(stderr, "arilint: error: %.*s\n", TEXT_ARGUMENTS(fault));
	return EXIT_USAGE;
}

/* --- options --- */

static bool take_report(struct check_run *run, struct text *fault)
{
	struct text name = run->options.format.length ? run->options.format : TEXT("text");
	run->report = report_find(name);
	if (!run->report)
		*fault = text_format(run->arena, "unknown format '%.*s'; there are: %s", TEXT_ARGUMENTS(name), report_names);
	return run->report != NULL;
}

static bool take_fail_on(struct check_run *run, struct text *fault)
{
	struct text name = run->options.fail_on;
	run->fail_on = SEVERITY_WARNING;
	run->fail_never = text_is(name, "never");
	if (!name.length || run->fail_never || severity_from_name(name, &run->fail_on))
		return true;
	*fault = text_format(run->arena, "--fail-on takes error, warning, info or never, not '%.*s'", TEXT_ARGUMENTS(name));
	return false;
}

static bool is_version(struct text text)
{
	bool digits = false;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] >= '0' && text.bytes[i] <= '9')
			digits = true;
		else if (text.bytes[i] != '.' || !digits)
			return false;
	}
	return digits;
}

static bool take_targets(struct check_run *run, struct text *fault)
{
	struct lint_options *lint_options = &run->lint_options;
	lint_options->versions = arena_array(run->arena, struct version, run->options.targets.count);
	for (size_t i = 0; i < run->options.targets.count; i++) {
		struct text number = run->options.targets.items[i];
		struct text program = text_cut(&number, '=');
		if (!program.length || !is_version(number)) {
			*fault = text_format(run->arena, "--target takes PROGRAM=VERSION (asterisk=22.10), not '%.*s'",
			                     TEXT_ARGUMENTS(run->options.targets.items[i]));
			return false;
		}
		lint_options->versions[lint_options->version_count++] = (struct version){program, number};
	}
	return true;
}

static bool take_backup(struct check_run *run, struct text *fault)
{
	struct apply_options *apply_options = &run->apply_options;
	struct text backup = run->options.backup;
	int64_t keep = 0;
	apply_options->state_directory = run->options.state_directory.length
	                                         ? run->options.state_directory
	                                         : apply_default_state_directory(run->arena);
	apply_options->break_hardlinks = run->options.break_hardlinks;
	apply_options->write_in_place = run->options.write_in_place;
	apply_options->force = run->options.force;
	apply_options->suffix = backup;
	apply_options->backup = !backup.length || text_is(backup, "state") ? BACKUP_STATE
	                        : text_is(backup, "none")                  ? BACKUP_NONE
	                                                                   : BACKUP_SUFFIX;
	if (text_find_byte(backup, '/') != TEXT_NOT_FOUND)
		*fault = TEXT("--backup takes state, none or a suffix such as .bak; a suffix has no '/'");
	else if (run->options.keep.length && (!text_to_integer(run->options.keep, &keep) || keep < 1))
		*fault = TEXT("--keep takes the number of runs to keep, 1 or more");
	apply_options->keep_runs = (size_t)keep;
	return !fault->length;
}

static bool take_color(struct check_run *run, struct text *fault)
{
	struct text color = run->options.color;
	if (!color.length || text_is(color, "auto") || text_is(color, "always") || text_is(color, "never"))
		return true;
	*fault = text_format(run->arena, "--color takes auto, always or never, not '%.*s'", TEXT_ARGUMENTS(color));
	return false;
}

static bool take_options(struct check_run *run, size_t count, char **arguments, struct text *fault)
{
	struct options *options = &run->options;
	if (!options_parse(run->arena, VERB_CHECK, count, arguments, options, fault))
		return false;
	run->lint_options.arena = run->arena;
	run->lint_options.authority = options->authority;
	if (options->show_secrets && !isatty(STDOUT_FILENO))
		*fault = TEXT("--show-secrets works on a terminal only");
	else if (options->as.length && options->paths.count != 1)
		*fault = TEXT("--as goes with exactly one input");
	else if (options->as.length && options->fix)
		*fault = TEXT("--fix can't be combined with --as: the file's own name must say what it is");
	else if (options->fix && options->diff)
		*fault = TEXT("--fix writes and --diff does not: choose one");
	return !fault->length && take_report(run, fault) && take_fail_on(run, fault) && take_targets(run, fault) &&
	       take_backup(run, fault) && take_color(run, fault) && packs_choose_language(options, fault);
}

/* --- packs --- */

static bool take_authority(struct check_run *run, struct text *fault)
{
	struct text authority = run->lint_options.authority;
	if (!authority.length)
		return true;
	for (size_t i = 0; i < run->lint_options.packs.count; i++) {
		const struct pack *pack = run->lint_options.packs.items[i];
		for (size_t j = 0; j < pack->role_count; j++)
			if (text_equal(pack->roles[j].name, authority))
				return true;
	}
	*fault = text_format(run->arena, "--authority: no pack has a role '%.*s'", TEXT_ARGUMENTS(authority));
	return false;
}

/* --- output --- */

static bool want_color(const struct check_run *run)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *terminal = getenv("TERM");
	if (run->options.color.length && !text_is(run->options.color, "auto"))
		return text_is(run->options.color, "always");
	if (no && *no)
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return isatty(STDOUT_FILENO) && !(terminal && !strcmp(terminal, "dumb"));
}

static size_t terminal_width(void)
{
	struct winsize size;
	return isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? size.ws_col : 0;
}

static bool print(struct text text)
{
	if (file_write_all(STDOUT_FILENO, text))
		return true;
	perror("arilint: error: can't write to standard output");
	return false;
}

static bool print_report(struct check_run *run, struct diagnostics *diagnostics, size_t fixed)
{
	struct arena *arena = run->arena;
	const struct source_list *inputs = &run->discovery.inputs;
	struct buffer out = {.arena = arena};
	struct report_file *files = arena_array(arena, struct report_file, inputs->count);
	size_t file_count = 0;
	for (size_t i = 0; i < inputs->count; i++) {
		struct text path = inputs->items[i]->path;
		if (!inputs->items[i]->peer)
			files[file_count++] = (struct report_file){path, lint_role_name(&run->lint_options, path)};
	}
	struct report_input input = {.arena = arena, .diagnostics = diagnostics, .files = files, .fixed = fixed};
	input.file_count = file_count;
	input.fix_wanted = run->options.fix || run->options.diff;
	input.show_not_evaluated = run->options.show_not_evaluated;
	input.colour = want_color(run);
	input.width = terminal_width();
	input.version = ARILINT_VERSION;
	run->report->write(&input, &out);
	return print(buffer_text(&out));
}

static int status_of(const struct check_run *run, const struct diagnostics *diagnostics)
{
	int status = EXIT_CLEAN;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		if (diagnostics->found.items[i].unread)
			return EXIT_UNREAD;
		if (!run->fail_never && diagnostics->found.items[i].severity >= run->fail_on)
			status = EXIT_FOUND;
	}
	return status;
}

/* --- fixes --- */

static int print_diff(struct check_run *run, const struct mending *mending)
{
	struct buffer out = {.arena = run->arena};
	for (size_t i = 0; i < mending->files.count; i++)
		diff_write(run->arena, mending->files.items[i].before, mending->files.items[i].after, want_color(run), &out);
	if (!print(buffer_text(&out)))
		return EXIT_USAGE;
	if (status_of(run, &run->diagnostics) == EXIT_UNREAD)
		return EXIT_UNREAD;
	return mending->files.count ? EXIT_FOUND : EXIT_CLEAN;
}

static struct apply_outcome write_files(struct check_run *run, const struct mending *mending)
{
	struct change *changes = arena_array(run->arena, struct change, mending->files.count);
	for (size_t i = 0; i < mending->files.count; i++) {
		const struct mended_file *file = &mending->files.items[i];
		changes[i] = (struct change){file->before->path, file->before->bytes, file->after->bytes, file->rules};
	}
	return apply_changes(run->arena, changes, mending->files.count, &run->apply_options);
}

static void tell_changes(struct check_run *run, const struct mending *mending, const struct apply_outcome *outcome)
{
	tell_notes(run->arena, outcome);
	if (!text_is(text_of(run->report->name), "text"))
		return;
	struct buffer out = {.arena = run->arena};
	for (size_t i = 0; i < mending->files.count; i++)
		buffer_format(&out, "changed %.*s (%.*s)\n",
		              TEXT_ARGUMENTS(tell_shown(run->arena, mending->files.items[i].before->path)),
		              TEXT_ARGUMENTS(mending->files.items[i].rules));
	if (outcome->run.length)
		buffer_format(&out, "the originals are kept: `arilint undo %s%.*s%s%.*s` puts them back\n",
		              run->options.state_directory.length ? "--state-dir " : "",
		              TEXT_ARGUMENTS(tell_shown(run->arena, run->options.state_directory)),
		              run->options.state_directory.length ? " " : "",
		              TEXT_ARGUMENTS(outcome->run));
	print(buffer_text(&out));
}

static int refuse(struct check_run *run, struct text reason, int status)
{
	print_report(run, &run->diagnostics, 0);
	tell_error(run->arena, status == EXIT_NOT_FIXED ? "nothing was changed: " : "", reason);
	return status;
}

/* What discovery found is as true after the fixes as before. */
static void carry_over(const struct check_run *run, struct diagnostics *after)
{
	for (size_t i = 0; i < run->diagnostics.found.count; i++)
		if (run->diagnostics.found.items[i].unread)
			*list_add(run->arena, &after->found) = run->diagnostics.found.items[i];
	diagnostics_sort(after);
}

static int fix(struct check_run *run)
{
	enum safety safety = run->options.unsafe_fixes ? SAFETY_UNSAFE : SAFETY_SAFE;
	struct mending mending = mend(&run->lint, &run->discovery.inputs, safety);
	if (mending.refusal.length)
		return refuse(run, mending.refusal, EXIT_NOT_FIXED);
	if (run->options.diff)
		return print_diff(run, &mending);
	if (!mending.files.count) {
		if (!print_report(run, &run->diagnostics, 0))
			return EXIT_USAGE;
		return status_of(run, &run->diagnostics);
	}
	struct apply_outcome outcome = write_files(run, &mending);
	if (outcome.result != APPLY_DONE) {
		tell_notes(run->arena, &outcome);
		return refuse(run, outcome.reason, tell_status(&outcome));
	}
	tell_changes(run, &mending, &outcome);
	carry_over(run, mending.after.diagnostics);
	if (!print_report(run, mending.after.diagnostics, mending.fixed))
		return EXIT_USAGE;
	return status_of(run, mending.after.diagnostics);
}

/* --- the run --- */

static void help(void)
{
	puts("usage: arilint [check] [OPTIONS] [PATH...|-]\n"
	     "       arilint rule [ID...] | validate PACK...\n"
	     "       arilint dump --reader NAME [--root DIR] FILE\n"
	     "       arilint undo [ID] | undo --list | recover\n\n"
	     "Finds and mends the faults in ari.conf, http.conf and .env that keep a backend from Asterisk.\n"
	     "A PATH is a file or a folder; without one, the current folder is searched, and as root /etc/asterisk.\n\n"
	     "Options:");
	options_explain(stdout, VERB_CHECK);
	puts("\nExit status: 0 nothing (left) to complain of, 1 faults found (--diff: there is a diff), 2 wrong usage or rule\n"
	     "pack, 3 an input could not be read, 4 a fix failed and nothing was changed, 5 a fix failed half way (arilint\n"
	     "recover), 7 nothing to lint.");
}

static struct text_list default_paths(struct arena *arena)
{
	struct text_list paths = {0};
	*list_add(arena, &paths) = TEXT(".");
	if (geteuid() == 0 && !access("/etc/asterisk", F_OK))
		*list_add(arena, &paths) = TEXT("/etc/asterisk");
	return paths;
}

/* What a killed run left is put back before anything is read. Returns an exit status, or -1 to go on. */
static int recover_first(struct check_run *run)
{
	if (!run->options.fix || !apply_was_interrupted(run->arena, &run->apply_options))
		return -1;
	struct apply_outcome outcome = apply_recover(run->arena, &run->apply_options);
	tell_notes(run->arena, &outcome);
	if (outcome.result == APPLY_DONE)
		return -1;
	tell_error(run->arena, "", outcome.reason);
	return tell_status(&outcome);
}

static int lint_and_report(struct check_run *run)
{
	struct text_list paths = run->options.paths.count ? run->options.paths : default_paths(run->arena);
	run->discovery.diagnostics = &run->diagnostics;
	run->discovery.options = &run->lint_options;
	discover(&run->discovery, &paths, run->options.as, run->options.peers);
	if (!run->discovery.inputs.count && !run->diagnostics.found.count) {
		fprintf(stderr, "arilint: error: nothing to lint: no ari.conf, http.conf or .env in %.*s%s\n",
		        TEXT_ARGUMENTS(paths.items[0]), paths.count > 1 ? " and the other paths" : "");
		return EXIT_NOTHING;
	}
	run->lint = (struct lint){.options = &run->lint_options, .diagnostics = &run->diagnostics, .arena = run->arena};
	lint_run(&run->lint, &run->discovery.inputs);
	if (run->diagnostics.found.count)
		lint_conceal(&run->lint);
	if (run->options.fix || run->options.diff)
		return fix(run);
	return print_report(run, &run->diagnostics, 0) ? status_of(run, &run->diagnostics) : EXIT_USAGE;
}

int command_check(struct arena *arena, size_t argument_count, char **arguments)
{
	struct check_run *run = arena_new(arena, struct check_run);
	struct text fault = TEXT("");
	run->arena = arena;
	run->diagnostics.arena = arena;
	if (!take_options(run, argument_count, arguments, &fault))
		return usage_fault(fault);
	if (run->options.help) {
		help();
		return EXIT_CLEAN;
	}
	if (run->options.version) {
		puts("arilint " ARILINT_VERSION);
		return EXIT_CLEAN;
	}
	if (run->options.show_secrets)
		secret_show_all();
	run->lint_options.language = run->options.language;
	packs_load(&run->diagnostics, &run->options, &run->lint_options.packs);
	if (run->diagnostics.found.count) {
		diagnostics_sort(&run->diagnostics);
		print_report(run, &run->diagnostics, 0);
		return EXIT_USAGE;
	}
	if (!take_authority(run, &fault))
		return usage_fault(fault);
	int status = recover_first(run);
	return status < 0 ? lint_and_report(run) : status;
}
