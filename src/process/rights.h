/* With whose rights this process looks for files. */
#pragma once

#include "model/account.h"

struct rights {
	bool borrowed;
	struct group_list groups;     /* that were ours before */
};

/* Until they are given back, files are looked for and opened as a user could, with the groups that /etc/group gives him. Only root
 * can: for anybody else, or where the system refuses it, nothing changes, and what modes and lists say must do (trust/trust.h). */
struct rights rights_borrow(struct arena *arena, uid_t user);

void rights_give_back(const struct rights *rights);
