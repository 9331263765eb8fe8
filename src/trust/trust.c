#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "model/account.h"

enum trust trust_check(const struct stat *status, const struct trusted *trusted) {
	mode_t others = S_IWGRP | S_IWOTH;
	bool known = false;
	for (size_t i = 0; i < trusted->owner_count; i++)
		known = known || status->st_uid == trusted->owners[i];
	if (trusted->group_writes && status->st_gid == trusted->group)
		others = S_IWOTH;
	if (!known)
		return TRUST_OWNER;
	return (status->st_mode & others) && !trusted->any_mode ? TRUST_MODE : TRUST_SAFE;
}

struct trusted trust_owner(uid_t owner) { return (struct trusted){.owners = {0, owner}, .owner_count = 2}; }

bool trust_is_ours(const struct stat *status) {
	const struct trusted us = {.owners = {geteuid()}, .owner_count = 1};
	return trust_check(status, &us) == TRUST_SAFE;
}

bool trust_status(struct arena *arena, const struct stat *status, uid_t owner, struct text *fault) {
	struct trusted trusted = trust_owner(owner);
	switch (trust_check(status, &trusted)) {
	case TRUST_SAFE: return true;
	case TRUST_OWNER:
		*fault = text_format(arena, "belongs to %.*s", TEXT_ARGUMENTS(account_user_name(arena, status->st_uid)));
		break;
	case TRUST_MODE:
		*fault = text_format(arena, "may be written to by others (mode %04o)", (unsigned)status->st_mode & 07777);
		break;
	}
	return false;
}

static bool trust_part(struct arena *arena, struct stat status, uid_t owner, bool last, struct text *fault) {
	if (!last && status.st_mode & S_ISVTX && status.st_uid == 0)
		status.st_mode &= ~(mode_t)(S_IWGRP | S_IWOTH);
	return trust_status(arena, &status, owner, fault);
}

static struct text name_fault(struct arena *arena, struct text path, struct text fault) {
	return text_format(arena, "%.*s %.*s", TEXT_ARGUMENTS(path.length ? path : TEXT("/")), TEXT_ARGUMENTS(fault));
}

/* Whether an open folder may be trusted; `path` is the way to it. */
static bool trust_folder(struct arena *arena, int folder, struct text path, uid_t owner, bool last, struct text *fault) {
	struct stat status;
	if (fstat(folder, &status) < 0)
		*fault = text_of(strerror(errno));
	else if (!S_ISDIR(status.st_mode))
		*fault = TEXT("is not a folder; symbolic links are not followed here");
	else if (trust_part(arena, status, owner, last, fault))
		return true;
	*fault = name_fault(arena, path, *fault);
	return false;
}

int trust_open_folder(struct arena *arena, struct text path, uid_t owner, struct text *fault) {
	struct text rest = text_from(path, 1);
	int folder = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	while (folder >= 0) {
		struct text way = text_slice(path, 0, path.length - rest.length - (rest.length ? 1 : 0));
		bool trusted = trust_folder(arena, folder, way, owner, !rest.length, fault);
		if (trusted && !rest.length) break;
		struct text component = text_cut(&rest, '/');
		int next = trusted ? openat(folder, text_string(arena, component), O_PATH | O_NOFOLLOW | O_CLOEXEC) : -1;
		int error = trusted ? errno : ENOENT;
		close(folder);
		if (next < 0 && error != ENOENT)
			*fault = text_format(arena, "can't open %.*s: %s", TEXT_ARGUMENTS(path), strerror(error));
		folder = next;
	}
	if (folder < 0) return -1;
	int readable = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (readable < 0)
		*fault = text_format(arena, "can't read %.*s: %s", TEXT_ARGUMENTS(path), strerror(errno));
	close(folder);
	return readable;
}

bool trust_way(struct arena *arena, struct text path, uid_t owner, struct text *fault) {
	for (size_t i = 0; i < path.length; i++) {
		struct stat status;
		struct text way = text_slice(path, 0, i ? i : 1);
		if (path.bytes[i] != '/') continue;
		if (stat(text_string(arena, way), &status) < 0)
			*fault = text_of(strerror(errno));
		else if (trust_part(arena, status, owner, false, fault))
			continue;
		*fault = name_fault(arena, way, *fault);
		return false;
	}
	return true;
}

bool trust_read(struct arena *arena, int folder, struct text name, uid_t owner, size_t largest, struct text *bytes,
                struct text *fault) {
	struct stat status;
	int file = openat(folder, text_string(arena, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	bool read = false;
	if (file < 0 && errno == ELOOP)
		*fault = TEXT("is a symbolic link; put the file itself there");
	else if (file < 0 && errno != ENOENT)
		*fault = text_format(arena, "can't be read: %s", strerror(errno));
	if (file < 0) return false;
	if (fstat(file, &status) < 0 || !S_ISREG(status.st_mode))
		*fault = TEXT("is not a file");
	else if (trust_status(arena, &status, owner, fault)) {
		read = file_read_all(arena, file, (size_t)status.st_size, largest, bytes);
		if (!read)
			*fault = text_format(arena, "can't be read: %s", strerror(errno));
	}
	return file_close(file, read);
}
