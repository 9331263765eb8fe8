#include "process/rights.h"

#include <grp.h>
#include <sys/fsuid.h>
#include <unistd.h>

/* The group of a user whom the machine doesn't know. */
enum { NO_GROUP = 65534 };

static struct group_list groups_of(struct arena *arena, uid_t user) {
	const struct accounts *accounts = accounts_read();
	for (size_t i = 0; i < accounts->users.count; i++)
		if (accounts->users.items[i].user == user)
			return accounts->users.items[i].groups;
	struct group_list none = {0};
	*list_add(arena, &none) = NO_GROUP;
	return none;
}

static bool take_own_groups(struct arena *arena, struct group_list *groups) {
	int count = getgroups(0, NULL);
	if (count < 0)
		return false;
	*groups = (struct group_list){.items = arena_array(arena, gid_t, (size_t)count + 1), .count = (size_t)count};
	return getgroups(count, groups->items) == count;
}

struct rights rights_borrow(struct arena *arena, uid_t user) {
	struct rights rights = {false, {0}};
	if (geteuid() != 0 || user == 0 || !take_own_groups(arena, &rights.groups))
		return rights;
	struct group_list groups = groups_of(arena, user);
	if (setgroups(groups.count, groups.items) < 0)
		return rights;
	setfsgid(groups.items[0]);
	setfsuid(user);
	rights.borrowed = true;
	return rights;
}

void rights_give_back(const struct rights *rights) {
	if (!rights->borrowed) return;
	setfsuid(geteuid());
	setfsgid(getegid());
	/* Allowed a moment ago with the same powers; if not, we have fewer rights than before, not more. */
	if (setgroups(rights->groups.count, rights->groups.items) < 0) return;
}
