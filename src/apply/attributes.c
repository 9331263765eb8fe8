#include "apply/attributes.h"

#include <errno.h>
#include <string.h>
#include <sys/xattr.h>

/* The kernel's bounds (XATTR_LIST_MAX, XATTR_SIZE_MAX of linux/limits.h). */
enum { LONGEST_LIST = 65536, LONGEST_VALUE = 65536 };

struct names {
	char bytes[LONGEST_LIST]; /* one behind the other, each with its NUL */
	size_t length;
};

/* The kernel computes these from the content. */
static bool is_computed(const char *name) { return !strcmp(name, "security.ima") || !strcmp(name, "security.evm"); }

static bool read_names(int descriptor, struct names *names) {
	ssize_t length = flistxattr(descriptor, names->bytes, sizeof(names->bytes));
	names->length = length < 0 ? 0 : (size_t)length;
	if (length >= 0) return true;
	if (errno != ENOTSUP) return false;
	/* Believed only when the file system knows no attributes at all: one that hides their names would lose them. */
	bool none = fgetxattr(descriptor, "user.arilint", names->bytes, sizeof(names->bytes)) < 0 && errno == ENOTSUP;
	errno = ENOTSUP;
	return none;
}

static bool has_name(const struct names *names, const char *name) {
	for (size_t at = 0; at < names->length; at += strlen(names->bytes + at) + 1)
		if (!strcmp(names->bytes + at, name))
			return true;
	return false;
}

static bool copy_one(int from, int to, const char *name) {
	char wanted[LONGEST_VALUE], present[LONGEST_VALUE];
	ssize_t length = fgetxattr(from, name, wanted, sizeof(wanted));
	if (length < 0) return false;
	/* An equal one is left alone: to set a security label takes rights that to inherit it does not. */
	ssize_t have = fgetxattr(to, name, present, sizeof(present));
	return (have == length && !memcmp(wanted, present, (size_t)length)) ||
	       !fsetxattr(to, name, wanted, (size_t)length, 0);
}

static bool copy_all(struct run *run, const struct patch *patch, int from, int to, const struct names *names) {
	for (size_t at = 0; at < names->length; at += strlen(names->bytes + at) + 1) {
		const char *name = names->bytes + at;
		if (is_computed(name) || copy_one(from, to, name)) continue;
		int error = errno;
		struct text action = text_format(run->arena, "keep the attribute %s of", name);
		return run_fail_system(run, action.bytes, patch->path, error);
	}
	return true;
}

static bool remove_others(struct run *run, const struct patch *patch, int to, const struct names *names) {
	struct names present;
	if (!read_names(to, &present))
		return run_fail_system(run, "list the attributes of the new", patch->path, errno);
	for (size_t at = 0; at < present.length; at += strlen(present.bytes + at) + 1) {
		const char *name = present.bytes + at;
		if (is_computed(name) || has_name(names, name) || !fremovexattr(to, name) || errno == ENODATA) continue;
		return run_fail_system(run, "take the folder's attributes from the new", patch->path, errno);
	}
	return true;
}

bool attributes_copy(struct run *run, const struct patch *patch, int from, int to) {
	struct names names;
	if (!read_names(from, &names))
		return run_fail_system(run, "list the attributes of", patch->path, errno);
	return copy_all(run, patch, from, to, &names) && remove_others(run, patch, to, &names);
}
