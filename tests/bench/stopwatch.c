/* stopwatch RUNS [NAME=STATUS COMMAND...] [+ NAME=STATUS COMMAND...]...
 * Runs the commands in turn, RUNS times each, so that a noisy minute meets all of them alike. Prints a line for each:
 * name, then microseconds as minimum wall, median wall, minimum CPU (user and system), then peak memory in KiB. What the
 * commands print goes to a file in memory, because grep(1) stops at the first match when it writes to /dev/null; one that
 * ends with another status than STATUS ends the measurement, and what it printed is shown. `{}` in a word becomes the number of the run, from 0 on, for
 * commands that need files of their own each time. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_COMMANDS = 16, MOST_RUNS = 10000, MOST_WORDS = 64, LONGEST_WORD = 1024 };

struct command {
	char *name;
	int status;
	char **words;         /* ends with NULL, as exec wants it */
	long *wall;           /* microseconds of each run */
	long cpu;             /* the least of all runs */
	long memory;          /* KiB, the most of all runs */
};

static _Noreturn void stop(const char *what, const char *why) {
	fprintf(stderr, "stopwatch: %s: %s\n", what, why);
	exit(2);
}

static long microseconds(struct timeval time) { return time.tv_sec * 1000000L + time.tv_usec; }

static long now(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000L + time.tv_nsec / 1000;
}

/* The command's words for one run; those with a number in them go to `texts`. */
static void number_words(char **words, size_t turn, char *numbered[MOST_WORDS], char texts[MOST_WORDS][LONGEST_WORD]) {
	size_t count = 0;
	for (; words[count]; count++) {
		const char *hole = strstr(words[count], "{}");
		if (count + 1 == MOST_WORDS)
			stop(words[0], "too many words");
		numbered[count] = hole ? texts[count] : words[count];
		if (hole && snprintf(texts[count], LONGEST_WORD, "%.*s%zu%s", (int)(hole - words[count]), words[count], turn,
		                     hole + 2) >= LONGEST_WORD)
			stop(words[count], "too long");
	}
	numbered[count] = NULL;
}

static void show_beginning(int output) {
	char bytes[4096];
	ssize_t length = pread(output, bytes, sizeof(bytes), 0);
	if (length > 0)
		fwrite(bytes, 1, (size_t)length, stderr);
}

static void run(struct command *command, size_t turn, int output) {
	static char texts[MOST_WORDS][LONGEST_WORD];
	char *words[MOST_WORDS];
	number_words(command->words, turn, words, texts);
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
	if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0)
		stop("output", strerror(errno));

	pid_t child;
	int status;
	struct rusage usage;
	long start = now();
	int error = posix_spawnp(&child, words[0], &actions, NULL, words, environ);
	if (error)
		stop(words[0], strerror(error));
	while (wait4(child, &status, 0, &usage) < 0)
		if (errno != EINTR)
			stop("wait4", strerror(errno));
	command->wall[turn] = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	long cpu = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
	if (!turn || cpu < command->cpu)
		command->cpu = cpu;
	if (usage.ru_maxrss > command->memory)
		command->memory = usage.ru_maxrss;
	if (WIFEXITED(status) && WEXITSTATUS(status) == command->status) return;
	show_beginning(output);
	stop(command->name, "ended with another status than expected");
}

static int compare(const void *a, const void *b) {
	long left = *(const long *)a, right = *(const long *)b;
	return (left > right) - (left < right);
}

/* Cuts the words into commands at each "+"; the command's words stay in place. */
static size_t read_commands(char **words, struct command *commands, size_t runs) {
	size_t count = 0;
	while (*words) {
		if (count == MOST_COMMANDS)
			stop(*words, "too many commands");
		struct command *command = &commands[count++];
		char *status = strrchr(*words, '=');
		if (!status || !words[1])
			stop(*words, "no NAME=STATUS COMMAND");
		*status = '\0';
		*command = (struct command){.name = *words, .status = atoi(status + 1), .words = words + 1};
		command->wall = calloc(runs, sizeof(*command->wall));
		if (!command->wall)
			stop("memory", strerror(errno));
		while (*words && strcmp(*words, "+") != 0)
			words++;
		if (*words)
			*words++ = NULL;
	}
	return count;
}

int main(int argument_count, char **arguments) {
	long runs = argument_count > 1 ? strtol(arguments[1], NULL, 10) : 0;
	if (runs < 1 || runs > MOST_RUNS || argument_count < 4)
		stop("usage", "stopwatch RUNS NAME=STATUS COMMAND... [+ NAME=STATUS COMMAND...]...");
	struct command commands[MOST_COMMANDS];
	size_t count = read_commands(arguments + 2, commands, (size_t)runs);

	int output = memfd_create("output", MFD_CLOEXEC);
	if (output < 0)
		stop("output", strerror(errno));
	for (size_t turn = 0; turn < (size_t)runs; turn++)
		for (size_t i = 0; i < count; i++)
			run(&commands[i], turn, output);

	for (size_t i = 0; i < count; i++) {
		qsort(commands[i].wall, (size_t)runs, sizeof(long), compare);
		printf("%s\t%ld\t%ld\t%ld\t%ld\n", commands[i].name, commands[i].wall[0], commands[i].wall[runs / 2],
		       commands[i].cpu, commands[i].memory);
	}
	return EXIT_SUCCESS;
}
