/* Files are changed all together or not at all. In: paths with the bytes that were read and the bytes that are to be.
 * Out: the files changed and their originals kept in the state folder, or nothing changed and the reason. After a
 * fault, a kill or a full disk at any moment each file is whole, and the next run, or apply_recover(), makes all files
 * of the run old or all new. Reasons and notes name paths (control bytes escaped), never contents. */
#pragma once

#include "apply/change.h"

/* The state folder when none is given: /var/lib/arilint for root, else $XDG_STATE_HOME/arilint or
 * ~/.local/state/arilint. */
struct text apply_default_state_directory(struct arena *arena);

/* Changes all files or none; recovers an interrupted run first, which may make `before` untrue: to spare the user a
 * second try, call apply_recover() before the files are read. Changes whose bytes are equal are passed over, and when
 * none is left no file or folder is created or touched. */
struct apply_outcome apply_changes(struct arena *arena, const struct change *changes, size_t count,
                                   const struct apply_options *options);

/* Puts the originals of a run back, with mode and owner (empty id: the newest run), as a transaction of its own that
 * removes the run from the list. Refused when a file has changed since, unless forced. `restored` gets the paths. */
struct apply_outcome apply_undo(struct arena *arena, struct text run, const struct apply_options *options,
                                struct text_list *restored);

/* Whether a killed run has left a journal; looks, and neither makes nor touches anything. */
bool apply_was_interrupted(struct arena *arena, const struct apply_options *options);

/* Finishes or rolls back what a killed run left; done when there is nothing to recover. */
struct apply_outcome apply_recover(struct arena *arena, const struct apply_options *options);

/* These runs, oldest first. Looks, and neither makes nor touches anything; without any it costs one open that fails. */
struct pending_list apply_pending(struct arena *arena, const struct apply_options *options);

/* Holds the state folder, so that no other run changes files while handlers are at work, and lets signals wait. An
 * interrupted run is recovered first. apply_release() is due in any case. */
struct apply_hold;
struct apply_outcome apply_hold(struct arena *arena, const struct apply_options *options, struct apply_hold **hold);
void apply_release(struct apply_hold *hold);

/* The handlers that were pending when it was held, each once. */
struct text_list apply_held(const struct apply_hold *hold);

/* Notes that one of them has succeeded; false with a reason. */
bool apply_loaded(struct apply_hold *hold, struct text name, struct text *reason);

/* Whether a signal waits that is to end the program. */
bool apply_interrupted(const struct apply_hold *hold);

/* The runs that can be undone, newest first. */
struct apply_outcome apply_list_runs(struct arena *arena, const struct apply_options *options,
                                     struct kept_run_list *runs);
