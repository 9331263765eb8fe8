/* What a run has to say besides its report goes to standard error, and no byte of a path drives the terminal. */
#pragma once

#include "apply/transaction.h"
#include "diagnostic/diagnostic.h"

/* A text as it may be shown: see terminal_add(). */
struct text tell_shown(struct arena *arena, struct text text);

/* Prints "arilint: error: " and the sentence behind `before`. */
void tell_error(struct arena *arena, const char *before, struct text sentence);

/* Prints "arilint: note: " and the sentence. */
void tell_note(struct arena *arena, struct text sentence);

/* Tells which inputs could not be read, and whether there are any. */
bool tell_unread(const struct diagnostics *diagnostics);

/* Prints the notes of an outcome. */
void tell_notes(struct arena *arena, const struct apply_outcome *outcome);

/* The exit status of an outcome. */
int tell_status(const struct apply_outcome *outcome);

/* Prints the notes of an outcome and, when it is not done, the reason; returns its exit status. */
int tell_outcome(struct arena *arena, const struct apply_outcome *outcome);
