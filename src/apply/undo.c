#include "apply/transaction.h"

#include <stddef.h>
#include <unistd.h>

#include "apply/journal.h"
#include "apply/kept.h"
#include "apply/patch.h"
#include "apply/session.h"
#include "base/buffer.h"
#include "base/file.h"

/* Reads the kept run; its reasons are this run's. */
static bool load_kept(struct run *run, struct text id, struct run *kept) {
	int folder = kept_open(run, id);
	if (folder < 0) return false;
	bool absent;
	*kept = (struct run){.arena = run->arena, .options = run->options, .state = run->state, .journal = -1};
	const char *name = text_format(run->arena, "undo/%.*s", TEXT_ARGUMENTS(id)).bytes;
	bool loaded = journal_load(kept, folder, name, &absent);
	close(folder);
	if (loaded && absent)
		loaded = run_fail(kept, "the kept run %.*s is not complete; `arilint recover` removes it", TEXT_ARGUMENTS(id));
	if (!loaded)
		run_fail(run, "%.*s", TEXT_ARGUMENTS(kept->reason));
	return loaded;
}

static bool newest(struct run *run, struct text *id) {
	struct text_list ids = {0};
	if (!kept_list(run, &ids)) return false;
	if (!ids.count)
		return run_fail(run, "there is no run to undo in %.*s", RUN_SHOWN(run, run->options->state_directory));
	*id = ids.items[0];
	return true;
}

static bool is_as_written(const struct run *kept, const struct patch *then, const struct patch *now) {
	return now->before.length == then->after_size && siphash(&kept->key, now->before) == then->after_hash;
}

/* Adds what brings one file back. The path of a file that has changed since is added to `changed`, for the reason. */
static bool add_original(struct run *run, const struct run *kept, const struct patch *then, struct buffer *changed) {
	struct patch now;
	if (!patch_open(run, then->path, false, &now)) return false;
	if (text_equal(now.before, then->before)) return true;
	if (!run->options->force && !is_as_written(kept, then, &now)) {
		buffer_add_string(changed, changed->length ? ", " : "");
		buffer_add(changed, run_escape(run->arena, then->path));
		return true;
	}
	now.after = then->before;
	now.after_size = then->before_size;
	now.new = then->old;
	now.rules = then->rules;
	*list_add(run->arena, &run->patches) = now;
	return true;
}

static enum apply_result undo(struct session *session, struct text id, struct text_list *restored) {
	struct run *run = &session->run, kept;
	if ((!id.length && !newest(run, &id)) || !load_kept(run, id, &kept))
		return APPLY_UNCHANGED;
	struct buffer changed = {.arena = run->arena};
	for (size_t i = 0; i < kept.patches.count; i++)
		if (!add_original(run, &kept, &kept.patches.items[i], &changed))
			return APPLY_UNCHANGED;
	if (changed.length) {
		run_fail(run,
		         "nothing was undone: changed since the run %.*s: %.*s; use --force to bring the originals back "
		         "all the same",
		         TEXT_ARGUMENTS(id), TEXT_ARGUMENTS(buffer_text(&changed)));
		return APPLY_UNCHANGED;
	}
	run->undoes = id;
	run->handlers = kept.handlers;
	if (!run->patches.count)
		return kept_remove(run, id) ? APPLY_DONE : APPLY_UNCHANGED;
	enum apply_result result = session_commit(session);
	for (size_t i = 0; result == APPLY_DONE && i < run->patches.count; i++)
		*list_add(run->arena, restored) = run->patches.items[i].path;
	return result;
}

struct apply_outcome apply_undo(struct arena *arena, struct text run_id, const struct apply_options *options,
                                struct text_list *restored) {
	struct session session;
	struct text recovered;
	enum apply_result result = session_open(&session, arena, options, false, &recovered);
	struct run *run = &session.run;
	if (result == APPLY_DONE && run->state < 0) {
		run_fail(run, "there is no run to undo: the state folder %.*s is not there",
		         RUN_SHOWN(run, options->state_directory));
		result = APPLY_UNCHANGED;
	}
	if (result == APPLY_DONE)
		result = undo(&session, run_id, restored);
	struct apply_outcome outcome = run_outcome(run, result);
	session_close(&session);
	return outcome;
}

static bool list_one(struct run *run, struct text id, struct kept_run_list *runs) {
	struct run kept = {.arena = run->arena, .options = run->options, .state = run->state, .journal = -1};
	int folder = kept_open(run, id);
	if (folder < 0) return false;
	bool absent;
	const char *name = text_format(run->arena, "undo/%.*s", TEXT_ARGUMENTS(id)).bytes;
	bool loaded = journal_load_manifest(&kept, folder, name, &absent);
	close(folder);
	if (!loaded)
		run_note(run, "%.*s", TEXT_ARGUMENTS(kept.reason));
	if (!loaded || absent) return true;
	struct kept_run *listed = list_add(run->arena, runs);
	listed->id = id;
	listed->handlers = kept.handlers;
	for (size_t i = 0; i < kept.patches.count; i++) {
		*list_add(run->arena, &listed->paths) = kept.patches.items[i].path;
		*list_add(run->arena, &listed->rules) = kept.patches.items[i].rules;
	}
	return true;
}

struct apply_outcome apply_list_runs(struct arena *arena, const struct apply_options *options,
                                     struct kept_run_list *runs) {
	struct run run = {.arena = arena, .options = options, .state = -1, .lock = -1, .journal = -1};
	struct text_list ids = {0};
	bool listed = journal_open_state(&run, false) && (run.state < 0 || kept_list(&run, &ids));
	for (size_t i = 0; listed && i < ids.count; i++)
		listed = list_one(&run, ids.items[i], runs);
	file_close(run.state, true);
	return run_outcome(&run, listed ? APPLY_DONE : APPLY_UNCHANGED);
}
