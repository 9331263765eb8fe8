/* The state folder: the lock, and the journal from which a killed run is put back.
 *
 *   STATE/lock              the process at work
 *   STATE/journal-PHASE/    the run at work: `manifest`, and the originals as `0`, `1` ...; renamed from phase to
 *                           phase, each rename forced to the disk before the next phase begins
 *   STATE/undo/ID/          the same folder once the run is committed and cleared up
 *   STATE/pending/ID        what that run still needs: see pending.h
 *
 * A folder without a manifest is one that was being made or removed: nothing hangs on it. */
#pragma once

#include "apply/run.h"

extern const char *const journal_names[]; /* by phase; NULL for PHASE_NONE */

/* Opens the state folder, making it when `make`. False with a reason; without `make`, a folder that is not there is no
 * fault: true with run->state -1. */
bool journal_open_state(struct run *run, bool make);

/* Whether an open file or folder of the state folder is ours, or root's, alone; false with a reason and errno set. `name` is
 * for messages. */
bool journal_trusts(struct run *run, int descriptor, struct text name);

/* Takes the lock; false with a reason that names the process that holds it. */
bool journal_lock(struct run *run);

/* Makes the journal of the run's patches: originals, then manifest. It is settled before the first file is published. */
bool journal_begin(struct run *run);

/* Forces the journal to the disk. */
bool journal_settle(struct run *run);

/* Forces the journal from its phase to the next one. On failure run->phase tells where it stands. */
bool journal_advance(struct run *run, enum phase next);

/* Reads the manifest and the originals of a folder into the run; `*absent` when it has no manifest. `name` is for
 * messages. */
bool journal_load(struct run *run, int folder, const char *name, bool *absent);

/* Reads the manifest alone. */
bool journal_load_manifest(struct run *run, int folder, const char *name, bool *absent);

/* Removes `parent`/`name` and the files in it, the manifest first; with `sync` so that a power loss does not bring it
 * back. True as well when there is none. */
bool journal_remove(int parent, const char *name, bool sync);

/* Moves the run's journal to STATE/undo/ID. The disk may learn of it later: a recovery after a power loss moves it again. */
bool journal_file_away(struct run *run);

/* Opens STATE/undo, making it when `make`; -1 with errno set. */
int journal_open_undo(struct run *run, bool make);
