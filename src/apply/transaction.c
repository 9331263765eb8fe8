#include "apply/transaction.h"

#include <stddef.h>
#include <sys/resource.h>

#include "apply/kept.h"
#include "apply/patch.h"
#include "apply/replacement.h"
#include "apply/session.h"

static bool changes_something(const struct change *change) { return !text_equal(change->before, change->after); }

/* Each folder stays open while the run is at work. */
static void allow_open_files(size_t count) {
	enum { BESIDES = 64 };
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= count + BESIDES) return;
	limit.rlim_cur = limit.rlim_max < count + BESIDES ? limit.rlim_max : count + BESIDES;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static bool check_before(struct run *run, const struct change *change, const struct patch *patch, struct text recovered) {
	if (text_equal(patch->before, change->before)) return true;
	run->stale = !recovered.length;
	return run_fail(run,
	                recovered.length ? "%.*s is not what was read any more, as an interrupted run was put back; run again"
	                                 : "%.*s was changed by another program after it was read; run again",
	                RUN_SHOWN(run, patch->path));
}

/* False with a reason when the file is already part of the run under another path. */
static bool check_single(struct run *run, struct map *seen, const struct patch *patch) {
	struct {
		dev_t device;
		ino_t inode;
	} *key = arena_allocate(run->arena, sizeof(*key));
	key->device = patch->device;
	key->inode = patch->inode;
	if (map_put(run->arena, seen, (struct text){(const char *)key, sizeof(*key)}, key) == key) return true;
	return run_fail(run, "%.*s would be changed twice, as two paths lead to it; name it once",
	                RUN_SHOWN(run, patch->path));
}

/* Whose the values are may have changed since the fixes were chosen. */
static bool check_flows(struct run *run, const struct change *change) {
	struct text reason = TEXT("");
	for (size_t i = 0; i < change->flows.count; i++)
		if (flow_ask(run->arena, &change->flows.items[i], change->path, &reason) != FLOW_ALLOWED)
			return run_fail(run, "%.*s is not changed: %.*s", RUN_SHOWN(run, change->path), RUN_SHOWN(run, reason));
	return true;
}

static bool add_change(struct run *run, const struct change *change, struct text recovered, struct map *seen) {
	struct patch patch;
	if (!patch_open(run, change->path, true, &patch) || !check_before(run, change, &patch, recovered) ||
	    !check_single(run, seen, &patch) || !check_flows(run, change))
		return false;
	patch.after = change->after;
	patch.after_size = change->after.length;
	patch.rules = change->rules;
	if (run->options->backup == BACKUP_SUFFIX)
		patch.backup = replacement_backup_name(run, &patch);
	if (run->options->backup == BACKUP_SUFFIX && !patch.backup) return false;
	*list_add(run->arena, &run->patches) = patch;
	return true;
}

static enum apply_result change_all(struct session *session, const struct change *changes, size_t count,
                                    struct text recovered) {
	struct run *run = &session->run;
	struct map seen = {0};
	run->keep = run->options->backup != BACKUP_NONE;
	run->handlers = run->options->handlers;
	for (size_t i = 0; i < count; i++)
		if (changes_something(&changes[i]) && !add_change(run, &changes[i], recovered, &seen))
			return APPLY_UNCHANGED;
	enum apply_result result = session_commit(session);
	for (size_t i = 0; result == APPLY_DONE && i < run->patches.count; i++) {
		const struct patch *patch = &run->patches.items[i];
		if (patch->backup)
			run_note(run, "the original of %.*s is kept beside it as %.*s",
			         RUN_SHOWN(run, patch->path), RUN_SHOWN(run, text_of(patch->backup)));
	}
	return result;
}

static void note_recovery(struct run *run, struct text recovered) {
	if (recovered.length)
		run_note(run, "the interrupted run %.*s was dealt with first", TEXT_ARGUMENTS(recovered));
}

struct apply_outcome apply_changes(struct arena *arena, const struct change *changes, size_t count,
                                   const struct apply_options *options) {
	size_t needed = 0;
	for (size_t i = 0; i < count; i++)
		needed += changes_something(&changes[i]);
	if (!needed)
		return (struct apply_outcome){.result = APPLY_DONE};
	allow_open_files(needed);
	struct session session;
	struct text recovered;
	enum apply_result result = session_open(&session, arena, options, true, &recovered);
	if (result == APPLY_DONE) {
		note_recovery(&session.run, recovered);
		result = change_all(&session, changes, count, recovered);
	}
	struct apply_outcome outcome = run_outcome(&session.run, result);
	session_close(&session);
	return outcome;
}

struct apply_outcome apply_recover(struct arena *arena, const struct apply_options *options) {
	struct session session;
	struct text recovered;
	enum apply_result result = session_open(&session, arena, options, false, &recovered);
	struct run *run = &session.run;
	note_recovery(run, recovered);
	if (result == APPLY_DONE && run->state >= 0 && !kept_sweep(run))
		result = APPLY_UNCHANGED;
	struct apply_outcome outcome = run_outcome(run, result);
	session_close(&session);
	return outcome;
}
