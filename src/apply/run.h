/* A run at work: the files it changes, where it stands, and what went wrong. For the files of this folder only. */
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "apply/change.h"
#include "apply/signals.h"
#include "base/map.h"
#include "base/siphash.h"
#include "trust/way.h"

/* How names are opened for reading under which somebody may have put something else. */
enum {
	OPEN_FILE = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	OPEN_FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
};

struct ownership {
	mode_t mode; /* permission bits only */
	uid_t user;
	gid_t group;
};

/* One file of a run. */
struct patch {
	struct text path;        /* absolute, free of symbolic links */
	int folder;              /* descriptor of the file's folder; belongs to the run; -1: the folder is gone */
	const char *name;        /* of the file in its folder */
	const char *temporary;   /* name of the new file beside it, later of the one displaced */
	const char *backup;      /* name of the copy beside it, or NULL */
	struct text rules;
	struct text before;      /* the bytes it had */
	struct text after;       /* the bytes it is to have; not known to a recovery, which has the hash */
	size_t before_size, after_size;
	uint64_t before_hash, after_hash;  /* under the key of the run */
	struct ownership old;    /* what it had */
	struct ownership new;    /* what it is to have; differs from `old` only in an undo */
	dev_t device;            /* device and inode of the file that was read; 0 in a recovery */
	ino_t inode;
	bool in_place;           /* written through the old inode: its folder takes no new file */
};

struct patch_list LIST_OF(struct patch);

/* Where a run stands. Each phase is a folder of that name in the state folder (journal.c), renamed to the next. */
enum phase {
	PHASE_NONE,    /* nothing is on disk that recovery would have to know of */
	PHASE_PREPARE, /* new files are made beside the old ones; the old ones are untouched */
	PHASE_PUBLISH, /* old and new files change places; a recovery puts the old ones back */
	PHASE_DONE     /* committed; a recovery clears up */
};

struct folder {
	dev_t device;
	ino_t inode;
	int descriptor;
};

struct folder_list LIST_OF(struct folder *);

struct run {
	struct arena *arena;
	const struct apply_options *options;
	const struct signals *signals;
	int state;                   /* descriptor of the state folder */
	int lock;
	int journal;                 /* descriptor of the folder of this phase, or -1 */
	enum phase phase;
	struct text id;
	struct text undoes;          /* id of the run that this one undoes; empty: none */
	struct text_list handlers;   /* what the changes need before programs go by them */
	bool keep;                   /* the originals can be undone afterwards */
	bool stale;                  /* a file is not what was read before */
	bool abandoned;              /* a file was changed by somebody else after it was published, and left to him */
	struct siphash_key key;
	struct patch_list patches;
	struct folder_list folders;  /* of the patches, each once */
	struct map folder_of;        /* from device and inode to the folder */
	struct text manifest;        /* what the journal says of the run; made by journal_begin() */
	char *scratch;               /* room to compare a file with what it should hold */
	size_t scratch_size;
	struct text reason;          /* the first thing that went wrong */
	struct text_list notes;
};

/* A path as a message or a manifest shows it: control bytes and backslashes become `\xNN`. */
struct text run_escape(struct arena *arena, struct text path);

/* For printf: `"%.*s", RUN_SHOWN(run, path)`. */
#define RUN_SHOWN(run, path) TEXT_ARGUMENTS(run_escape((run)->arena, (path)))

/* Sets the reason unless there is one already; returns false, so that a function can end with it. */
bool run_fail(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same from `error` (an errno): "can't ACTION PATH: what the system says; what to do". */
bool run_fail_system(struct run *run, const char *action, struct text path, int error);

/* The same from errno, of the state folder. */
bool run_fail_state(struct run *run, const char *action);

void run_note(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The path of a file in the state folder, for messages; a NULL name is left out. */
struct text run_state_path(struct run *run, struct text folder, const char *name);

/* Opens the last folder of a way for the run: a folder of several files is kept once. False with errno set. */
bool run_open_folder(struct run *run, const struct way *way, int *folder);

/* Makes `scratch` as large as the files of the run need, and at least `least` bytes. */
void run_make_scratch(struct run *run, size_t least);

/* Closes what the run holds open, all but the state folder and the lock. */
void run_close(struct run *run);

/* The outcome of a run that ended with `result`. */
struct apply_outcome run_outcome(const struct run *run, enum apply_result result);
