#include "apply/session.h"

#include <stdio.h>

#include "apply/journal.h"
#include "apply/kept.h"
#include "apply/pending.h"
#include "apply/publish.h"
#include "apply/recover.h"
#include "apply/replacement.h"
#include "apply/rollback.h"
#include "base/file.h"

enum apply_result session_open(struct session *session, struct arena *arena, const struct apply_options *options,
                               bool make, struct text *recovered) {
	struct run *run = &session->run;
	*session = (struct session){0};
	*run = (struct run){arena, options, &session->signals, .state = -1, .lock = -1, .journal = -1};
	*recovered = TEXT("");
	signals_defer(&session->signals);
	if (!journal_open_state(run, make) || (run->state >= 0 && !journal_lock(run)))
		return APPLY_UNCHANGED;
	return run->state >= 0 ? recover(run, recovered) : APPLY_DONE;
}

void session_close(struct session *session) {
	run_close(&session->run);
	file_close(session->run.lock, true);
	file_close(session->run.state, true);
	signals_deliver(&session->signals);
}

static void name_temporaries(struct run *run) {
	run->id = kept_new_id(run->arena);
	for (size_t i = 0; i < run->patches.count; i++) {
		struct text name = text_format(run->arena, ".arilint-%.*s-%zu", TEXT_ARGUMENTS(run->id), i);
		run->patches.items[i].temporary = name.bytes;
	}
}

static bool make_replacements(struct run *run) {
	for (size_t i = 0; i < run->patches.count; i++) {
		struct patch *patch = &run->patches.items[i];
		if ((patch->backup && !replacement_back_up(run, patch)) ||
		    !replacement_make(run, patch, patch->temporary, patch->after, &patch->new))
			return false;
	}
	return true;
}

/* Written is everything by now: forced to the disk in one go, it costs less. */
static bool settle_all(struct run *run) {
	if (!journal_settle(run)) return false;
	for (size_t i = 0; i < run->patches.count; i++) {
		const struct patch *patch = &run->patches.items[i];
		if (!patch->in_place && !replacement_settle(run, patch, patch->temporary, patch->after)) return false;
	}
	return rollback_sync(run);
}

/* Memory must not run out between the first file and the last: messages have their room now. */
static void reserve_messages(struct run *run) {
	size_t size = 64 * 1024;
	for (size_t i = 0; i < run->patches.count; i++)
		size += 16 * run->patches.items[i].path.length + 4096;
	arena_reserve(run->arena, size);
}

static bool begin_publishing(struct session *session) {
	reserve_messages(&session->run);
	session->before = exhaustion_leaves(EXHAUSTION_BROKEN);
	return journal_advance(&session->run, PHASE_PUBLISH);
}

static bool publish_all(struct run *run) {
	for (size_t i = 0; i < run->patches.count; i++)
		if (!publish(run, &run->patches.items[i]))
			return false;
	if (signals_waiting(run->signals))
		return run_fail(run, "a signal stopped it; run again");
	return rollback_sync(run);
}

/* The rename that removes the journal from a recovery's sight is the commit. When it can't be forced to the disk it is
 * taken back, and when that fails too, the files are new and the run counts. */
static bool commit(struct run *run) {
	if (journal_advance(run, PHASE_DONE)) return true;
	if (run->phase != PHASE_DONE) return false;
	if (renameat(run->state, journal_names[PHASE_DONE], run->state, journal_names[PHASE_PUBLISH]) < 0) return true;
	run->phase = PHASE_PUBLISH;
	return false;
}

static enum apply_result fail(struct session *session) {
	struct run *run = &session->run;
	bool untouched = run->phase <= PHASE_PREPARE;
	struct text cause = run->reason;
	run->reason = TEXT("");
	bool back = rollback(run);
	struct text trouble = run->reason;
	run->reason = cause;
	if (session->before && (untouched || (back && !run->abandoned)))
		exhaustion_leaves(session->before);
	if (back && !run->abandoned)
		return APPLY_UNCHANGED;
	if (back)
		run->reason = text_join(run->arena, cause,
		                        TEXT("; the others were put back, but not a file that another program has changed since"));
	else
		run->reason = text_format(run->arena, "%.*s; %s failed too (%.*s): run `arilint recover`",
		                          TEXT_ARGUMENTS(cause), untouched ? "clearing up" : "putting back",
		                          TEXT_ARGUMENTS(trouble));
	return untouched ? APPLY_UNCHANGED : APPLY_BROKEN;
}

enum apply_result session_commit(struct session *session) {
	struct run *run = &session->run;
	name_temporaries(run);
	if (!journal_begin(run) || !make_replacements(run) || !settle_all(run) || !pending_write(run) ||
	    !begin_publishing(session) || !publish_all(run) || !commit(run))
		return fail(session);
	exhaustion_leaves(EXHAUSTION_CHANGED);
	run->reason = TEXT("");
	if (!rollback_clear_up(run))
		run_note(run, "all files are changed, but clearing up failed: %.*s; `arilint recover` does it, or the next run",
		         TEXT_ARGUMENTS(run->reason));
	return APPLY_DONE;
}
