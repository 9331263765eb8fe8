/* Puts a fault at every system call of a run, one at a time, and looks at what is left:
 * `fault_runner DRIVER ARILINT EXAMPLE FOLDER [NAME]`. EXAMPLE holds `broken` and `fixed`, before and after ARILINT --fix.
 *
 * After each fault both files must be whole, old or new; exit status 0 means that all are as wanted, 4 that none is.
 * Then a recovery must leave all old or all new, with mode, owner, access control list and attributes kept, and nothing
 * else behind. Prints the number of faults and violations of each campaign, and ends as every test does. A third
 * argument picks campaigns by a part of their name. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { MOST_CALLS = 4096, MOST_WORDS = 32, PATH_ROOM = 512, WORKERS = 2, LARGEST_TEXT = 4096 };

struct campaign {
	const char *name;
	const char *before; /* verbs done before without a fault, or NULL */
	const char *verb;
	const char *option; /* of the driver, or NULL */
	const char *base;   /* a fault that is always there, or NULL */
	size_t faults;      /* how many of `faults` are tried */
	const char *killed; /* before it: this verb, killed at each call that changes a name; or NULL */
	bool program;       /* run by ARILINT, with all that surrounds src/apply, not by the driver */
};

/* The gravest first. */
static const char *const faults[] = {
	"signal=KILL",  "error=EIO",   "error=ENOSPC", "error=EACCES", "error=EROFS", "error=EMFILE",
	"error=ENOMEM", "error=EPERM", "error=EBUSY",  "error=EINVAL", "error=EINTR", "error=EOPNOTSUPP",
};
enum { ONE = 1, TWO = 2, FOUR = 4, ALL = sizeof(faults) / sizeof(*faults) };

/* Those of the driver go through each way of src/apply, which has all calls that change anything; those of the program
 * are there for what it does before and behind it. */
static const struct campaign campaigns[] = {
	{"fix", NULL, "fix", NULL, NULL, ALL, NULL, false},
	{"fix, backups beside", NULL, "fix", "suffix", NULL, FOUR, NULL, false},
	{"fix, nothing kept", NULL, "fix", "none", NULL, FOUR, NULL, false},
	{"fix that fails at the second file", NULL, "fix", NULL, "renameat2:error=EIO:when=2", FOUR, NULL, false},
	{"fix without exchange", NULL, "fix", NULL, "renameat2:error=EINVAL:when=1+", FOUR, NULL, false},
	{"fix in place", NULL, "fix", "in-place", "renameat2:error=EBUSY:when=1+", FOUR, NULL, false},
	{"undo", "fix", "undo", NULL, NULL, ALL, NULL, false},
	{"undo that fails at the second file", "fix", "undo", NULL, "renameat2:error=EIO:when=2", FOUR, NULL, false},
	{"recover a fix", NULL, "recover", NULL, NULL, TWO, "fix", false},
	{"recover an undo", "fix", "recover", NULL, NULL, TWO, "undo", false},
	{"recover without exchange", NULL, "recover", NULL, "renameat2:error=EINVAL:when=1+", TWO, "fix", false},
	{"recover in place", NULL, "recover", "in-place", "renameat2:error=EBUSY:when=1+", TWO, "fix", false},
	{"arilint --fix", NULL, "fix", NULL, NULL, ALL, NULL, true},
	{"arilint undo", "fix", "undo", NULL, NULL, ALL, NULL, true},
	{"arilint recover", NULL, "recover", NULL, NULL, TWO, "fix", true},
	{"arilint --fix after a kill", NULL, "fix", NULL, NULL, ONE, "fix", true},
};
enum { CAMPAIGNS = sizeof(campaigns) / sizeof(*campaigns) };

/* One system call of a run: its name, and the how manieth of that name it is. */
struct call {
	char name[32];
	unsigned number;
};

struct calls {
	struct call items[MOST_CALLS];
	size_t count;
	size_t start; /* of its own work: behind the loader's, and the driver's getppid() */
};

struct counts {
	unsigned faults, violations, broken;
};

struct bench {
	const char *driver, *arilint;
	const char *texts[2][2]; /* of each file, old and new */
	bool program;            /* the campaign is one of ARILINT */
	char folder[PATH_ROOM];
	char state[PATH_ROOM + 16], files[2][PATH_ROOM + 16], trace[PATH_ROOM + 16], log[PATH_ROOM + 16];
	char prepared[2]; /* kind_of() each file before the run */
	struct counts counts;
	char label[256]; /* what is being tried, for the report */
};

static const char *const driver_texts[2][2] = {
	{"[general]\nenabled = OLD\n", "[general]\nenabled = NEWER\n"},
	{"A=OLD\nB='OLD'\n", "A=NEWER\nB='NEWER'\n"},
};

/* system.posix_acl_access: user::rw-, user:1236:r--, group::r--, mask::r--, other::--- */
static const unsigned char access_list[] = {
	2, 0, 0,   0,   1,   0,   6,  0, 255, 255, 255, 255, 2,   0,   4,  0, 0xd4, 4, 0,   0,   4,   0,
	4, 0, 255, 255, 255, 255, 16, 0, 4,   0,   255, 255, 255, 255, 32, 0, 0,    0, 255, 255, 255, 255,
};

static void stop(const char *what) {
	perror(what);
	exit(2);
}

static void violation(struct bench *bench, const char *what) {
	bench->counts.violations++;
	printf("VIOLATION %s: %s\n", bench->label, what);
	char line[512];
	FILE *log = fopen(bench->log, "r");
	while (log && fgets(line, sizeof(line), log))
		printf("    %s", line);
	if (log)
		fclose(log);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
	(void)status;
	(void)walk;
	return kind == FTW_DP ? rmdir(path) : unlink(path);
}

static bool keeps(const char *path, const char *name, const void *value, size_t size) {
	char present[256];
	ssize_t length = getxattr(path, name, present, sizeof(present));
	return (length < 0 && errno == ENOTSUP) || (length == (ssize_t)size && !memcmp(present, value, size));
}

static void make_file(const char *path, const char *text) {
	int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (descriptor < 0 || write(descriptor, text, strlen(text)) < 0 || fchmod(descriptor, 0640) < 0)
		stop(path);
	if (geteuid() == 0 && fchown(descriptor, 1234, 1235) < 0)
		stop(path);
	if ((fsetxattr(descriptor, "user.note", "kept", 4, 0) < 0 && errno != ENOTSUP) ||
	    (fsetxattr(descriptor, "system.posix_acl_access", access_list, sizeof(access_list), 0) < 0 &&
	     errno != ENOTSUP))
		stop(path);
	close(descriptor);
}

static void make_files(struct bench *bench) {
	static const char *const names[] = {"ari.conf", ".env"};
	nftw(bench->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	if (mkdir(bench->folder, 0700) < 0)
		stop(bench->folder);
	for (size_t i = 0; i < 2; i++) {
		char sub[PATH_ROOM + 16];
		snprintf(sub, sizeof(sub), "%s/%zu", bench->folder, i);
		if (mkdir(sub, 0700) < 0)
			stop(sub);
		snprintf(bench->files[i], sizeof(bench->files[i]), "%s/%zu/%s", bench->folder, i, names[i]);
		make_file(bench->files[i], bench->texts[i][0]);
	}
	snprintf(bench->state, sizeof(bench->state), "%s/state", bench->folder);
	snprintf(bench->trace, sizeof(bench->trace), "%s/trace", bench->folder);
	snprintf(bench->log, sizeof(bench->log), "%s/log", bench->folder);
}

static int wait_for(pid_t child) {
	int status = 0;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int execute(struct bench *bench, char **words) {
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		int log = open(bench->log, O_WRONLY | O_CREAT | O_APPEND, 0600);
		dup2(log, 1);
		dup2(log, 2);
		execvp(words[0], words);
		_exit(127);
	}
	return wait_for(child);
}

static size_t name_program(const struct bench *bench, const char *verb, const char *option, char **words) {
	bool fixes = !strcmp(verb, "fix");
	const char *driver[] = {bench->driver, bench->state, verb};
	const char *program[] = {bench->arilint, fixes ? "--fix" : verb, "--state-dir", bench->state};
	const char *rest[] = {fixes ? bench->files[0] : NULL, fixes ? bench->files[1] : NULL, option};
	size_t count = 0;
	for (size_t i = 0; i < (bench->program ? 4u : 3u); i++)
		words[count++] = strdup(bench->program ? program[i] : driver[i]);
	for (size_t i = 0; i < 3; i++)
		if (rest[i])
			words[count++] = strdup(rest[i]);
	return count;
}

/* Runs the driver or the program, under strace when there is a fault (at most two) or a trace is wanted. */
static int drive(struct bench *bench, const char *verb, const char *option, const char *base, const char *fault,
                 bool trace) {
	char injections[2][128], traced[128] = "", *words[MOST_WORDS];
	size_t count = 0;
	const char *wanted[2] = {base, fault};
	if (base || fault || trace) {
		static const char *const strace[] = {"strace", "-f", "-qq", "-o"};
		for (size_t i = 0; i < 4; i++)
			words[count++] = strdup(strace[i]);
		words[count++] = strdup(trace ? bench->trace : "/dev/null");
	}
	/* Only the calls that get a fault stop the run, or it would take three times as long. A signal is lost that way. */
	if ((base || fault) && !trace && !(fault && strstr(fault, "signal="))) words[count++] = strdup("--seccomp-bpf");
	for (size_t i = 0; i < 2; i++) {
		if (!wanted[i]) continue;
		const char *end = strchr(wanted[i], ':');
		if (!trace)
			snprintf(traced + strlen(traced), sizeof(traced) - strlen(traced), "%s%.*s",
			         *traced ? "," : "trace=", (int)(end - wanted[i]), wanted[i]);
		snprintf(injections[i], sizeof(injections[i]), "inject=%s", wanted[i]);
		words[count++] = strdup("-e");
		words[count++] = strdup(injections[i]);
	}
	if (*traced) {
		words[count++] = strdup("-e");
		words[count++] = strdup(traced);
	}
	count += name_program(bench, verb, option, words + count);
	words[count] = NULL;
	int status = execute(bench, words);
	while (count)
		free(words[--count]);
	if (status == 1) /* neither of the two ends so */
		violation(bench, "strace can't do this");
	return status;
}

static void read_calls(struct bench *bench, struct calls *calls) {
	calls->count = calls->start = 0;
	FILE *trace = fopen(bench->trace, "r");
	char line[4096], name[32];
	while (trace && fgets(line, sizeof(line), trace) && calls->count < MOST_CALLS) {
		if (sscanf(line, "%*d %31[a-z0-9_](", name) != 1 || !strcmp(name, "execve") ||
		    !strcmp(name, "exit_group"))
			continue;
		struct call *call = &calls->items[calls->count++];
		snprintf(call->name, sizeof(call->name), "%s", name);
		call->number = 1;
		for (const struct call *other = calls->items; other < call; other++)
			call->number += !strcmp(other->name, name);
		if (!strcmp(name, "getppid") || strstr(line, ".so"))
			calls->start = calls->count;
	}
	if (trace)
		fclose(trace);
	if (!trace || calls->count == 0 || calls->count == MOST_CALLS) {
		fprintf(stderr, "%s: %zu calls, of 1 to %d\n", bench->label, calls->count, MOST_CALLS - 1);
		exit(2);
	}
}

/* 'o' old, 'n' new, 'm' one of them with its owner, mode or attributes lost, 'x' anything else. */
static char kind_of(const struct bench *bench, const char *path, size_t index) {
	char bytes[LARGEST_TEXT];
	struct stat status;
	int descriptor = open(path, O_RDONLY | O_NOFOLLOW);
	ssize_t length = descriptor < 0 ? -1 : read(descriptor, bytes, sizeof(bytes) - 1);
	if (descriptor >= 0)
		close(descriptor);
	if (length < 0 || lstat(path, &status) < 0)
		return 'x';
	bytes[length] = '\0';
	bool old = !strcmp(bytes, bench->texts[index][0]);
	bool new = !strcmp(bytes, bench->texts[index][1]);
	bool kept = (status.st_mode & 07777) == 0640 &&
	            (geteuid() != 0 || (status.st_uid == 1234 && status.st_gid == 1235)) &&
	            keeps(path, "user.note", "kept", 4) &&
	            keeps(path, "system.posix_acl_access", access_list, sizeof(access_list));
	return !old && !new ? 'x' : !kept ? 'm' : old ? 'o' : 'n';
}

/* The number of names in a folder, less those given; 0 when it is not there. */
static unsigned names_beside(const char *folder, const char *a, const char *b) {
	unsigned count = 0;
	DIR *stream = opendir(folder);
	const struct dirent *entry;
	while (stream && (entry = readdir(stream)))
		count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") && strcmp(entry->d_name, a) &&
		         strcmp(entry->d_name, b);
	if (stream)
		closedir(stream);
	return count;
}

static void check_leftovers(struct bench *bench, const struct campaign *campaign, char kind) {
	bool suffix = campaign->option && !strcmp(campaign->option, "suffix") && kind == 'n';
	bool kept = kind == 'n' && !(campaign->option && !strcmp(campaign->option, "none"));
	char path[PATH_ROOM + 64];
	for (size_t i = 0; i < 2; i++) {
		const char *name = strrchr(bench->files[i], '/') + 1;
		snprintf(path, sizeof(path), "%s.bak", bench->files[i]);
		if (suffix && kind_of(bench, path, i) == 'x')
			violation(bench, "a backup beside the file is not whole");
		snprintf(path, sizeof(path), "%s.bak", name);
		char folder[PATH_ROOM + 16];
		snprintf(folder, sizeof(folder), "%s/%zu", bench->folder, i);
		if (names_beside(folder, name, suffix ? path : ""))
			violation(bench, "a file is left beside the target");
	}
	snprintf(path, sizeof(path), "%s/pending", bench->state);
	bool pending = !access(path, F_OK);
	if (names_beside(bench->state, "lock", "undo") != pending)
		violation(bench, "a journal is left");
	/* The program notes what the machine defines, or everything where it can't tell. */
	if (!bench->program && kind == 'n' && names_beside(path, "", "") != 1)
		violation(bench, "new files without what they need");
	snprintf(path, sizeof(path), "%s/undo", bench->state);
	if (names_beside(path, "", "") != (kept ? 1u : 0u))
		violation(bench, kept ? "the originals are not kept" : "originals are left");
	if (kept && (drive(bench, "undo", NULL, NULL, NULL, false) != 0 || kind_of(bench, bench->files[0], 0) != 'o' ||
	             kind_of(bench, bench->files[1], 1) != 'o'))
		violation(bench, "what was kept could not be undone");
}

/* It can't say what it did. */
static bool is_silent(const struct bench *bench, int status) { return bench->program && status == 8; }

static void check_recovered(struct bench *bench, const struct campaign *campaign, int status) {
	bool fixes = !strcmp(campaign->verb, "fix"), recovers = !strcmp(campaign->verb, "recover");
	if (drive(bench, "recover", campaign->option, NULL, NULL, false) != 0)
		violation(bench, "the recovery failed");
	char a = kind_of(bench, bench->files[0], 0), b = kind_of(bench, bench->files[1], 1);
	char found[64];
	snprintf(found, sizeof(found), "after the recovery the files are %c and %c", a, b);
	/* Of files that can't be read, the program changes the others. */
	bool partly = bench->program && fixes && status == 3;
	if ((a != b && !partly) || (a != 'o' && a != 'n') || (b != 'o' && b != 'n')) {
		violation(bench, found);
		return;
	}
	bool silent = is_silent(bench, status);
	if (!recovers && status == 0 && a != (fixes ? 'n' : 'o'))
		violation(bench, "it said that it had worked, and the recovery took it back");
	if (!recovers && !partly && !silent && status != 0 && status < 128 && a != (fixes ? 'o' : 'n'))
		violation(bench, "it said that it had failed, and the recovery finished it");
	check_leftovers(bench, campaign, a == 'n' ? a : b);
}

static void check_run(struct bench *bench, const struct campaign *campaign, int status) {
	bool fixes = !strcmp(campaign->verb, "fix"), recovers = !strcmp(campaign->verb, "recover");
	char a = kind_of(bench, bench->files[0], 0), b = kind_of(bench, bench->files[1], 1), found[80];
	char done = fixes ? 'n' : 'o', undone = fixes ? 'o' : 'n';
	snprintf(found, sizeof(found), "exit status %d with files %c and %c", status, a, b);
	bool whole = (a == 'o' || a == 'n') && (b == 'o' || b == 'n');
	/* In place a reader may see a half written file until the recovery: that is what the option warns of. */
	bool in_place = campaign->option && !strcmp(campaign->option, "in-place");
	/* What a killed run left is still there when there was no memory to put it back. */
	bool untouched = a == bench->prepared[0] && b == bench->prepared[1];
	bool right = status == 0                 ? whole && (recovers ? a == b : a == done && b == done)
	             : status == 5               ? campaign->base || campaign->killed
	             : bench->program && status == 3 ? whole
	             : is_silent(bench, status)      ? whole && (a == b || (recovers && untouched))
	             : status < 128 && !recovers ? a == undone && b == undone
	                                         : whole || (in_place && status >= 128);
	bench->counts.broken += status == 5;
	if (!right && !(in_place && (recovers || status == 5)))
		violation(bench, found);
	check_recovered(bench, campaign, status);
}

static void prepare(struct bench *bench, const struct campaign *campaign, const char *kill_at) {
	make_files(bench);
	if (campaign->before && drive(bench, campaign->before, NULL, NULL, NULL, false) != 0)
		stop(campaign->name);
	if (kill_at)
		drive(bench, campaign->killed, campaign->option, strstr(kill_at, "renameat2") ? NULL : campaign->base,
		      kill_at, false);
	for (size_t i = 0; i < 2; i++)
		bench->prepared[i] = kind_of(bench, bench->files[i], i);
}

/* Whether a fault is tried. Of calls that only look FAULTS_SHARE=N takes every Nth fault, other ones for other calls: a run
 * looks at each folder on its way often, and in the same way. All of those that change something are tried. */
static bool is_tried(const char *call, size_t number, size_t fault) {
	static const char *const looking[] = {"newfstatat", "fstat", "close", "getxattr", "geteuid", "getuid", "getpid", "getcwd",
	                                      "mmap", "munmap", "mprotect", "access", "faccessat2", "readlinkat", "lseek",
	                                      "getdents64", "flistxattr", "rt_sigaction", "rt_sigprocmask"};
	const char *words = getenv("FAULTS_SHARE");
	size_t share = words ? strtoul(words, NULL, 10) : 1;
	for (size_t i = 0; i < sizeof(looking) / sizeof(*looking); i++)
		if (!strcmp(call, looking[i]))
			return share < 2 || (number + fault) % share == 0;
	return true;
}

static void run_campaign(struct bench *bench, const struct campaign *campaign, const char *kill_at) {
	static struct calls calls;
	snprintf(bench->label, sizeof(bench->label), "%s: %s", campaign->name, kill_at ? kill_at : "no fault");
	prepare(bench, campaign, kill_at);
	int expected = campaign->base && strstr(campaign->base, "EIO") ? 4 : 0;
	if (drive(bench, campaign->verb, campaign->option, campaign->base, NULL, true) != expected)
		violation(bench, "it does not even work without a fault");
	read_calls(bench, &calls);
	for (size_t i = calls.start; i < calls.count; i++) {
		if (campaign->base && !strncmp(campaign->base, calls.items[i].name, strlen(calls.items[i].name)) &&
		    campaign->base[strlen(calls.items[i].name)] == ':')
			continue; /* it has its fault already */
		for (size_t j = 0; j < campaign->faults; j++) {
			if (!is_tried(calls.items[i].name, calls.items[i].number, j)) continue;
			char fault[96];
			snprintf(fault, sizeof(fault), "%s:%s:when=%u", calls.items[i].name, faults[j],
			         calls.items[i].number);
			snprintf(bench->label, sizeof(bench->label), "%s: %s%s%s", campaign->name, fault,
			         kill_at ? " after " : "", kill_at ? kill_at : "");
			prepare(bench, campaign, kill_at);
			bench->counts.faults++;
			check_run(bench, campaign,
			          drive(bench, campaign->verb, campaign->option, campaign->base, fault, false));
		}
	}
}

/* Kills a run at each of its calls that change a name, and puts the faults into the recovery. */
static void run_killed(struct bench *bench, const struct campaign *campaign) {
	static struct calls calls;
	static const char *const changing[] = {"renameat", "renameat2", "unlinkat", "fchmod"};
	prepare(bench, campaign, NULL);
	drive(bench, campaign->killed, campaign->option, campaign->base, NULL, true);
	read_calls(bench, &calls);
	for (size_t i = calls.start; i < calls.count; i++)
		for (size_t j = 0; j < sizeof(changing) / sizeof(*changing); j++) {
			char kill_at[64];
			snprintf(kill_at, sizeof(kill_at), "%s:signal=KILL:when=%u", calls.items[i].name,
			         calls.items[i].number);
			/* A file that can't be exchanged was not exchanged before, either. */
			bool possible = strcmp(changing[j], "renameat2") != 0 || !campaign->base ||
			                !strstr(campaign->base, "EBUSY");
			if (possible && !strcmp(calls.items[i].name, changing[j]))
				run_campaign(bench, campaign, kill_at);
		}
}

static const char *read_example(const char *folder, const char *kind, const char *name) {
	char path[PATH_ROOM * 2], *text = calloc(1, LARGEST_TEXT);
	snprintf(path, sizeof(path), "%s/%s/%s", folder, kind, name);
	FILE *file = fopen(path, "r");
	if (!file || !text || fread(text, 1, LARGEST_TEXT - 1, file) == 0)
		stop(path);
	fclose(file);
	return text;
}

static struct bench bench_of(const struct campaign *campaign, char **words) {
	static const char *const names[] = {"etc/asterisk/ari.conf", "backend/.env"};
	struct bench bench = {.driver = words[1], .arilint = words[2], .program = campaign->program};
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < 2; j++)
			bench.texts[i][j] = campaign->program ? read_example(words[3], j ? "fixed" : "broken", names[i])
			                                      : driver_texts[i][j];
	snprintf(bench.folder, sizeof(bench.folder), "%.400s/%zu", words[4], (size_t)(campaign - campaigns));
	return bench;
}

int main(int count, char **words) {
	if (count < 5)
		return 2;
	struct counts *results =
		mmap(NULL, sizeof(*results) * CAMPAIGNS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (results == MAP_FAILED)
		stop("memory");
	umask(022);
	pid_t workers[WORKERS];
	for (size_t worker = 0; worker < WORKERS; worker++) {
		workers[worker] = fork();
		for (size_t i = worker; workers[worker] == 0 && i < CAMPAIGNS; i += WORKERS) {
			struct bench bench = bench_of(&campaigns[i], words);
			if (count > 5 && !strstr(campaigns[i].name, words[5])) continue;
			if (campaigns[i].killed)
				run_killed(&bench, &campaigns[i]);
			else
				run_campaign(&bench, &campaigns[i], NULL);
			results[i] = bench.counts;
		}
		if (workers[worker] == 0)
			exit(0);
	}
	bool ended = true;
	for (size_t worker = 0; worker < WORKERS; worker++)
		ended = wait_for(workers[worker]) == 0 && ended;
	struct counts all = {0};
	for (size_t i = 0; i < CAMPAIGNS; i++) {
		printf("%-36s %6u faults, %u violations, %u told to recover\n", campaigns[i].name, results[i].faults,
		       results[i].violations, results[i].broken);
		all.faults += results[i].faults;
		all.violations += results[i].violations;
	}
	all.violations += !all.faults || !ended;
	printf("%u passed, %u failed\n", all.faults, all.violations);
	return all.violations != 0;
}
