#include "apply/recover.h"

#include <errno.h>
#include <unistd.h>

#include "apply/journal.h"
#include "apply/rollback.h"
#include "base/exhaustion.h"

/* The folder of a file of an interrupted run. That it is gone is no fault; that it can't be reached now is one. */
static bool find_folder(struct run *run, struct patch *patch) {
	struct way way;
	int error = way_walk(run->arena, patch->path, WAY_WITHOUT_LINKS, &way);
	if (error == ENOENT || error == ENOTDIR || error == ELOOP) return true;
	if (error)
		return run_fail_system(run, "reach", patch->path, error);
	bool opened = run_open_folder(run, &way, &patch->folder);
	int fault = errno;
	close(way.folder);
	return opened || run_fail_system(run, "reach", patch->path, fault);
}

static bool recover_loaded(struct run *run) {
	for (size_t i = 0; i < run->patches.count; i++)
		if (!find_folder(run, &run->patches.items[i]))
			return false;
	return run->phase == PHASE_DONE ? rollback_clear_up(run) : rollback(run);
}

static bool recover_journal(struct run *run) {
	enum phase phase = run->phase;
	bool absent;
	if (!journal_trusts(run, run->journal, text_of(journal_names[phase]))) return false;
	if (!journal_load(run, run->journal, journal_names[phase], &absent)) return false;
	if (!absent)
		return recover_loaded(run);
	return journal_remove(run->state, journal_names[phase], true) || run_fail_state(run, "remove the journal in");
}

static bool recover_phase(struct run *run, enum phase phase) {
	run->journal = openat(run->state, journal_names[phase], OPEN_FOLDER);
	if (run->journal < 0)
		return errno == ENOENT || run_fail_state(run, "open the journal in");
	run->phase = phase;
	if (phase != PHASE_PUBLISH)
		return recover_journal(run);
	enum exhaustion before = exhaustion_leaves(EXHAUSTION_BROKEN);
	bool done = recover_journal(run);
	if (done && !run->abandoned)
		exhaustion_leaves(before);
	return done;
}

static enum apply_result finish(struct run *run, struct run *past, bool done) {
	run_close(past);
	for (size_t i = 0; i < past->notes.count; i++)
		*list_add(run->arena, &run->notes) = past->notes.items[i];
	if (past->abandoned)
		run_fail(run,
		         "not every file of the interrupted run %.*s could be put back, as another program has changed it "
		         "since; nothing else was done, run again",
		         TEXT_ARGUMENTS(past->id));
	else if (!done)
		run_fail(run, "an interrupted run is not yet put back: %.*s; then run `arilint recover`",
		         TEXT_ARGUMENTS(past->reason));
	if (done && !past->abandoned)
		return APPLY_DONE;
	/* Before the first file was published and behind the commit there is only clearing up left. */
	return past->abandoned || past->phase == PHASE_PUBLISH ? APPLY_BROKEN : APPLY_UNCHANGED;
}

enum apply_result recover(struct run *run, struct text *recovered) {
	enum apply_result result = APPLY_DONE;
	*recovered = TEXT("");
	for (enum phase phase = PHASE_PREPARE; phase <= PHASE_DONE && result == APPLY_DONE; phase++) {
		struct run past = {.arena = run->arena, .options = run->options, .state = run->state, .journal = -1};
		past.signals = run->signals;
		bool done = recover_phase(&past, phase);
		if (past.id.length)
			*recovered = past.id;
		result = finish(run, &past, done);
	}
	return result;
}
