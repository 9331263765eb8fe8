/* Who else is on this machine: everybody who could have rights on what a way passes. */
#pragma once

#include "trust/way.h"

struct people LIST_OF(struct account);

/* What a person without a name is to the system. */
#define NOBODY_KNOWN ((uid_t)UINT32_MAX)

/* All users of the machine but root, with their groups, and those whom only numbers in these objects speak of. Strangers, who
 * have no right of their own, called "others", are added too: one in no group and one in all groups that /etc/group does not know; where a
 * directory service may know members of groups, in all groups of these objects. */
struct people people_of(struct arena *arena, const struct object *const *objects, size_t count);
