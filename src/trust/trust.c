#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "trust/decide.h"

struct trusted trust_in(uid_t user) { return (struct trusted){.users = {user}, .count = 1, .strict = true}; }

struct trusted trust_in_us(void) { return (struct trusted){.users = {geteuid()}, .count = 1}; }

static bool is_trusted(const struct trusted *trusted, const struct account *person) {
	for (size_t i = 0; i < trusted->count; i++)
		if (trusted->users[i] == person->user)
			return true;
	return trusted->file && object_lets(trusted->file, person, W_OK);
}

static bool owner_is_trusted(const struct trusted *trusted, uid_t owner) {
	bool known = owner == 0;
	for (size_t i = 0; i < trusted->count; i++)
		known = known || trusted->users[i] == owner;
	return known;
}

static bool others_may_write(const struct object *object) {
	return !S_ISLNK(object->status.st_mode) && object->status.st_mode & (S_IWGRP | S_IWOTH);
}

/* What speaks against a way as far as owners and mode bits show. Most ways need no list of people: all on them belongs to those
 * who are trusted, and nobody else can write anywhere. */
static struct decision find_doubt(const struct way *way, const struct object *last, const struct trusted *trusted) {
	for (size_t i = 0; i < way->steps.count; i++) {
		const struct step *step = &way->steps.items[i];
		bool kept = step->folder.status.st_mode & S_ISVTX && step->entry.st_mode;
		if (!owner_is_trusted(trusted, step->folder.status.st_uid))
			return (struct decision){.at = &step->folder, .by = OWNS};
		if (others_may_write(&step->folder) && !kept)
			return (struct decision){.at = &step->folder, .by = WRITES};
		if (S_ISLNK(step->entry.st_mode) && !owner_is_trusted(trusted, step->entry.st_uid))
			return (struct decision){.at = &step->folder, .by = OWNS_LINK};
	}
	if (!owner_is_trusted(trusted, last->status.st_uid))
		return (struct decision){.at = last, .by = OWNS};
	return others_may_write(last) ? (struct decision){.at = last, .by = WRITES} : (struct decision){0};
}

static struct text name_of(struct arena *arena, const struct decision *decision) {
	if (decision->person)
		return decision->person->name;
	return decision->by == OWNS ? account_user_name(arena, decision->at->status.st_uid) : TEXT("others");
}

static struct text describe(struct arena *arena, const struct decision *decision, const struct object *last) {
	const struct object *at = decision->at;
	struct text name = name_of(arena, decision);
	struct text path = at == last ? TEXT("") : text_join(arena, at->path, TEXT(" "));
	if (decision->by != WRITES)
		return text_format(arena, "%.*s%sbelongs to %.*s", TEXT_ARGUMENTS(path), decision->by == OWNS_LINK ? "holds a link that " : "",
		                   TEXT_ARGUMENTS(name));
	return text_format(arena, "%.*smay be written to by %.*s (mode %04o%s)", TEXT_ARGUMENTS(path),
	                   TEXT_ARGUMENTS(name), (unsigned)at->status.st_mode & 07777,
	                   at->acl.count ? " and an access control list" : "");
}

bool trust_way(struct arena *arena, const struct way *way, const struct object *last, const struct trusted *trusted,
               struct text *fault) {
	struct decision doubt = find_doubt(way, last, trusted);
	if (!doubt.at) return true;
	if (trusted->strict) {
		*fault = describe(arena, &doubt, last);
		return false;
	}
	const struct found found = {.way = *way, .last = *last};
	struct people people = decide_people(arena, &found, 1);
	for (size_t i = 0; i < people.count; i++) {
		struct decision decision = decide(way, last, &people.items[i]);
		if (!decision.at || is_trusted(trusted, &people.items[i])) continue;
		*fault = describe(arena, &decision, last);
		return false;
	}
	return true;
}

int trust_open(struct arena *arena, struct text path, enum way_kind kind, const struct trusted *trusted,
               struct text *fault) {
	struct way way;
	struct object last = {.path = path};
	int error = way_walk(arena, path, kind, &way), descriptor = -1;
	if (!error) {
		descriptor = openat(way.folder, way.name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		error = descriptor < 0 || !object_take(arena, descriptor, &last) ? errno : 0;
		close(way.folder);
	}
	bool follows = kind == WAY_FILE || kind == WAY_FOLDER;
	if (error == ELOOP && !follows)
		*fault = text_format(arena, "%.*s is not a folder; symbolic links are not followed here",
		                     TEXT_ARGUMENTS(path));
	else if (error && error != ENOENT && !(error == ENOTDIR && follows))
		*fault = text_format(arena, "can't open %.*s: %s", TEXT_ARGUMENTS(path), strerror(error));
	if (!error && trust_way(arena, &way, &last, trusted, fault))
		return descriptor;
	file_close(descriptor, false);
	return -1;
}

bool trust_path(struct arena *arena, struct text path, enum way_kind kind, const struct trusted *trusted,
                struct text *fault) {
	int descriptor = trust_open(arena, path, kind, trusted, fault);
	return file_close(descriptor, descriptor >= 0);
}

bool trust_descriptor(struct arena *arena, int descriptor, const struct trusted *trusted, struct text *fault) {
	const struct way nothing = {0};
	struct object object = {0};
	if (object_take(arena, descriptor, &object))
		return trust_way(arena, &nothing, &object, trusted, fault);
	*fault = text_format(arena, "can't be looked at: %s", strerror(errno));
	return false;
}

bool trust_read(struct arena *arena, int folder, struct text name, const struct trusted *trusted, size_t largest,
                struct text *bytes, struct text *fault) {
	int file = openat(folder, text_string(arena, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	bool read = false;
	if (file < 0 && errno == ELOOP)
		*fault = TEXT("is a symbolic link; put the file itself there");
	else if (file < 0 && errno != ENOENT)
		*fault = text_format(arena, "can't be read: %s", strerror(errno));
	if (file < 0) return false;
	struct stat status;
	if (fstat(file, &status) < 0 || !S_ISREG(status.st_mode))
		*fault = TEXT("is not a file");
	else if (trust_descriptor(arena, file, trusted, fault)) {
		read = file_read_all(arena, file, (size_t)status.st_size, largest, bytes);
		if (!read)
			*fault = text_format(arena, "can't be read: %s", strerror(errno));
	}
	return file_close(file, read);
}


bool trust_find(struct arena *arena, struct text path, enum way_kind kind, struct found *found) {
	int error = way_walk(arena, path, kind, &found->way);
	if (error) {
		errno = error;
		return false;
	}
	return file_close(found->way.folder, way_last(arena, &found->way, &found->last));
}

bool trust_leads(struct arena *arena, struct text from, enum way_kind kind, struct text to, struct text *who) {
	const struct trusted us = trust_in_us();
	struct found leading, led;
	*who = TEXT("somebody");
	if (!trust_find(arena, from, kind, &leading)) return false;
	if (!find_doubt(&leading.way, &leading.last, &us).at) return true;
	if (!trust_find(arena, to, WAY_FILE, &led))
		return errno == ENOENT || errno == ENOTDIR;
	struct people people = decide_people(arena, &leading, 1);
	for (size_t i = 0; i < people.count; i++) {
		const struct account *person = &people.items[i];
		if (is_trusted(&us, person) || !decide(&leading.way, &leading.last, person).at ||
		    decide_reads(&led.way, &led.last, person))
			continue;
		*who = person->name;
		return false;
	}
	return true;
}
