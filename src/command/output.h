/* The one way out: all that the program writes for people and programs passes redact_output() here, whatever was masked
 * before. Only what changes files of the user, and what a handler or the helper is told, is written elsewhere. */
#pragma once

#include "base/text.h"

/* To standard output; false with errno set. */
bool output_print(struct text text);
void output_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The exit status of a run that would end with `status`, where not all could be written to standard output: that is said, and
 * a status stays that tells in which state files and programs are. */
int output_status(int status);

/* To standard error. */
void output_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* --- a report into a file that others may read at any moment --- */

/* Writes a new file beside `path` (mode 0644) and gives it that name: who reads it finds the old text or the new one, whole.
 * False with a sentence in `*fault`. */
bool output_replace(struct arena *arena, struct text path, struct text text, struct text *fault);
