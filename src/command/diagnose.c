/* diagnose: what logs complain of, and what in the files explains it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/diagnosis.h"
#include "command/discover.h"
#include "command/options.h"
#include "command/packs.h"
#include "command/setup.h"
#include "command/tell.h"
#include "evaluate/run.h"

struct diagnose_run {
	struct arena *arena;
	struct arena scratch;           /* what one line needs */
	struct options options;
	struct setup setup;
	struct diagnostics diagnostics;
	struct discovery discovery;
	struct redaction redaction;
	struct sightings sightings;
	struct diagnosis_report report;
	bool unread;
};

static int usage_fault(struct arena *arena, struct text fault)
{
	tell_error(arena, "", fault);
	return EXIT_USAGE;
}

static bool take_options(struct diagnose_run *run, size_t count, char **arguments, struct text *fault)
{
	struct options *options = &run->options;
	if (!options_parse(run->arena, VERB_DIAGNOSE, count, arguments, options, fault) ||
	    !options_take_color(run->arena, options, fault))
		return false;
	if (options->format.length && !text_is(options->format, "text") && !text_is(options->format, "json"))
		*fault = TEXT("diagnose knows the formats text and json");
	if (!options->paths.count && !options->help && isatty(STDIN_FILENO))
		*fault = TEXT("name a log or pipe one in: pm2 logs --raw | arilint diagnose");
	if (!options->paths.count)
		*list_add(run->arena, &options->paths) = TEXT("-");
	run->report.colour = options_want_color(options);
	run->report.version = ARILINT_VERSION;
	return !fault->length;
}

/* --- the files --- */

static void tell_unread(struct diagnose_run *run)
{
	for (size_t i = 0; i < run->diagnostics.found.count; i++) {
		const struct diagnostic *diagnostic = &run->diagnostics.found.items[i];
		if (!diagnostic->unread)
			continue;
		struct text path = text_join(run->arena, diagnostic->place.source->path, TEXT(": "));
		tell_error(run->arena, "", text_join(run->arena, path, diagnostic->message));
		run->unread = true;
	}
}

/* Before any log is read: what the files hide, no line may show. */
static void lint_files(struct diagnose_run *run)
{
	struct lint_options *lint_options = &run->setup.lint_options;
	struct options files = run->options;
	struct text_list secrets = {0};
	files.paths = run->options.with;
	struct text_list paths = setup_paths(run->arena, &files, &run->setup);
	run->discovery.diagnostics = &run->diagnostics;
	run->discovery.options = lint_options;
	discover(&run->discovery, &paths, TEXT(""), TEXT(""));
	struct lint lint = {.options = lint_options, .diagnostics = &run->diagnostics, .arena = run->arena};
	lint_run(&lint, &run->discovery.inputs);
	lint_conceal(&lint);
	lint_secrets(&lint, &secrets);
	for (size_t i = 0; i < secrets.count; i++)
		redact_learn(&run->redaction, secrets.items[i]);
	run->report.file_count = run->discovery.inputs.count;
	tell_unread(run);
}

/* --- the logs --- */

static const char *name_compression(int descriptor)
{
	static const struct {
		const char *start, *command;
	} kinds[] = {{"\x1f\x8b", "zcat"}, {"\xfd" "7zXZ", "xzcat"}, {"BZh", "bzcat"}, {"\x28\xb5\x2f\xfd", "zstdcat"}, {NULL, NULL}};
	char bytes[8] = "";
	ssize_t count = pread(descriptor, bytes, sizeof(bytes), 0);
	for (size_t i = 0; kinds[i].start && count > 0; i++)
		if (text_starts_with((struct text){bytes, (size_t)count}, text_of(kinds[i].start)))
			return kinds[i].command;
	return NULL;
}

/* A descriptor, or -1 with the fault. A device may have no end, and is only read when it is standard input. */
static int open_log(struct diagnose_run *run, struct text path, struct text *fault)
{
	struct stat status;
	if (text_is(path, "-"))
		return STDIN_FILENO;
	int descriptor = open(text_string(run->arena, path), O_RDONLY | O_CLOEXEC);
	if (descriptor < 0 || fstat(descriptor, &status)) {
		*fault = text_format(run->arena, "can't be read: %s", strerror(errno));
		return -1;
	}
	const char *command = S_ISREG(status.st_mode) ? name_compression(descriptor) : NULL;
	if (S_ISDIR(status.st_mode))
		*fault = TEXT("is a folder; name the logs in it");
	else if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
		*fault = TEXT("is a device, not a log");
	else if (command)
		*fault = text_format(run->arena, "is compressed; write `%s FILE | arilint diagnose`", command);
	if (!fault->length)
		return descriptor;
	close(descriptor);
	return -1;
}

/* Somebody watches a stream: each symptom is told when it comes. */
static void announce(struct diagnose_run *run, const struct sighting *sighting)
{
	struct buffer out = {.arena = &run->scratch};
	struct diagnosis_report report = run->report;
	report.arena = &run->scratch;
	struct diagnosis diagnosis = diagnosis_make(&run->scratch, sighting, &run->redaction, run->report.language, NULL);
	diagnosis_write_sighting(&report, &diagnosis, &out);
	buffer_add_byte(&out, '\n');
	file_write_all(STDOUT_FILENO, buffer_text(&out));
}

static void read_lines(struct diagnose_run *run, struct log_reader *reader, struct text path)
{
	struct stat status;
	bool watched = !text_is(run->options.format, "json") && isatty(STDOUT_FILENO) &&
	               !fstat(reader->descriptor, &status) && !S_ISREG(status.st_mode);
	struct log_line line;
	while (log_read_line(reader, &line)) {
		struct arena_mark mark = arena_mark(&run->scratch);
		const struct sighting *sighting =
			sightings_take(&run->sightings, &run->scratch, path, reader->count, &line);
		if (sighting && sighting->count == 1 && watched)
			announce(run, sighting);
		arena_rewind(&run->scratch, mark);
	}
}

/* False when reading was interrupted, and no other log is to be read. */
static bool read_log(struct diagnose_run *run, struct text path)
{
	struct diagnosed_log log = {.path = text_is(path, "-") ? TEXT("standard input") : path};
	struct log_reader reader = {.arena = run->arena};
	sigset_t stopping, before;
	reader.descriptor = open_log(run, path, &log.fault);
	if (reader.descriptor >= 0) {
		sigemptyset(&stopping);
		sigaddset(&stopping, SIGINT);
		sigaddset(&stopping, SIGTERM);
		sigprocmask(SIG_BLOCK, &stopping, &before);
		reader.stop = signalfd(-1, &stopping, SFD_CLOEXEC);
		read_lines(run, &reader, log.path);
		if (reader.stopped) {
			struct signalfd_siginfo taken;
			ssize_t count = read(reader.stop, &taken, sizeof(taken));
			reader.stopped = count > 0;
		}
		close(reader.stop);
		sigprocmask(SIG_SETMASK, &before, NULL);
		if (reader.descriptor != STDIN_FILENO)
			close(reader.descriptor);
		log.lines = reader.count;
		if (reader.error)
			log.fault = text_format(run->arena, "can't be read to its end: %s", strerror(reader.error));
	}
	if (log.fault.length) {
		tell_error(run->arena, "", text_format(run->arena, "%.*s: %.*s", TEXT_ARGUMENTS(log.path), TEXT_ARGUMENTS(log.fault)));
		run->unread = true;
	}
	*list_add(run->arena, &run->report.logs) = log;
	return !reader.stopped;
}

/* --- the run --- */

static void help(void)
{
	puts("usage: arilint diagnose [OPTIONS] [--with PATH]... [LOG...|-]\n\n"
	     "Reads logs of a backend or of Asterisk and says what their complaints mean and what in the configuration files\n"
	     "explains them. Without LOG, standard input is read until it ends or you press Ctrl-C:\n"
	     "    pm2 logs call-center-backend | arilint diagnose --with /etc/asterisk --with /var/www/call-center/backend\n\n"
	     "Options:");
	options_explain(stdout, VERB_DIAGNOSE);
	puts("\nExit status: 0 no symptom, 1 symptoms found, 2 wrong usage, configuration or rule pack, 3 a log or a file could\n"
	     "not be read.");
}

static int diagnose(struct diagnose_run *run)
{
	struct pack_list *packs = &run->setup.lint_options.packs;
	struct buffer out = {.arena = run->arena};
	run->report.language = run->setup.lint_options.language;
	lint_files(run);
	sightings_begin(&run->sightings, run->arena, packs);
	for (size_t i = 0; i < run->options.paths.count; i++)
		if (!read_log(run, run->options.paths.items[i]))
			break;
	diagnosis_collect(&run->report, &run->sightings, &run->redaction, &run->diagnostics);
	if (text_is(run->options.format, "json"))
		diagnosis_write_json(&run->report, &out);
	else
		diagnosis_write_text(&run->report, &out);
	arena_release(&run->scratch);
	if (!file_write_all(STDOUT_FILENO, buffer_text(&out))) {
		perror("arilint: error: can't write to standard output");
		return EXIT_USAGE;
	}
	return run->unread ? EXIT_UNREAD : run->report.found.count ? EXIT_FOUND : EXIT_CLEAN;
}

int command_diagnose(struct arena *arena, size_t argument_count, char **arguments)
{
	struct diagnose_run *run = arena_new(arena, struct diagnose_run);
	struct text fault = TEXT("");
	run->arena = arena;
	run->diagnostics.arena = arena;
	run->redaction.arena = arena;
	run->report.arena = arena;
	if (!take_options(run, argument_count, arguments, &fault))
		return usage_fault(arena, fault);
	if (run->options.help) {
		help();
		return EXIT_CLEAN;
	}
	if (!setup_make(&run->diagnostics, &run->options, &run->setup, &fault))
		return usage_fault(arena, fault);
	if (run->diagnostics.found.count)
		return packs_tell_faults(&run->diagnostics, TEXT(""));
	return diagnose(run);
}
