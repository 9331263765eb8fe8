#include "trust/people.h"

static struct account *find(const struct people *people, uid_t user) {
	for (size_t i = 0; i < people->count; i++)
		if (people->items[i].user == user)
			return &people->items[i];
	return NULL;
}

static void add(struct arena *arena, struct people *people, uid_t user) {
	if (user == 0 || find(people, user)) return;
	*list_add(arena, people) = (struct account){
		.name = text_format(arena, "%u", (unsigned)user), .user = user, .group = (gid_t)NOBODY_KNOWN};
}

/* A group whose members can't be told. */
static void add_group(struct arena *arena, const struct accounts *accounts, struct account *stranger, gid_t group) {
	if (!accounts_know_group(accounts, group))
		*list_add(arena, &stranger->groups) = group;
}

static void add_mentioned(struct arena *arena, const struct accounts *accounts, struct people *people,
                          struct account *stranger, const struct object *object) {
	add(arena, people, object->status.st_uid);
	add_group(arena, accounts, stranger, object->status.st_gid);
	for (size_t i = 0; i < object->acl.count; i++) {
		const struct acl_entry *entry = &object->acl.items[i];
		if (entry->tag == ACL_USER)
			add(arena, people, entry->id);
		else if (entry->tag == ACL_GROUP)
			add_group(arena, accounts, stranger, entry->id);
	}
}

struct people people_of(struct arena *arena, const struct object *const *objects, size_t count) {
	struct people people = {0};
	const struct accounts *accounts = accounts_read();
	struct account stranger = {.name = TEXT("others"), .user = NOBODY_KNOWN, .group = (gid_t)NOBODY_KNOWN};
	*list_add(arena, &people) = stranger;
	for (size_t i = 0; i < accounts->users.count; i++)
		if (accounts->users.items[i].user != 0)
			*list_add(arena, &people) = accounts->users.items[i];
	for (size_t i = 0; i < count; i++)
		add_mentioned(arena, accounts, &people, &stranger, objects[i]);
	if (stranger.groups.count)
		*list_add(arena, &people) = stranger;
	return people;
}
