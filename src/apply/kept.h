/* The runs that can be undone: folders of STATE/undo. */
#pragma once

#include "apply/run.h"

/* Ids of all kept runs, newest first; none when there is no such folder. False with a reason. */
bool kept_list(struct run *run, struct text_list *ids);

/* Removes one; true as well when the id is empty or there is none of it. */
bool kept_remove(struct run *run, struct text id);

/* Removes those beyond options->keep_runs and those older than 30 days, but never this run's. */
bool kept_prune(struct run *run);

/* Removes what a killed removal left. */
bool kept_sweep(struct run *run);

/* Whether a name can be an id. */
bool kept_is_id(struct text name);

/* A new id: UTC time to the microsecond, so that ids sort by age, and the process. */
struct text kept_new_id(struct arena *arena);

/* Opens STATE/undo/ID; -1 with a reason. */
int kept_open(struct run *run, struct text id);
