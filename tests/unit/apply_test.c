#include "apply/transaction.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/file.h"
#include "test.h"

static struct arena arena;
static char folder[512];

static const char *path_of(const char *name) { return text_string(&arena, text_format(&arena, "%s/%s", folder, name)); }

static struct apply_options options_of(const char *state) {
	return (struct apply_options){.state_directory = text_of(path_of(state)), .suffix = TEXT(".bak")};
}

static void write_file(const char *name, const char *bytes) {
	int descriptor = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	test_check(descriptor >= 0 && file_write_all(descriptor, text_of(bytes)), name, "it could not be written");
	if (descriptor >= 0)
		close(descriptor);
}

static bool holds(const char *name, const char *bytes) {
	struct text content = TEXT("");
	int descriptor = open(path_of(name), O_RDONLY | O_CLOEXEC);
	bool read = descriptor >= 0 && file_read_all(&arena, descriptor, 0, 1 << 20, &content);
	if (descriptor >= 0)
		close(descriptor);
	return read && text_is(content, bytes);
}

static bool exists(const char *name) {
	struct stat status;
	return !lstat(path_of(name), &status);
}

static struct stat status_of(const char *name) {
	struct stat status = {0};
	test_check(!lstat(path_of(name), &status), name, "it is not there");
	return status;
}

static struct change change_of(const char *name, const char *before, const char *after) {
	return (struct change){text_of(path_of(name)), text_of(before), text_of(after), TEXT("test/rule")};
}

static struct apply_outcome apply_one(const char *name, const char *before, const char *after,
                                      const struct apply_options *options) {
	struct change change = change_of(name, before, after);
	return apply_changes(&arena, &change, 1, options);
}

static bool says(struct apply_outcome outcome, const char *part) {
	return text_find(outcome.reason, text_of(part)) != TEXT_NOT_FOUND;
}

static bool undone(const char *run, const struct apply_options *options) {
	struct text_list restored = {0};
	return apply_undo(&arena, text_of(run), options, &restored).result == APPLY_DONE;
}

static size_t kept_runs(const struct apply_options *options) {
	struct kept_run_list runs = {0};
	test_check(apply_list_runs(&arena, options, &runs).result == APPLY_DONE, "list", "it failed");
	return runs.count;
}

static void test_two_files(void) {
	const char *name = "two files";
	struct apply_options options = options_of("deep/er/state");
	write_file("a", "old a\n");
	write_file("b", "old b\n");
	struct change changes[] = {change_of("a", "old a\n", "new a, longer\n"), change_of("b", "old b\n", "")};
	struct apply_outcome outcome = apply_changes(&arena, changes, 2, &options);
	test_check(outcome.result == APPLY_DONE && outcome.run.length, name, "they were not changed");
	test_check(holds("a", "new a, longer\n") && holds("b", ""), name, "they hold something else");
	test_check((status_of("deep/er/state").st_mode & 07777) == 0700, name, "the state folder is open to others");

	struct kept_run_list runs = {0};
	apply_list_runs(&arena, &options, &runs);
	test_check(runs.count == 1 && text_equal(runs.items[0].id, outcome.run), name, "the run is not listed");
	test_check(runs.count == 1 && runs.items[0].paths.count == 2 &&
	                   text_is(runs.items[0].rules.items[1], "test/rule"),
	           name, "the run is listed without its files");
	struct text_list restored = {0};
	outcome = apply_undo(&arena, outcome.run, &options, &restored);
	test_check(outcome.result == APPLY_DONE && restored.count == 2, name, "they were not undone");
	test_check(holds("a", "old a\n") && holds("b", "old b\n"), name, "undo brought something else");
	test_check(kept_runs(&options) == 0, name, "an undone run is listed");
	test_check(!undone("", &options), name, "undo without a run worked");
}

static void test_changed_meanwhile(void) {
	struct apply_options options = options_of("state");
	write_file("a", "old a\n");
	write_file("b", "somebody's\n");
	struct change changes[] = {change_of("a", "old a\n", "new\n"), change_of("b", "old b\n", "new\n")};
	struct apply_outcome outcome = apply_changes(&arena, changes, 2, &options);
	test_check(outcome.result == APPLY_UNCHANGED && says(outcome, "/b was changed"), "changed meanwhile",
	           "not refused");
	test_check(holds("a", "old a\n") && holds("b", "somebody's\n"), "changed meanwhile", "a file was touched");
	test_check(!says(outcome, "old") && !says(outcome, "somebody"), "changed meanwhile",
	           "the reason holds content");
}

static void test_nothing_to_do(void) {
	struct apply_options options = options_of("never");
	write_file("same", "same\n");
	struct stat before = status_of("same");
	test_check(apply_one("same", "same\n", "same\n", &options).result == APPLY_DONE, "nothing to do", "it failed");
	struct stat after = status_of("same");
	test_check(!exists("never"), "nothing to do", "the state folder was made");
	test_check(before.st_ino == after.st_ino && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
	                   before.st_mtim.tv_nsec == after.st_mtim.tv_nsec,
	           "nothing to do", "the file was touched");
	test_check(apply_recover(&arena, &options).result == APPLY_DONE, "nothing to recover", "it failed");
	test_check(kept_runs(&options) == 0 && !exists("never"), "nothing to list", "the state folder was made");
}

static void test_undo_refused(void) {
	const char *name = "undo";
	struct apply_options options = options_of("state-undo");
	write_file("u", "old\n");
	write_file("v", "old\n");
	struct change changes[] = {change_of("u", "old\n", "new\n"), change_of("v", "old\n", "new\n")};
	apply_changes(&arena, changes, 2, &options);
	write_file("u", "mine\n");
	struct text_list restored = {0};
	struct apply_outcome outcome = apply_undo(&arena, TEXT(""), &options, &restored);
	test_check(outcome.result == APPLY_UNCHANGED && says(outcome, "/u;") && !says(outcome, "/v"), name,
	           "a file that has changed since was not named");
	test_check(holds("u", "mine\n") && holds("v", "new\n"), name, "refused, and yet it wrote");
	outcome = apply_undo(&arena, TEXT("../../etc"), &options, &restored);
	test_check(outcome.result == APPLY_UNCHANGED && says(outcome, "no kept run"), name,
	           "an id left the state folder");
	options.force = true;
	test_check(undone("", &options) && holds("u", "old\n") && holds("v", "old\n"), name,
	           "force did not bring them back");
	options.force = false;

	apply_one("u", "old\n", "new\n", &options);
	write_file("u", "old\n");
	test_check(undone("", &options) && kept_runs(&options) == 0, name, "what is old already is a fault");
}

static void test_modes(void) {
	const char *name = "mode and owner";
	struct apply_options options = options_of("state");
	bool root = geteuid() == 0;
	write_file("m", "old\n");
	bool ready = !chmod(path_of("m"), 0640) && (!root || !chown(path_of("m"), 1234, 1235));
	bool noted = !setxattr(path_of("m"), "user.note", "kept", 4, 0);
	struct stat before = status_of("m");
	test_check(ready && apply_one("m", "old\n", "new\n", &options).result == APPLY_DONE, name,
	           "it was not changed");
	struct stat after = status_of("m");
	char value[16];
	test_check(after.st_mode == before.st_mode && after.st_uid == before.st_uid && after.st_gid == before.st_gid,
	           name, "it was not kept");
	test_check(!noted || getxattr(path_of("m"), "user.note", value, sizeof(value)) == 4, name,
	           "an attribute was lost");
	test_check(after.st_mtim.tv_sec != before.st_mtim.tv_sec || after.st_mtim.tv_nsec != before.st_mtim.tv_nsec,
	           name, "the time of change is the old one");

	/* Undo brings back mode and owner, too. */
	ready = !chmod(path_of("m"), 0600) && (!root || !chown(path_of("m"), 0, 0));
	test_check(ready && undone("", &options), name, "it was not undone");
	after = status_of("m");
	test_check(after.st_mode == before.st_mode && after.st_uid == before.st_uid, name,
	           "undo did not bring it back");
}

static void test_links(void) {
	struct apply_options options = options_of("state");
	write_file("target", "old\n");
	bool linked = !symlink("target", path_of("link")) && !mkdir(path_of("sub"), 0700) &&
	              !symlink("..", path_of("sub/up")) && !symlink("loop", path_of("loop"));
	test_check(linked && apply_one("sub/up/./link", "old\n", "new\n", &options).result == APPLY_DONE, "link",
	           "it failed");
	test_check(holds("target", "new\n"), "link", "the file behind it was not changed");
	test_check(S_ISLNK(status_of("link").st_mode), "link", "the link is none any more");
	test_check(says(apply_one("loop", "old\n", "new\n", &options), "symbolic link"), "a link to itself",
	           "not refused");

	struct change twice[] = {change_of("target", "new\n", "1\n"), change_of("link", "new\n", "2\n")};
	test_check(says(apply_changes(&arena, twice, 2, &options), "twice"), "two paths to one file", "not refused");

	write_file("one", "old\n");
	linked = !link(path_of("one"), path_of("other"));
	test_check(linked && says(apply_one("one", "old\n", "new\n", &options), "hard links"), "hard link",
	           "not refused");
	options.break_hardlinks = true;
	test_check(apply_one("one", "old\n", "new\n", &options).result == APPLY_DONE, "hard link",
	           "it can't be broken");
	test_check(holds("one", "new\n") && holds("other", "old\n"), "hard link", "both names have changed");
}

static void test_backups(void) {
	const char *name = "backups beside the file";
	struct apply_options options = options_of("state-suffix");
	options.backup = BACKUP_SUFFIX;
	write_file("s", "1\n");
	test_check(apply_one("s", "1\n", "2\n", &options).result == APPLY_DONE && holds("s.bak", "1\n"), name,
	           "none was made");
	test_check((status_of("s.bak").st_mode & 07777) == 0600, name, "others may read it");
	struct apply_outcome outcome = apply_one("s", "2\n", "3\n", &options);
	test_check(outcome.result == APPLY_DONE && holds("s.bak", "1\n") && holds("s.bak.1", "2\n"), name,
	           "not numbered");
	test_check(outcome.notes.count == 1, name, "it is not said where it is");
	options.suffix = TEXT("/../x");
	test_check(says(apply_one("s", "3\n", "4\n", &options), "suffix"), name, "a suffix led elsewhere");

	options = options_of("state-none");
	options.backup = BACKUP_NONE;
	outcome = apply_one("s", "3\n", "4\n", &options);
	test_check(outcome.result == APPLY_DONE && !outcome.run.length && kept_runs(&options) == 0, "no backup",
	           "one is kept");
	test_check(!exists("state-none/journal-done"), "no backup", "the journal is left");
}

static void test_pruning(void) {
	struct apply_options options = options_of("state-prune");
	options.keep_runs = 3;
	char before[16] = "0", after[16];
	write_file("p", before);
	for (int i = 1; i <= 6; i++) {
		snprintf(after, sizeof(after), "%d", i);
		test_check(apply_one("p", text_string(&arena, text_of(before)), text_string(&arena, text_of(after)),
		                     &options)
		                           .result == APPLY_DONE,
		           "pruning", "a change failed");
		memcpy(before, after, sizeof(before));
	}
	test_check(kept_runs(&options) == 3, "pruning", "too many or too few runs are kept");
	test_check(undone("", &options) && holds("p", "5"), "pruning", "the newest run was not undone first");

	bool made = !mkdir(path_of("state-prune/undo/20200101T000000.000000Z-1"), 0700);
	test_check(made && apply_recover(&arena, &options).result == APPLY_DONE &&
	                   !exists("state-prune/undo/20200101T000000.000000Z-1"),
	           "pruning", "what a killed removal left stays");
}

static void test_editors(void) {
	static const char *const cases[][2] = {
		{"e.conf", ".e.conf.swp"}, {"e.conf", ".#e.conf"}, {".env", ".env.swp"}, {".env", "..env.swp"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct apply_options options = options_of("state");
		write_file(cases[i][0], "old\n");
		write_file(cases[i][1], "");
		test_check(says(apply_one(cases[i][0], "old\n", "new\n", &options), "editor"), cases[i][1],
		           "not refused");
		options.force = true;
		test_check(apply_one(cases[i][0], "old\n", "new\n", &options).result == APPLY_DONE, cases[i][1],
		           "force failed");
		unlink(path_of(cases[i][1]));
	}
}

static void test_refused_files(void) {
	struct apply_options options = options_of("state");
	bool made = !mkdir(path_of("d"), 0700) && !mkfifo(path_of("fifo"), 0600);
	test_check(made && apply_one("fifo", "", "new\n", &options).result == APPLY_UNCHANGED, "a FIFO", "not refused");
	test_check(apply_one("d", "", "new\n", &options).result == APPLY_UNCHANGED, "a folder", "not refused");
	test_check(apply_one("absent", "", "new\n", &options).result == APPLY_UNCHANGED && !exists("absent"), "no file",
	           "it was made");
	test_check(apply_one("d/../absent/../target", "", "new\n", &options).result == APPLY_UNCHANGED, "no folder",
	           "found");
	struct change hidden = {{"/etc\0x", 6}, TEXT(""), TEXT("new"), TEXT("")};
	test_check(apply_changes(&arena, &hidden, 1, &options).result == APPLY_UNCHANGED, "a path with NUL",
	           "not refused");
}

/* Folders that others may write to, as root; then what root may not do, either. */
static void test_folders(void) {
	static const struct {
		const char *name;
		mode_t mode;
		uid_t owner;
		bool refused;
	} cases[] = {
		{"closed", 0755, 0, false},   {"everybody's", 0777, 0, true},      {"sticky", 01777, 0, true},
		{"a group's", 0775, 0, true}, {"a stranger's", 0755, 65534, true}, {"the owner's", 0755, 1234, false},
	};
	for (size_t i = 0; geteuid() == 0 && i < sizeof(cases) / sizeof(*cases); i++) {
		struct apply_options options = options_of("state");
		const char *file = text_string(&arena, text_format(&arena, "%s/f", cases[i].name));
		bool made = !mkdir(path_of(cases[i].name), 0700);
		write_file(file, "old\n");
		made = made && !chmod(path_of(file), 0644) && !chown(path_of(file), 1234, 1235) &&
		       !chown(path_of(cases[i].name), cases[i].owner, 0) &&
		       !chmod(path_of(cases[i].name), cases[i].mode);
		struct apply_outcome outcome = apply_one(file, "old\n", "new\n", &options);
		test_check(made && (outcome.result == APPLY_UNCHANGED) == cases[i].refused, cases[i].name,
		           cases[i].refused ? "not refused" : "refused");
		test_check(!cases[i].refused || says(outcome, "as root"), cases[i].name, "the reason is another");
	}
	if (geteuid() != 0) {
		struct apply_options options = options_of("state");
		bool made = !mkdir(path_of("closed"), 0700);
		write_file("closed/f", "old\n");
		made = made && !chmod(path_of("closed"), 0500);
		test_check(made && apply_one("closed/f", "old\n", "new\n", &options).result == APPLY_UNCHANGED,
		           "read-only folder", "not refused");
		chmod(path_of("closed"), 0700);
	}
}

static void test_state_folder(void) {
	write_file("t", "old\n");
	write_file("blocked", "");
	struct apply_options options = options_of("blocked/state");
	test_check(apply_one("t", "old\n", "new\n", &options).result == APPLY_UNCHANGED, "no state folder",
	           "not refused");
	bool made = !mkdir(path_of("open"), 0700) && !chmod(path_of("open"), 0777);
	options = options_of("open");
	test_check(made && says(apply_one("t", "old\n", "new\n", &options), "state folder"), "others' state folder",
	           "not refused");
	options.state_directory = TEXT("");
	test_check(says(apply_one("t", "old\n", "new\n", &options), "--state-dir"), "no HOME", "not refused");
	test_check(holds("t", "old\n"), "no state folder", "the file was changed");
}

static void test_odd_paths(void) {
	static const char *const names[] = {"with\nnewline", "with\ttab", "with\\back\\x41", "caf\xe9", " ", "-",
	                                    "%s%n"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct apply_options options = options_of("state-odd");
		write_file(names[i], "old\n");
		test_check(apply_one(names[i], "old\n", "new\n", &options).result == APPLY_DONE, names[i],
		           "it was not changed");
		struct kept_run_list runs = {0};
		apply_list_runs(&arena, &options, &runs);
		test_check(runs.count && text_ends_with(runs.items[0].paths.items[0], text_of(names[i])), names[i],
		           "it is listed by another name");
		test_check(undone("", &options) && holds(names[i], "old\n"), names[i], "it was not undone");
		struct apply_outcome outcome = apply_one(names[i], "else\n", "new\n", &options);
		test_check(text_find_byte(outcome.reason, '\n') == TEXT_NOT_FOUND, names[i],
		           "the reason breaks its line");
	}
}

/* Names of up to 255 bytes leave no room for a longer name beside them. */
static void test_long_name(void) {
	char name[256];
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	struct apply_options options = options_of("state");
	write_file(name, "old\n");
	test_check(apply_one(name, "old\n", "new\n", &options).result == APPLY_DONE, "the longest name", "refused");
	options.backup = BACKUP_SUFFIX;
	test_check(apply_one(name, "new\n", "x\n", &options).result == APPLY_UNCHANGED && holds(name, "new\n"),
	           "the longest name", "a backup beside it was made");
}

#define HEAD "arilint 1\t20261123T103100.000000Z-1\tkeep\t\t00112233445566778899aabbccddeeff\n"

static void test_damaged_manifest(void) {
	static const char *const texts[] = {
		"",
		"arilint 1\n",
		"arilint 1\t20261123T103100.000000Z-1\tkeep\t\t00\nend\t0\n",
		"arilint 2\t20261123T103100.000000Z-1\tkeep\t\t00112233445566778899aabbccddeeff\nend\t0\n",
		"arilint 1\tx\tkeep\t\t00112233445566778899aabbccddeeff\nend\t0\n",
		"arilint 1\t20261123T103100.000000Z-\\x09\tkeep\t\t00112233445566778899aabbccddeeff\nend\t0\n",
		HEAD "file\t/x\t../y\t\nend\t1\n",
		HEAD "file\tx\ty\t\t0644\t0\t0\t0644\t0\t0\t1\t1\t1\t1\t\nend\t1\n",
		HEAD "end\t7\n",
		"\\x\t\\",
		"file\t\\x4",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const char *state = text_string(&arena, text_format(&arena, "state-damaged%zu", i));
		struct apply_options options = options_of(state);
		bool made =
			!mkdir(path_of(state), 0700) &&
			!mkdir(path_of(text_string(&arena, text_format(&arena, "%s/journal-publish", state))), 0700);
		write_file(text_string(&arena, text_format(&arena, "%s/journal-publish/manifest", state)), texts[i]);
		struct apply_outcome outcome = apply_recover(&arena, &options);
		test_check(made && outcome.result == APPLY_BROKEN && says(outcome, "damaged"), "a damaged manifest",
		           texts[i]);
	}
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
	(void)status;
	(void)walk;
	return kind == FTW_DP ? rmdir(path) : unlink(path);
}

int main(void) {
	const char *temporary = getenv("TMPDIR");
	snprintf(folder, sizeof(folder), "%.400s/arilint-apply.XXXXXX", temporary ? temporary : "/tmp");
	if (!mkdtemp(folder)) {
		perror(folder);
		return 1;
	}
	umask(022);
	test_two_files();
	test_changed_meanwhile();
	test_nothing_to_do();
	test_undo_refused();
	test_modes();
	test_links();
	test_backups();
	test_pruning();
	test_editors();
	test_refused_files();
	test_folders();
	test_state_folder();
	test_odd_paths();
	test_long_name();
	test_damaged_manifest();
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_release(&arena);
	return test_end();
}
