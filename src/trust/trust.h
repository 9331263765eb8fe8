/* Whether others may change a thing: one question, asked of all that is obeyed, run or written in.
 *
 * asked of                                             who may own it                       who else may write to it
 * files that say what is run, and the programs         root, the user who is to run it      nobody
 * lists of hosts that may be shown a password          root, we                             nobody
 * arilint-verify                                       root, we, the owner of arilint       nobody
 * the state folder                                     we                                   nobody
 * folders of a file that is changed as root            root, the owner of the file          the file's group, if it may write the file
 * a configuration that was found, folders on the way   root, we, who became root by sudo    is not looked at
 *
 * Owner and mode bits are looked at; access control lists are not.
 * In: a path and who obeys it. Out: whether others may change it. */
#pragma once

#include <sys/stat.h>

#include "base/text.h"

/* Who may change it. */
struct trusted {
	uid_t owners[3];
	size_t owner_count;
	bool group_writes;     /* members of `group` may write to what is that group's */
	gid_t group;
	bool any_mode;         /* who else may write is not looked at */
};

enum trust { TRUST_SAFE, TRUST_OWNER, TRUST_MODE };

/* What speaks against it: nothing, its owner, or that others may write to it. */
enum trust trust_check(const struct stat *status, const struct trusted *trusted);

/* Root and one user more. */
struct trusted trust_owner(uid_t owner);

/* Whether nobody but we may change it. */
bool trust_is_ours(const struct stat *status);

/* Whether nobody but root and `owner` may; `*fault` says what is wrong: "belongs to ...". */
bool trust_status(struct arena *arena, const struct stat *status, uid_t owner, struct text *fault);

/* Opens a folder of an absolute path whose every part may be trusted so; no part may be a symbolic link. A folder in which
 * everybody may make files but only change his own (/tmp) will do for a part, not for the last. Returns -1 with an empty
 * fault when there is none, and with a sentence otherwise. */
int trust_open_folder(struct arena *arena, struct text path, uid_t owner, struct text *fault);

/* Reads a file of an open folder that may be trusted so, of at most `largest` bytes. False with an empty fault when there is
 * none, and with one that says what it is or that it "can't be read" otherwise. */
bool trust_read(struct arena *arena, int folder, struct text name, uid_t owner, size_t largest, struct text *bytes,
                struct text *fault);

/* Whether all folders on the way to a file, symbolic links followed, may be trusted so; `*fault` else names the first that
 * may not. */
bool trust_way(struct arena *arena, struct text path, uid_t owner, struct text *fault);
