/* The kinds of faults that readers report, by name. */
#pragma once

#include "reader/view.h"

/* All kinds of faults.def; the last is NULL. */
extern const char *const fault_kinds[];

/* Whether a fault of this kind makes the program refuse the whole file; `kind` must be one of faults.def. */
bool fault_refuses(const char *kind);

/* Whether it is the lack of something that may stand before the file where another one includes it. */
bool fault_is_lack(const char *kind);

/* What happened, in words for people; with the detail where there is one. */
struct text fault_words(struct arena *arena, const struct fault *fault);

/* Adds a fault to the view. `kind` must be one of faults.def (asserted); a kind that refuses the file also sets
 * view->ok to false and view->error, unless an earlier fault has. */
void fault_add(struct arena *arena, struct view *view, const char *kind, struct place place, struct text detail);
