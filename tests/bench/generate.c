/* generate KIND PATH AMOUNT
 * Makes the inputs of the benchmark, the same bytes in every run; see `kinds` below. */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static _Noreturn void stop(const char *what, const char *why) {
	fprintf(stderr, "generate: %s: %s\n", what, why);
	exit(2);
}

/* xorshift64: a fixed start gives the same sizes everywhere. */
static unsigned next(uint64_t *state, unsigned below) {
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (unsigned)(*state % below);
}

static FILE *create(const char *path) {
	FILE *file = fopen(path, "w");
	if (!file)
		stop(path, strerror(errno));
	return file;
}

static void finish(FILE *file, const char *path) {
	if (ferror(file) || fclose(file) != 0)
		stop(path, strerror(errno));
}

static void make_folder(const char *path) {
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		stop(path, strerror(errno));
}

static void write_general(FILE *file) {
	fputs("[general]\nenabled = yes       ; Turn ARI support on or off. Default setting is yes.\n"
	      ";pretty = no        ; When set to yes, responses from ARI are formatted to be human readable.\n"
	      "allowed_origins = http://localhost:3000\n\n", file);
}

static void write_user(FILE *file, unsigned long number) {
	fprintf(file, "[backend%lu]\ntype = user\nread_only = no\npassword = Example%lu\npassword_format = plain ; or crypt\n\n",
	        number, number * 7919 % 1000003);
}

static void write_env(FILE *file, unsigned port, unsigned extra) {
	fprintf(file, "# The telephone side of this backend\nARI_URL=http://127.0.0.1:%u\nARI_USERNAME=backend1\n"
	        "ARI_PASSWORD=Example7919\nARI_APP=call-center\n\n", port);
	for (unsigned i = 0; i < extra; i++)
		fprintf(file, "FEATURE_%u_LIMIT=%u\n", i, i * 31 % 977);
}

static void write_http(FILE *file, unsigned port, unsigned comments) {
	fprintf(file, "[general]\nservername = Asterisk\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = %u\n", port);
	for (unsigned i = 0; i < comments; i++)
		fprintf(file, "; Remark %u on how this server is reached from the other hosts of the call center.\n", i);
}

static void make_tree(const char *folder, unsigned long count) {
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

enum { MEGABYTE = 1000000 };

static void make_users(const char *path, unsigned long megabytes) {
	FILE *file = create(path);
	write_general(file);
	for (unsigned long number = 1; ftell(file) < (long)megabytes * MEGABYTE; number++)
		write_user(file, number);
	finish(file, path);
}

static void make_addresses(const char *path, unsigned long megabytes) {
	FILE *file = create(path);
	write_env(file, 8088, 0);
	for (unsigned long number = 1; ftell(file) < (long)megabytes * MEGABYTE; number++)
		fprintf(file, "SERVICE_%lu_ADDRESS=host%lu.example.org # the %lu. one\n", number, number % 97, number);
	finish(file, path);
}

static void make_keys(const char *path, unsigned long count) {
	FILE *file = create(path);
	write_general(file);
	for (unsigned long i = 0; i < count; i++)
		fprintf(file, "key_%lu = value%lu\n", i, i);
	finish(file, path);
}

static void make_variables(const char *path, unsigned long count) {
	FILE *file = create(path);
	for (unsigned long i = 0; i < count; i++)
		fprintf(file, "KEY_%lu=value%lu\n", i, i);
	finish(file, path);
}

static void make_sections(const char *path, unsigned long count) {
	FILE *file = create(path);
	write_general(file);
	for (unsigned long i = 0; i < count; i++)
		write_user(file, 1);
	finish(file, path);
}

/* One line, behind a start that makes a value of it. */
static void write_line(const char *path, const char *start, unsigned long megabytes) {
	FILE *file = create(path);
	fputs(start, file);
	for (unsigned long i = 0; i < megabytes * MEGABYTE; i++)
		putc('a', file);
	putc('\n', file);
	finish(file, path);
}

static void make_line(const char *path, unsigned long megabytes) {
	write_line(path, "[general]\nallowed_origins = ", megabytes);
}

static void make_value(const char *path, unsigned long megabytes) { write_line(path, "LONG=", megabytes); }

static void make_includes(const char *path, unsigned long count) {
	FILE *file = create(path);
	write_general(file);
	for (unsigned long i = 0; i < count; i++)
		fputs("#tryinclude \"users.conf\"\n", file);
	finish(file, path);
}

/* Files 0.conf, 1.conf, ... that each include the next one. */
static void make_chain(const char *folder, unsigned long count) {
	make_folder(folder);
	for (unsigned long i = 0; i < count; i++) {
		char path[PATH_MAX];
		if (snprintf(path, sizeof(path), "%s/%lu.conf", folder, i) >= (int)sizeof(path))
			stop(folder, "too long");
		FILE *file = create(path);
		if (i + 1 < count)
			fprintf(file, "#include \"../%lu.conf\"\n", i + 1);
		finish(file, path);
	}
}

static const struct kind {
	const char *name;
	void (*make)(const char *path, unsigned long amount);
} kinds[] = {
	{"tree", make_tree},           /* so many folders of an ari.conf, http.conf and .env without a fault, 0.3 to 4 KB */
	{"users", make_users},         /* an ari.conf of so many megabytes */
	{"addresses", make_addresses}, /* a .env of so many megabytes */
	{"keys", make_keys},           /* an ari.conf with so many keys in one section */
	{"variables", make_variables}, /* a .env with so many keys */
	{"sections", make_sections},   /* an ari.conf with one section, so many times */
	{"line", make_line},           /* an ari.conf with one line of so many megabytes */
	{"value", make_value},         /* a .env with the same */
	{"includes", make_includes},   /* an ari.conf with so many includes */
	{"chain", make_chain},         /* so many files that include each other */
};

int main(int argument_count, char **arguments) {
	if (argument_count != 4)
		stop("usage", "generate KIND PATH AMOUNT");
	long amount = strtol(arguments[3], NULL, 10);
	if (amount < 1 || amount > 10000000)
		stop(arguments[3], "not a number from 1 to 10000000");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(arguments[1], kinds[i].name) == 0) {
			kinds[i].make(arguments[2], (unsigned long)amount);
			return EXIT_SUCCESS;
		}
	stop(arguments[1], "no kind of input");
}
