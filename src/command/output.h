/* The one way out: all that the program writes for people and programs passes redact_output() here, whatever was masked
 * before. Only a whole file that goes back to whom it came from, what changes files of the user, and what a handler or the helper is told, is written elsewhere. */
#pragma once

#include "base/text.h"

/* To standard output; false with errno set. */
bool output_print(struct text text);
void output_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The bytes of a file of the user's own, as they are: what he has given us comes back to him. */
bool output_print_file(struct text bytes);

/* The exit status of a run that would end with `status`, where not all could be written to standard output, which is said, or
 * to a file: a status stays that tells in which state files and programs are. */
int output_status(int status);

/* To standard error. */
void output_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* --- a report into a file that others may read at any moment --- */

/* Writes a new file beside `path` and gives it that name: who reads it finds the old text or the new one, whole. Only what is
 * no file yet or a regular one is replaced, and no link of another user is followed on the way. Its mode is 0644 with
 * `for_others`, else as the umask says. False with a sentence in `*fault`. */
bool output_replace(struct arena *arena, struct text path, struct text text, bool for_others, struct text *fault);

/* The same with the user's mode; a fault is told, and output_status() knows of it. */
void output_keep(struct arena *arena, struct text path, struct text text);

/* Tells that a file did not get its report, and why (an errno; EEXIST: it is an input); output_status() knows of it. */
void output_lose(struct text path, int error);

/* To a descriptor that another process of ours reads; false with errno set. */
bool output_hold(int descriptor, struct text text);
