/* Who may say what: one model, asked of everything that is obeyed, followed, run or written in.
 *
 * asked of                                             whose word counts besides root's
 * a configuration that was found, packs it names       ours
 * files that say what is run, and the programs         the user's who is to run it
 * the folder that a handler is run in                  the user's who is to run it
 * lists of hosts that may be shown a password          ours
 * arilint-verify, arilint-lsp                          ours, the owner's of arilint
 * the state folder and all that lies in it             nobody's: it is ours alone
 * the way to a file that is changed                    ours, the owner's of the file, and of who may write the file
 * a file that is included, or that a link leads to     whoever decides over that way must be able to read the file himself
 * a file that is included, opened by root              nobody's: it is opened with the rights of who owns what includes it
 * a value that goes from a file into another           see trust/flow.h
 *
 * Somebody decides over a way when he owns a folder, a link or the file on it, may put another in the place of one (the sticky
 * bit is known), or may write the file; a closed folder above does not take that back. Groups count by their members, access
 * control lists by their entries.
 * In: a path and who obeys it. Out: whether others may change it. */
#pragma once

#include "trust/way.h"

enum { TRUST_MOST_USERS = 4 };

/* Whose word counts besides root's. */
struct trusted {
	uid_t users[TRUST_MOST_USERS];
	size_t count;
	const struct object *file;     /* and that of who may write this file anyway; NULL: of none */
	bool strict;                   /* no group may write to any of it, whoever is in the group */
};

/* Root and a user, strictly: for what is run, and for what says what is run. */
struct trusted trust_in(uid_t user);

/* Root, and whoever runs this program. */
struct trusted trust_in_us(void);

/* Whether nobody else decides over a way and what it leads to; `*fault` says who does: "belongs to ...", with the path before
 * it where it is not the last that is meant. */
bool trust_way(struct arena *arena, const struct way *way, const struct object *last, const struct trusted *trusted,
               struct text *fault);

/* The same of a path: -1 with an empty fault when there is nothing, and with one when it may not be trusted or is not to be
 * reached; else a descriptor (O_PATH) of what it leads to. */
int trust_open(struct arena *arena, struct text path, enum way_kind kind, const struct trusted *trusted,
               struct text *fault);

/* The same, when it need not be kept open. */
bool trust_path(struct arena *arena, struct text path, enum way_kind kind, const struct trusted *trusted,
                struct text *fault);

/* The same of a file of a folder that is trusted. */
bool trust_read(struct arena *arena, int folder, struct text name, const struct trusted *trusted, size_t largest,
                struct text *bytes, struct text *fault);

/* The same of an open file or folder, however it was come to. */
bool trust_descriptor(struct arena *arena, int descriptor, const struct trusted *trusted, struct text *fault);

/* Walks to something that is there; false with errno set. */
bool trust_find(struct arena *arena, struct text path, enum way_kind kind, struct found *found);

/* Whether everybody who decides over what leads to a file (a file that includes it: WAY_FILE, a link to it: WAY_ITSELF) can read
 * it: else he has others read for him what he may not. True as well where there is no such file. `*who` is one who can't. */
bool trust_leads(struct arena *arena, struct text from, enum way_kind kind, struct text to, struct text *who);
