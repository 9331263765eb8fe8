/* Spelling: how a value is written so that programs read it back. */
#pragma once

#include "reader/reader.h"

/* A value as it stands in a file. */
struct spelling {
	struct text value;    /* as the file's first reader sees it */
	struct text blanks;   /* before it, behind the `=`; they stay */
	struct text written;  /* what stands for it, quotes included */
	bool exported;        /* `export` stands before the key */
	struct text rest;     /* what follows on its line, without the line feed; it stays */
};

/* The first form of `value` that every one of the readers reads back byte for byte where the old one stands; false when
 * there is none. */
bool spelling_find(struct arena *arena, const struct reader *const *with, size_t count, struct text value,
                   const struct spelling *old, struct text *written);

/* The same of what is to take the place of a value. Readers of .env files are taken to be more than are declared: those,
 * too, that read the old value as the first one does. Left out are only programs that keep quotes as a part of a value,
 * for which hardly any value could be written. Why there is no form, for people; empty when there is. */
struct text spelling_replace(struct arena *arena, const struct reader *const *declared, size_t count,
                             const struct spelling *old, struct text value, struct text *written);
