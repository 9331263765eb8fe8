/* Users and groups of this machine, from /etc/passwd and /etc/group alone: users of a directory service are not known, and
 * a statically linked program can ask for no more. */
#pragma once

#include <sys/stat.h>

#include "base/list.h"
#include "base/text.h"

/* The name, or the number where there is none; in the arena. */
struct text account_user_name(struct arena *arena, uid_t user);
struct text account_group_name(struct arena *arena, gid_t group);

struct group_list LIST_OF(gid_t);

/* What a process of a user needs to be his. */
struct account {
	struct text name;
	struct text home;
	uid_t user;
	gid_t group;
	struct group_list groups;     /* all that he is in, his own first */
};

/* False when the machine has no user of that name. */
bool account_find(struct arena *arena, struct text name, struct account *account);

struct accounts {
	struct LIST_OF(struct account) users;
	struct group_list groups;     /* of which /etc/group knows the members, */
	struct text_list names;       /* and their names */
	bool complete;                /* no directory service may know more: /etc/nsswitch.conf names none */
};

/* All users of the machine; read once, and kept. */
const struct accounts *accounts_read(void);

/* Whether a group has no members but those that the users have: with a directory service only a user's own group, which is called
 * as he is. */
bool accounts_know_group(const struct accounts *accounts, gid_t group);

enum account_answer { ACCOUNT_UNKNOWN, ACCOUNT_NO, ACCOUNT_YES };

/* Whether the mode bits let a user of that name do what `access` says (R_OK, X_OK) to a file of that status. Unknown
 * when the machine has no such user. Access control lists are not looked at. */
enum account_answer account_may(struct arena *arena, struct text user, const struct stat *status, int access);
