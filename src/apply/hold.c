/* The state folder in one hand while programs read the changed files again. */
#include "apply/transaction.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply/pending.h"
#include "apply/session.h"
#include "trust/trust.h"

struct apply_hold {
	struct session session;
	struct pending_list pending;
};

struct pending_list apply_pending(struct arena *arena, const struct apply_options *options) {
	struct pending_list pending = {0};
	if (!options->state_directory.length)
		return pending;
	struct text path = text_join(arena, options->state_directory, TEXT("/pending"));
	int folder = open(text_string(arena, path), OPEN_FOLDER);
	if (folder < 0)
		return pending;
	const struct trusted us = trust_in(geteuid());
	struct text fault;
	if (trust_descriptor(arena, folder, &us, &fault))
		pending_list(arena, folder, &pending);
	close(folder);
	return pending;
}

struct apply_outcome apply_hold(struct arena *arena, const struct apply_options *options, struct apply_hold **hold) {
	struct text recovered;
	*hold = arena_new(arena, struct apply_hold);
	struct run *run = &(*hold)->session.run;
	enum apply_result result = session_open(&(*hold)->session, arena, options, false, &recovered);
	if (result == APPLY_DONE && run->state >= 0)
		(*hold)->pending = apply_pending(arena, options);
	return run_outcome(run, result);
}

struct text_list apply_held(const struct apply_hold *hold) {
	struct text_list names = {0};
	for (size_t i = 0; i < hold->pending.count; i++)
		for (size_t j = 0; j < hold->pending.items[i].handlers.count; j++)
			text_list_add_once(hold->session.run.arena, &names, hold->pending.items[i].handlers.items[j]);
	return names;
}

bool apply_loaded(struct apply_hold *hold, struct text name, struct text *reason) {
	struct run *run = &hold->session.run;
	bool done = true;
	for (size_t i = 0; i < hold->pending.count; i++)
		done = pending_take_out(run, hold->pending.items[i].id, name) && done;
	*reason = run->reason;
	return done;
}

bool apply_interrupted(const struct apply_hold *hold) { return signals_waiting(&hold->session.signals); }

void apply_release(struct apply_hold *hold) { session_close(&hold->session); }
