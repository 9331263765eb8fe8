/* What the system lets a person do to a file or folder: mode bits, groups and POSIX access control lists. */
#pragma once

#include <sys/stat.h>

#include "model/account.h"

enum { ACL_USER = 0x02, ACL_GROUP_OBJECT = 0x04, ACL_GROUP = 0x08 };

struct acl_entry {
	unsigned tag, access;  /* as the kernel numbers them; R_OK, W_OK, X_OK */
	uid_t id;              /* of the user or group that is named */
};

/* A file, folder or link as it was found. */
struct object {
	struct text path;      /* absolute, for messages; the root is "/" */
	struct stat status;
	struct LIST_OF(struct acl_entry) acl; /* empty: the mode bits are all there is */
};

/* Takes status and list of an open file or folder, O_PATH included; false with errno set. Where a list can't be read, its
 * group bits count for everybody. */
bool object_take(struct arena *arena, int descriptor, struct object *object);

/* Whether a person may do all that `access` says (R_OK, W_OK, X_OK), root's powers left out. */
bool object_lets(const struct object *object, const struct account *person, unsigned access);
