/* generate tree FOLDER COUNT | ini FILE MEGABYTES | env FILE MEGABYTES
 * Makes the inputs of the benchmark, the same bytes in every run: a tree of COUNT folders with an ari.conf, an http.conf
 * and a .env each, all without a fault, of 0.3 to 4 KB; one large ari.conf or .env. */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static _Noreturn void stop(const char *what, const char *why)
{
	fprintf(stderr, "generate: %s: %s\n", what, why);
	exit(2);
}

/* xorshift64: a fixed start gives the same sizes everywhere. */
static unsigned next(uint64_t *state, unsigned below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (unsigned)(*state % below);
}

static FILE *create(const char *path)
{
	FILE *file = fopen(path, "w");
	if (!file)
		stop(path, strerror(errno));
	return file;
}

static void finish(FILE *file, const char *path)
{
	if (ferror(file) || fclose(file) != 0)
		stop(path, strerror(errno));
}

static void make_folder(const char *path)
{
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		stop(path, strerror(errno));
}

static void write_general(FILE *file)
{
	fputs("[general]\nenabled = yes       ; Turn ARI support on or off. Default setting is yes.\n"
	      ";pretty = no        ; When set to yes, responses from ARI are formatted to be human readable.\n"
	      "allowed_origins = http://localhost:3000\n\n", file);
}

static void write_user(FILE *file, unsigned long number)
{
	fprintf(file, "[backend%lu]\ntype = user\nread_only = no\npassword = Example%lu\npassword_format = plain ; or crypt\n\n",
	        number, number * 7919 % 1000003);
}

static void write_env(FILE *file, unsigned port, unsigned extra)
{
	fprintf(file, "# The telephone side of this backend\nARI_URL=http://127.0.0.1:%u\nARI_USERNAME=backend1\n"
	        "ARI_PASSWORD=Example7919\nARI_APP=call-center\n\n", port);
	for (unsigned i = 0; i < extra; i++)
		fprintf(file, "FEATURE_%u_LIMIT=%u\n", i, i * 31 % 977);
}

static void write_http(FILE *file, unsigned port, unsigned comments)
{
	fprintf(file, "[general]\nservername = Asterisk\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = %u\n", port);
	for (unsigned i = 0; i < comments; i++)
		fprintf(file, "; Remark %u on how this server is reached from the other hosts of the call center.\n", i);
}

static void make_tree(const char *folder, unsigned long count)
{
	uint64_t state = 88172645463325252ULL;
	make_folder(folder);
	for (unsigned long i = 0; i < count; i++) {
		char path[PATH_MAX];
		unsigned port = 8000 + next(&state, 1000);
		if (snprintf(path, sizeof(path), "%s/site%05lu", folder, i) > (int)sizeof(path) - 16)
			stop(folder, "too long");
		make_folder(path);
		size_t length = strlen(path);
		memcpy(path + length, "/ari.conf", sizeof("/ari.conf"));
		FILE *file = create(path);
		write_general(file);
		for (unsigned long user = 1 + next(&state, 24); user >= 1; user--)
			write_user(file, user);
		finish(file, path);
		memcpy(path + length, "/http.conf", sizeof("/http.conf"));
		file = create(path);
		write_http(file, port, next(&state, 20));
		finish(file, path);
		memcpy(path + length, "/.env", sizeof("/.env"));
		file = create(path);
		write_env(file, port, next(&state, 60));
		finish(file, path);
	}
}

static void make_large(const char *path, const char *kind, long bytes)
{
	FILE *file = create(path);
	unsigned long number = 1;
	if (strcmp(kind, "env") == 0) {
		write_env(file, 8088, 0);
		while (ftell(file) < bytes)
			fprintf(file, "SERVICE_%lu_ADDRESS=host%lu.example.org # the %lu. one\n", number, number % 97, number), number++;
	} else {
		write_general(file);
		while (ftell(file) < bytes)
			write_user(file, number++);
	}
	finish(file, path);
}

int main(int argument_count, char **arguments)
{
	if (argument_count != 4)
		stop("usage", "generate tree FOLDER COUNT | ini FILE MEGABYTES | env FILE MEGABYTES");
	long amount = strtol(arguments[3], NULL, 10);
	if (amount < 1 || amount > 100000)
		stop(arguments[3], "not a number from 1 to 100000");
	if (strcmp(arguments[1], "tree") == 0)
		make_tree(arguments[2], (unsigned long)amount);
	else if (strcmp(arguments[1], "ini") == 0 || strcmp(arguments[1], "env") == 0)
		make_large(arguments[2], arguments[1], amount * 1000000L);
	else
		stop(arguments[1], "neither tree nor ini nor env");
	return EXIT_SUCCESS;
}
