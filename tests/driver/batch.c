/* Runs arilint many times without starting a program for each: `batch [-t SECONDS] [-m KILOBYTES] FOLDER < CASES`.
 *
 * A case is a line of at most MOST_WORDS words behind `arilint`, separated by tabs. Each runs in a child of its own, so
 * that a crash is the case's alone, with nothing to read, and with limits of its processor time and address space where
 * they are given. What case N, counted from 1, writes goes to FOLDER/N.out and FOLDER/N.err; a line of standard output
 * is its exit status as a shell gives it: 128 and the signal where one ended it. */
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int arilint_main(int count, char **arguments);
#define main arilint_main
#include "main.c"
#undef main

enum { LARGEST_INPUT = 16 * 1024 * 1024, MOST_WORDS = 32, PATH_ROOM = 4096, HANGING = 300 /* seconds */ };

struct limits {
	struct rlimit time, space;
};

static void fail(const char *what) {
	perror(what);
	_exit(EXIT_FAILURE);
}

static void redirect(int to, const char *path, int flags) {
	int descriptor = open(path, flags | O_CLOEXEC, 0600);
	if (descriptor < 0 || dup2(descriptor, to) < 0)
		fail(path);
}

static void write_to(int to, const char *folder, size_t number, const char *ending) {
	char path[PATH_ROOM];
	snprintf(path, sizeof(path), "%s/%zu.%s", folder, number, ending);
	redirect(to, path, O_WRONLY | O_CREAT | O_TRUNC);
}

static int run_words(char *line) {
	char *words[MOST_WORDS + 1] = {"arilint"};
	int count = 1;
	for (char *word; count < MOST_WORDS && (word = strsep(&line, "\t"));)
		words[count++] = word;
	return arilint_main(count, words);
}

static int status_of(pid_t child) {
	int status;
	if (waitpid(child, &status, 0) != child)
		fail("waitpid");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void run_case(char *line, const char *folder, size_t number, const struct limits *limits) {
	pid_t child = fork();
	if (child < 0)
		fail("fork");
	if (!child) {
		redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
		write_to(STDOUT_FILENO, folder, number, "out");
		write_to(STDERR_FILENO, folder, number, "err");
		if (setrlimit(RLIMIT_CPU, &limits->time) || setrlimit(RLIMIT_AS, &limits->space))
			fail("setrlimit");
		alarm(HANGING);
		exit(run_words(line));
	}
	dprintf(STDOUT_FILENO, "%d\n", status_of(child));
}

static struct rlimit at_most(const char *number, rlim_t unit) {
	rlim_t most = strtoul(number, NULL, 10) * unit;
	return (struct rlimit){most, most};
}

int main(int count, char **arguments) {
	struct limits limits;
	if (getrlimit(RLIMIT_CPU, &limits.time) || getrlimit(RLIMIT_AS, &limits.space))
		fail("getrlimit");
	for (int option; (option = getopt(count, arguments, "t:m:")) != -1;)
		if (option == 't')
			limits.time = at_most(optarg, 1);
		else if (option == 'm')
			limits.space = at_most(optarg, 1024);
		else
			return EXIT_FAILURE;
	struct arena arena = {0};
	struct text cases;
	if (optind + 1 != count || !file_read_all(&arena, STDIN_FILENO, 0, LARGEST_INPUT, &cases)) {
		fputs("usage: batch [-t SECONDS] [-m KILOBYTES] FOLDER < CASES\n", stderr);
		return EXIT_FAILURE;
	}
	char *rest = text_string(&arena, cases);
	for (size_t number = 1; rest && *rest; number++)
		run_case(strsep(&rest, "\n"), arguments[optind], number, &limits);
	arena_release(&arena);
	return EXIT_SUCCESS;
}
