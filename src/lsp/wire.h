/* What comes from an editor and goes to it: messages, each behind a header that says its length.
 * In: bytes of an editor, open texts and the files beside them. Out: diagnostics, fixes and answers for the editor. */
#pragma once

#include "base/text.h"

/* The most that is read of one message and of one header, in bytes. */
enum { WIRE_LARGEST = 64 * 1024 * 1024, WIRE_LONGEST_HEADER = 8192 };

/* Zero-initialise; wire_release() gives the memory back. */
struct wire {
	char *bytes;      /* that have come and are not taken yet: [start, end) */
	size_t start, end, capacity;
	size_t skipped;   /* bytes of a message that is too large, still to come */
};

enum wire_take {
	WIRE_MESSAGE,
	WIRE_NONE,        /* no whole message is there yet */
	WIRE_TOO_LARGE,   /* one is passed over; what follows it is understood again */
	WIRE_NONSENSE     /* a header that says no length: nothing behind it can be understood */
};

/* Adds bytes that have come. */
void wire_add(struct wire *wire, struct text bytes);

/* Reads what there is from a descriptor, waiting for it; false at its end, and when it can't be read. */
bool wire_read(struct wire *wire, int descriptor);

/* Takes the next message; `*content` is good until bytes are added. */
enum wire_take wire_take(struct wire *wire, struct text *content);

/* Writes a message as it is: whoever makes one masks the texts in it, as a fix may have to write a secret. False with errno
 * set. */
bool wire_write(int descriptor, struct text content);

void wire_release(struct wire *wire);
