#include "command/outputs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "command/exit.h"
#include "command/output.h"
#include "command/tell.h"

/* --- what is asked for --- */

static bool add(struct arena *arena, struct report_outputs *outputs, const struct report_wish *wish, struct text *fault) {
	struct report_output output = {report_find(wish->format), wish->output, -1};
	if (!output.report)
		*fault = text_format(arena, "unknown format '%.*s'; there are: %s", TEXT_ARGUMENTS(wish->format), report_names);
	else if (!output.path.length && outputs->shown)
		*fault = TEXT("one report goes to standard output: --output FILE behind --format says where another goes");
	else if (!output.path.length)
		outputs->shown = output.report;
	*list_add(arena, &outputs->items) = output;
	return !fault->length;
}

bool outputs_take(struct arena *arena, const struct options *options, struct report_outputs *outputs, struct text *fault) {
	static const struct report_wish usual = {TEXT_INIT("text"), {NULL, 0}};
	for (size_t i = 0; i < options->reports.count; i++)
		if (!add(arena, outputs, &options->reports.items[i], fault)) return false;
	for (size_t i = 0; options->show_secrets.length && i < outputs->items.count; i++)
		if (outputs->items.items[i].path.length)
			*fault = TEXT("--show-secrets does not go with --output: a file keeps what it is told");
	if (options->write_baseline.length)
		*list_add(arena, &outputs->items) = (struct report_output){NULL, options->write_baseline, -1};
	return !fault->length && (options->reports.count || add(arena, outputs, &usual, fault));
}

bool outputs_take_lines(const struct report_outputs *outputs) { return !outputs->shown || outputs->shown->takes_lines; }

/* --- a run that may write no file --- */

static bool hold(struct report_outputs *outputs) {
	for (size_t i = 0; i < outputs->items.count; i++) {
		struct report_output *output = &outputs->items.items[i];
		if (!output->path.length) continue;
		output->held = memfd_create("arilint-report", MFD_CLOEXEC);
		if (output->held < 0) return false;
	}
	return true;
}

/* A report that was held begins with a byte that is none of it: without that the run did not come so far. */
static void deliver(struct arena *arena, const struct report_output *output) {
	struct text report;
	off_t size = lseek(output->held, 0, SEEK_END);
	if (size < 0 || lseek(output->held, 0, SEEK_SET) < 0 ||
	    !file_read_all(arena, output->held, (size_t)size, (size_t)size, &report))
		output_lose(output->path, errno);
	else if (report.length)
		output_keep(arena, output->path, text_from(report, 1));
}

static int wait_for(pid_t child) {
	int state = 0;
	while (waitpid(child, &state, 0) < 0 && errno == EINTR) {}
	return state;
}

bool outputs_stay_behind(struct arena *arena, struct report_outputs *outputs, int *status) {
	pid_t parent = getpid(), child;
	bool any = false;
	for (size_t i = 0; i < outputs->items.count; i++)
		any = any || outputs->items.items[i].path.length;
	if (!any) return false;
	child = hold(outputs) ? fork() : -1;
	if (child < 0) {
		tell_error(arena, "no report can be written: ", text_of(strerror(errno)));
		*status = EXIT_UNTOLD;
		return true;
	}
	if (!child) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(EXIT_UNTOLD);
		return false;
	}
	int state = wait_for(child);
	/* Whoever does not read standard output to its end has no say in the files. */
	bool finished = WIFEXITED(state) || WTERMSIG(state) == SIGPIPE;
	for (size_t i = 0; finished && i < outputs->items.count; i++)
		if (outputs->items.items[i].held >= 0)
			deliver(arena, &outputs->items.items[i]);
	if (WIFSIGNALED(state))
		raise(WTERMSIG(state));
	*status = WIFEXITED(state) ? WEXITSTATUS(state) : EXIT_UNTOLD;
	return true;
}

/* --- the reports --- */

static bool is_source(const struct report_output *output, struct arena *arena, const struct source_list *sources) {
	struct stat there;
	if (stat(text_string(arena, output->path), &there) < 0) return false;
	for (size_t i = 0; i < sources->count; i++) {
		const struct stat *source = &sources->items[i]->status;
		if (source->st_ino && source->st_ino == there.st_ino && source->st_dev == there.st_dev) return true;
	}
	return false;
}

static void write_text(const struct report_output *output, struct arena *arena, struct text text,
                       const struct source_list *sources) {
	if (is_source(output, arena, sources))
		output_lose(output->path, EEXIST);
	else if (output->held < 0)
		output_keep(arena, output->path, text);
	else if (!output_hold(output->held, text_join(arena, TEXT("\n"), text)))
		output_lose(output->path, errno);
}

void outputs_write_baseline(const struct report_outputs *outputs, struct arena *arena, struct text baseline,
                            const struct source_list *sources) {
	for (size_t i = 0; i < outputs->items.count; i++)
		if (!outputs->items.items[i].report)
			write_text(&outputs->items.items[i], arena, baseline, sources);
}

void outputs_write_files(const struct report_outputs *outputs, const struct report_input *input,
                         const struct source_list *sources) {
	for (size_t i = 0; i < outputs->items.count; i++) {
		const struct report_output *output = &outputs->items.items[i];
		struct report_input plain = *input;
		struct buffer out = {.arena = input->arena};
		plain.colour = false;
		plain.width = 0;
		if (!output->report || !output->path.length) continue;
		output->report->write(&plain, &out);
		write_text(output, input->arena, buffer_text(&out), sources);
	}
}

bool outputs_write(const struct report_outputs *outputs, const struct report_input *input,
                   const struct source_list *sources) {
	struct buffer out = {.arena = input->arena};
	outputs_write_files(outputs, input, sources);
	if (!outputs->shown) return true;
	outputs->shown->write(input, &out);
	if (outputs->aside)
		output_tell("%.*s", TEXT_ARGUMENTS(buffer_text(&out)));
	return outputs->aside || output_print(buffer_text(&out));
}
