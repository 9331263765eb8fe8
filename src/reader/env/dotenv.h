/* The scanner of npm dotenv 16 and newer, which its overlays share. */
#pragma once

#include "reader/env/env.h"

/* What differs between npm dotenv and Ruby's, whose expression it took over. */
struct dotenv_switches {
	enum blanks blanks;                        /* \s */
	size_t (*line_end)(struct text, size_t);   /* where `^` and `$` hold */
	const char *quotes;
	const char *key_marks;                     /* what a key may hold beside letters, digits and `_` */
	/* Sets the content, the quote and, when it differs, the effective value. */
	void (*read)(struct env_scan *, struct env_statement *);
	bool bare_keys;                            /* a key needs no `=` behind it: its value is empty */
	bool mark_dropped;                         /* a byte order mark is passed over (in JavaScript it is a blank) */
};

extern const struct dotenv_switches dotenv_switches;

/* Scans as the regular expression LINE of dotenv 16.6.1, lib/main.js. */
void dotenv_scan(struct env_scan *scan);
