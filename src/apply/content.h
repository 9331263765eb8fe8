/* What a file holds: compared with what the run knows of it, and written so that it is surely on the disk. */
#pragma once

#include "apply/run.h"

enum content {
	CONTENT_ABSENT,  /* no file of that name */
	CONTENT_OLD,     /* the bytes of before */
	CONTENT_NEW,     /* the bytes of after */
	CONTENT_OTHER,   /* anything else, a link or a folder too */
	CONTENT_UNKNOWN, /* it could not be read; errno says why */
	CONTENT_KINDS
};

/* What `name` in the patch's folder holds now; `*status` (unless NULL) is set when the file could be opened. */
enum content content_of(struct run *run, const struct patch *patch, const char *name, struct stat *status);

/* Reads a file of at most `scratch_size` - 1 bytes from its start into the scratch; a larger one is cut there. */
bool content_read(struct run *run, int descriptor, struct text *bytes);

/* Makes the bytes the whole content of a file, from offset 0 on, and sends them on their way to the disk; false with errno
 * set. */
bool content_write(int descriptor, struct text bytes);

/* Forces a file to the disk and reads it back: false with errno set when it does not hold the bytes. The descriptor
 * must be open for reading. */
bool content_settle(struct run *run, int descriptor, struct text bytes);

/* Makes a file of mode 0600 that must not be there yet and writes it; false with errno set. It is on the way to the disk
 * then, and there after content_settle_name(): files that are first all written and then all settled cost the disk
 * little more than one. */
bool content_store(int folder, const char *name, struct text bytes);

/* Settles a file by its name, as content_settle() does. */
bool content_settle_name(struct run *run, int folder, const char *name, struct text bytes);

/* Forces the names of a folder to the disk; true as well where the file system knows no such thing. */
bool folder_sync(int folder);
