#include "trust/decide.h"

#include <unistd.h>

static struct decision decided(const struct account *person, const struct object *at, enum deciding by) {
	return (struct decision){person, at, by};
}

/* Whether he can put another in the place of the name that was looked up. In a sticky folder he can only where it is his. */
static bool can_replace(const struct step *step, const struct account *person) {
	bool kept = step->folder.status.st_mode & S_ISVTX && step->entry.st_mode && step->entry.st_uid != person->user;
	return !kept && object_lets(&step->folder, person, W_OK | X_OK);
}

struct decision decide(const struct way *way, const struct object *last, const struct account *person) {
	for (size_t i = 0; i < way->steps.count; i++) {
		const struct step *step = &way->steps.items[i];
		/* What is his, or open to him, he may have made though he can't come there any more. */
		if (step->folder.status.st_uid == person->user)
			return decided(person, &step->folder, OWNS);
		if (S_ISLNK(step->entry.st_mode) && step->entry.st_uid == person->user)
			return decided(person, &step->folder, OWNS_LINK);
		if (can_replace(step, person))
			return decided(person, &step->folder, WRITES);
	}
	if (last->status.st_uid == person->user)
		return decided(person, last, OWNS);
	bool folder = S_ISDIR(last->status.st_mode);
	bool writes = !S_ISLNK(last->status.st_mode) && object_lets(last, person, folder ? W_OK | X_OK : W_OK);
	return writes ? decided(person, last, WRITES) : (struct decision){0};
}

bool decide_reads(const struct way *way, const struct object *last, const struct account *person) {
	if (last->status.st_uid == person->user) return true;
	for (size_t i = 0; i < way->steps.count; i++)
		if (!object_lets(&way->steps.items[i].folder, person, X_OK) &&
		    way->steps.items[i].folder.status.st_uid != person->user)
			return false;
	return object_lets(last, person, R_OK);
}

struct people decide_people(struct arena *arena, const struct found *found, size_t count) {
	struct LIST_OF(const struct object *) objects = {0};
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < found[i].way.steps.count; j++) {
			const struct step *step = &found[i].way.steps.items[j];
			struct object *entry = arena_new(arena, struct object);
			entry->status = step->entry;
			*list_add(arena, &objects) = &step->folder;
			*list_add(arena, &objects) = entry;
		}
		*list_add(arena, &objects) = &found[i].last;
	}
	return people_of(arena, objects.items, objects.count);
}
