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
#include "command/output.h"
#include "command/packs.h"
#include "command/tell.h"
#include "inventory/redact.h"

struct diagnose_run {
	struct arena *arena;
	struct arena scratch;           /* what one line needs */
	struct call *call;
	struct redaction redaction;
	struct lint lint;
	struct log_matches matches;
	struct diagnosis_report report;
	bool unread;
};

static bool take_options(struct diagnose_run *run, struct text *fault) {
	struct options *options = &run->call->options;
	if (options->format.length && !text_is(options->format, "text") && !text_is(options->format, "json"))
		*fault = TEXT("diagnose knows the formats text and json");
	if (!options->paths.count && isatty(STDIN_FILENO))
		*fault = TEXT("name a log or pipe one in: pm2 logs --raw | arilint diagnose");
	if (!options->paths.count)
		*list_add(run->arena, &options->paths) = TEXT("-");
	run->report.colour = options_want_color(options);
	run->report.version = ARILINT_VERSION;
	return !fault->length;
}

/* --- the files --- */

/* Before any log is read: what the files hide, no line may show. */
static void lint_files(struct diagnose_run *run) {
	struct options files = run->call->options;
	files.paths = run->call->options.with;
	struct text_list paths = setup_paths(run->arena, &files, &run->call->setup);
	struct discovery discovery = {
		.diagnostics = &run->call->diagnostics, .options = &run->call->setup.lint_options};
	discover_lint(&discovery, &paths, TEXT(""), &run->lint);
	lint_learn(&run->lint, LEARN_UNUSUAL, &run->redaction);
	run->report.file_count = discovery.inputs.count;
	run->unread = tell_unread(&run->call->diagnostics);
}

/* --- the logs --- */

static const char *name_compression(int descriptor) {
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

static int open_stream(struct diagnose_run *run, int place, struct text path, struct text *fault) {
	int descriptor = source_open_again(place, text_string(run->arena, path));
	if (descriptor < 0)
		*fault = text_format(run->arena, "can't be read: %s", strerror(errno));
	return descriptor;
}

/* A descriptor, or -1 with the fault. A device may have no end, and is only read when it is standard input. */
static int open_log(struct diagnose_run *run, struct text path, struct text *fault) {
	struct stat status;
	if (text_is(path, "-"))
		return STDIN_FILENO;
	int place = open(text_string(run->arena, path), O_PATH | O_CLOEXEC);
	if (place < 0 || fstat(place, &status))
		*fault = text_format(run->arena, "can't be read: %s", strerror(errno));
	else if (S_ISDIR(status.st_mode))
		*fault = TEXT("is a folder; name the logs in it");
	else if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
		*fault = TEXT("is a device, not a log");
	int descriptor = fault->length ? -1 : open_stream(run, place, path, fault);
	const char *command = descriptor >= 0 && S_ISREG(status.st_mode) ? name_compression(descriptor) : NULL;
	file_close(place, true);
	if (!command)
		return descriptor;
	*fault = text_format(run->arena, "is compressed; write `%s FILE | arilint diagnose`", command);
	close(descriptor);
	return -1;
}

/* Somebody watches a stream: each symptom is told when it comes. */
static void announce(struct diagnose_run *run, const struct log_match *match) {
	struct buffer out = {.arena = &run->scratch};
	struct diagnosis_report report = run->report;
	report.arena = &run->scratch;
	struct diagnosis diagnosis = diagnosis_make(&run->scratch, match, &run->redaction, run->report.language, NULL);
	diagnosis_write_match(&report, &diagnosis, &out);
	buffer_add_byte(&out, '\n');
	output_print(buffer_text(&out));
}

static void read_lines(struct diagnose_run *run, struct log_reader *reader, struct text path) {
	struct stat status;
	bool watched = !text_is(run->call->options.format, "json") && isatty(STDOUT_FILENO) &&
	               !fstat(reader->descriptor, &status) && !S_ISREG(status.st_mode);
	struct log_line line;
	while (log_read_line(reader, &line)) {
		struct arena_mark mark = arena_mark(&run->scratch);
		const struct log_match *match =
			log_matches_take(&run->matches, &run->scratch, path, reader->count, &line);
		if (match && match->count == 1 && watched)
			announce(run, match);
		arena_rewind(&run->scratch, mark);
	}
}

/* False when reading was interrupted, and no other log is to be read. */
static bool read_log(struct diagnose_run *run, struct text path) {
	struct diagnosed_log log = {.path = text_is(path, "-") ? TEXT("standard input") : path};
	struct log_reader reader = {.arena = run->arena};
	struct stat status;
	sigset_t stopping, before;
	reader.descriptor = open_log(run, path, &log.fault);
	bool is_fifo = reader.descriptor > STDIN_FILENO && !fstat(reader.descriptor, &status) && S_ISFIFO(status.st_mode);
	reader.eager = is_fifo;
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
		if (!reader.error && !reader.count && is_fifo)
			log.fault = TEXT("is a FIFO to which nobody writes");
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

static int diagnose(struct diagnose_run *run) {
	struct pack_list *packs = &run->call->setup.lint_options.packs;
	struct buffer out = {.arena = run->arena};
	run->report.language = run->call->setup.lint_options.language;
	lint_files(run);
	log_matches_begin(&run->matches, run->arena, packs);
	for (size_t i = 0; i < run->call->options.paths.count; i++)
		if (!read_log(run, run->call->options.paths.items[i]))
			break;
	diagnosis_collect(&run->report, &run->matches, &run->redaction, &run->lint);
	if (text_is(run->call->options.format, "json"))
		diagnosis_write_json(&run->report, &out);
	else
		diagnosis_write_text(&run->report, &out);
	arena_release(&run->scratch);
	if (!output_print(buffer_text(&out)))
		return EXIT_UNTOLD;
	return run->unread ? EXIT_UNREAD : run->report.found.count ? EXIT_FOUND : EXIT_CLEAN;
}

static int run(struct call *call) {
	struct diagnose_run *run = arena_new(call->arena, struct diagnose_run);
	struct text fault = TEXT("");
	run->arena = run->redaction.arena = run->report.arena = call->arena;
	run->call = call;
	if (!take_options(run, &fault))
		return call_fail(call, fault, EXIT_USAGE);
	int status = call_begin(call, TEXT(""));
	return status < 0 ? diagnose(run) : status;
}

const struct verb verb_diagnose = {
	.name = "diagnose", .flag = VERB_DIAGNOSE, .only_reads = true, .most_words = MANY_WORDS, .run = run,
	.usage = "arilint diagnose [OPTIONS] [--with PATH]... [LOG...|-]",
	.summary =
		"Reads logs of a backend or of Asterisk and says what their complaints mean and what in the configuration files\n"
		"explains them. Without LOG, standard input is read until it ends or you press Ctrl-C:\n"
		"    pm2 logs call-center-backend | arilint diagnose --with /etc/asterisk --with /var/www/call-center/backend",
	.examples = "  arilint diagnose /var/log/asterisk/messages.log\n"
	            "  journalctl -u call-center-backend | arilint diagnose --with /srv/backend -",
	.statuses =
		"Exit status: 0 no symptom, 1 symptoms found, 2 wrong usage, configuration or rule pack, 3 a log or a file could\n"
		"not be read.",
};
