#include "trust/permission.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

/* system.posix_acl_access as the kernel hands it out, see linux/posix_acl_xattr.h: a version, then entries of tag, rights
 * and number, all in little-endian order. */
enum { ACL_VERSION = 2, ACL_HEAD = 4, ACL_ENTRY = 8, ACL_MOST = 512 };

static unsigned number_at(const unsigned char *bytes, size_t size) {
	unsigned number = 0;
	for (size_t i = size; i > 0; i--)
		number = number << 8 | bytes[i - 1];
	return number;
}

/* Everybody has what the group's bits say: more than anybody has where there is a list. */
static void give_group_bits_to_all(struct stat *status) { status->st_mode |= status->st_mode >> 3 & S_IRWXO; }

static bool read_list(struct arena *arena, int descriptor, struct object *object) {
	unsigned char bytes[ACL_HEAD + ACL_MOST * ACL_ENTRY];
	char path[64];
	/* A descriptor that only stands for a path has no attributes of its own to ask for. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
	ssize_t length = getxattr(path, "system.posix_acl_access", bytes, sizeof(bytes));
	if (length < 0)
		return errno == ENODATA || errno == ENOTSUP;
	if (length < ACL_HEAD || number_at(bytes, 4) != ACL_VERSION) return false;
	for (size_t at = ACL_HEAD; at + ACL_ENTRY <= (size_t)length; at += ACL_ENTRY)
		*list_add(arena, &object->acl) = (struct acl_entry){
			number_at(bytes + at, 2), number_at(bytes + at + 2, 2), number_at(bytes + at + 4, 4)};
	return true;
}

bool object_take(struct arena *arena, int descriptor, struct object *object) {
	object->acl.count = 0;
	if (fstat(descriptor, &object->status) < 0) return false;
	/* The group's bits are the mask: a list gives nothing where they are none. */
	bool may_have_list = !S_ISLNK(object->status.st_mode) && object->status.st_mode & S_IRWXG;
	if (may_have_list && !read_list(arena, descriptor, object)) {
		object->acl.count = 0;
		give_group_bits_to_all(&object->status);
	}
	return true;
}

static bool is_in(const struct account *person, gid_t group) {
	for (size_t i = 0; i < person->groups.count; i++)
		if (person->groups.items[i] == group)
			return true;
	return false;
}

static bool has(unsigned bits, unsigned access) { return (bits & access) == access; }

/* Of several groups that he is in, one must give all. */
static bool list_lets(const struct object *object, const struct account *person, unsigned access) {
	unsigned mode = object->status.st_mode, mask = mode >> 3 & 7;
	bool member = false;
	for (size_t i = 0; i < object->acl.count; i++) {
		const struct acl_entry *entry = &object->acl.items[i];
		if (entry->tag == ACL_USER && entry->id == person->user)
			return has(entry->access & mask, access);
	}
	for (size_t i = 0; i < object->acl.count; i++) {
		const struct acl_entry *entry = &object->acl.items[i];
		bool his = (entry->tag == ACL_GROUP && is_in(person, entry->id)) ||
		           (entry->tag == ACL_GROUP_OBJECT && is_in(person, object->status.st_gid));
		if (his && has(entry->access & mask, access)) return true;
		member = member || his;
	}
	return !member && has(mode & 7, access);
}

bool object_lets(const struct object *object, const struct account *person, unsigned access) {
	unsigned mode = object->status.st_mode;
	if (object->status.st_uid == person->user)
		return has(mode >> 6 & 7, access);
	if (object->acl.count)
		return list_lets(object, person, access);
	return has(is_in(person, object->status.st_gid) ? mode >> 3 & 7 : mode & 7, access);
}
