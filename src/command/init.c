#include "command/init.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/exhaustion.h"
#include "base/file.h"
#include "base/path.h"
#include "command/command.h"
#include "command/output.h"
#include "command/tell.h"
#include "handler/definitions.h"
#include "handler/examples.h"
#include "model/account.h"

enum { LARGEST_LOOKED_AT = 1024 * 1024 };

/* A word of an example, and what stands for it on this machine. */
struct substitution {
	const char *word;
	struct text found;
};

/* What an example is made to fit. */
struct finding {
	struct arena *arena;
	const char *file;                       /* of the example */
	struct substitution substitutions[4];   /* ends with a NULL word */
	struct text words;                      /* what was found, for people */
};

/* --- what is there --- */

static struct text first_there(const char *const *paths) {
	for (; *paths; paths++)
		if (!access(*paths, X_OK))
			return text_of(*paths);
	return TEXT("");
}

static struct text read_some(struct arena *arena, const char *path) {
	struct text bytes = TEXT("");
	int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (file < 0)
		return bytes;
	if (!file_read_all(arena, file, 0, LARGEST_LOOKED_AT, &bytes))
		bytes = TEXT("");
	close(file);
	return bytes;
}

/* Names that others chose go into a file that root trusts: only what can mean nothing else in YAML. */
static bool is_plain(struct text name) {
	for (size_t i = 0; i < name.length; i++) {
		char byte = name.bytes[i];
		bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
		if (!letter && !(i && ((byte >= '0' && byte <= '9') || strchr("_.-@/", byte))) && !(byte == '/' && !i))
			return false;
	}
	return name.length > 0;
}

static bool find_asterisk(struct finding *finding) {
	static const char *const paths[] = {"/usr/sbin/asterisk", "/usr/local/sbin/asterisk", "/usr/bin/asterisk", NULL};
	struct text path = first_there(paths);
	*finding = (struct finding){finding->arena, "asterisk.yaml", {{"/usr/sbin/asterisk", path}},
	                            text_join(finding->arena, TEXT("Asterisk at "), path)};
	return path.length;
}

/* The first app of pm2's list of apps that come back after a boot. */
static struct text first_app(struct arena *arena, const char *path) {
	struct text text = read_some(arena, path);
	size_t at = text_find(text, TEXT("\"name\": \""));
	struct text rest = at == TEXT_NOT_FOUND ? TEXT("") : text_from(text, at + 9);
	return text_cut(&rest, '"');
}

static bool find_paths(const char *pattern, int flags, glob_t *paths) {
	int result = glob(pattern, flags, NULL, paths);
	if (result == GLOB_NOSPACE)
		exhaustion_end();
	return !result;
}

static bool find_pm2(struct finding *finding) {
	static const char *const paths[] = {"/usr/bin/pm2", "/usr/local/bin/pm2", NULL};
	struct text program = first_there(paths), app = TEXT(""), user = TEXT("");
	struct stat status;
	glob_t homes;
	if (!program.length) return false;
	if (find_paths("/home/*/.pm2", 0, &homes) || find_paths("/root/.pm2", GLOB_APPEND, &homes))
		for (size_t i = 0; i < homes.gl_pathc && !user.length; i++)
			if (!stat(homes.gl_pathv[i], &status)) {
				struct text dump = text_format(finding->arena, "%s/dump.pm2", homes.gl_pathv[i]);
				user = account_user_name(finding->arena, status.st_uid);
				app = first_app(finding->arena, text_string(finding->arena, dump));
			}
	globfree(&homes);
	*finding = (struct finding){finding->arena, "pm2.yaml",
	                            {{"/usr/bin/pm2", program}, {"call-center-backend", app}, {"deploy", user}}, TEXT("")};
	finding->words = text_format(finding->arena, "pm2 at %.*s; see to it that user and name of the app are right",
	                             TEXT_ARGUMENTS(program));
	return true;
}

static bool find_unit(struct finding *finding) {
	static const char *const paths[] = {"/usr/bin/systemctl", "/bin/systemctl", NULL};
	struct text program = first_there(paths), unit = TEXT("");
	glob_t units;
	if (!program.length || !find_paths("/etc/systemd/system/*.service", 0, &units)) return false;
	for (size_t i = 0; i < units.gl_pathc && !unit.length; i++) {
		struct text text = read_some(finding->arena, units.gl_pathv[i]);
		if (text_find(text, TEXT("\nEnvironmentFile=")) != TEXT_NOT_FOUND)
			unit = text_copy(finding->arena, text_of(strrchr(units.gl_pathv[i], '/') + 1));
	}
	globfree(&units);
	*finding = (struct finding){finding->arena, "systemd.yaml",
	                            {{"/usr/bin/systemctl", program}, {"call-center-backend.service", unit}}, TEXT("")};
	finding->words = text_format(finding->arena, "the service %.*s, which has an EnvironmentFile; see to it that it is the "
	                             "backend", TEXT_ARGUMENTS(unit));
	return unit.length;
}

static bool find_compose(struct finding *finding) {
	static const char *const programs[] = {"/usr/bin/docker", "/usr/local/bin/docker", NULL};
	static const char *const names[] = {"compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml", NULL};
	struct text program = first_there(programs), folder = path_here();
	size_t i = 0;
	while (names[i] && access(names[i], F_OK))
		i++;
	*finding = (struct finding){finding->arena, "compose.yaml",
	                            {{"/usr/bin/docker", program}, {"/srv/call-center", folder}}, TEXT("")};
	finding->words = text_format(finding->arena, "%s in %.*s; see to it that the service is the backend",
	                             names[i] ? names[i] : "", TEXT_ARGUMENTS(folder));
	return program.length && names[i];
}

/* --- what is written --- */

static struct text fitted(const struct finding *finding, struct text text) {
	for (const struct substitution *next = finding->substitutions; next->word; next++) {
		struct buffer out = {.arena = finding->arena};
		size_t at;
		if (!is_plain(next->found)) continue;
		while ((at = text_find(text, text_of(next->word))) != TEXT_NOT_FOUND) {
			buffer_add(&out, text_slice(text, 0, at));
			buffer_add(&out, next->found);
			text = text_from(text, at + strlen(next->word));
		}
		buffer_add(&out, text);
		text = buffer_text(&out);
	}
	return text;
}

static bool make_folders(struct arena *arena, struct text path) {
	for (size_t i = 1; i <= path.length; i++)
		if ((i == path.length || path.bytes[i] == '/') &&
		    mkdir(text_string(arena, text_slice(path, 0, i)), 0755) < 0 && errno != EEXIST)
			return false;
	return true;
}

/* Returns 0 or an errno. */
static int write_file(struct arena *arena, struct text path, struct text bytes) {
	int file = open(text_string(arena, path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (file < 0)
		return errno;
	bool written = file_write_all(file, bytes) && !fsync(file);
	int error = written ? 0 : errno;
	close(file);
	if (!written)
		unlink(text_string(arena, path));
	return error;
}

static const struct example *find_example(const char *file) {
	const struct example *example = examples;
	while (example->file && strcmp(example->file, file) != 0)
		example++;
	return example->file ? example : NULL;
}

static bool write_finding(const struct finding *finding, struct text folder) {
	struct arena *arena = finding->arena;
	const struct example *example = find_example(finding->file);
	struct text path = text_format(arena, "%.*s/%s", TEXT_ARGUMENTS(folder), finding->file);
	if (!example) return true;
	int error = make_folders(arena, folder) ? write_file(arena, path, fitted(finding, example->yaml)) : errno;
	if (error && error != EEXIST) {
		tell_error(arena, "", text_format(arena, "can't write %.*s: %s", TEXT_ARGUMENTS(path), strerror(error)));
		return false;
	}
	if (!error)
		exhaustion_leaves(EXHAUSTION_CHANGED);
	struct text words = tell_shown(arena, finding->words), shown = tell_shown(arena, path);
	if (error)
		output_say("%.*s is there already and stays as it is\n", TEXT_ARGUMENTS(shown));
	else
		output_say("wrote %.*s (%.*s)\n", TEXT_ARGUMENTS(shown), TEXT_ARGUMENTS(words));
	return true;
}

int init_handlers(struct arena *arena) {
	static bool (*const backends[])(struct finding *finding) = {find_pm2, find_unit, find_compose};
	struct text folder = definitions_folder(arena);
	struct finding finding = {.arena = arena};
	if (!folder.length) {
		tell_error(arena, "", TEXT("there is no folder for handlers: HOME is not set"));
		return EXIT_USAGE;
	}
	bool asterisk = find_asterisk(&finding), backend = false;
	if (!asterisk)
		output_say("no Asterisk was found on this machine\n");
	else if (!write_finding(&finding, folder))
		return EXIT_USAGE;
	for (size_t i = 0; !backend && i < sizeof(backends) / sizeof(backends[0]); i++)
		backend = backends[i](&finding);
	if (!backend)
		output_say("no backend was found (pm2, a systemd service with an EnvironmentFile, a compose file in this folder)\n");
	else if (!write_finding(&finding, folder))
		return EXIT_USAGE;
	return EXIT_CLEAN;
}
