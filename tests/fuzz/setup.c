/* Files of a small set-up, each behind `--- PATH`; the secret is planted at the end of each file that can hold one. `--- unsafe`
 * asks for unsafe fixes. */
#include "parts.h"
#include "planted.h"
#include "target.h"

enum { MOST_FILES = 8, LONGEST = 4096 };

/* Whose names give them a role, where they may stand, and what is planted in them. */
static const struct {
	const char *path, *planted;
} known[] = {
	{"etc/ari.conf", "\n[planted]\ntype = user\npassword = " PLANTED "\n"},
	{"etc/http.conf", ""},
	{"etc/users.inc", ""},
	{"etc/manager.conf", "\n[planted]\nsecret = " PLANTED "\n"},
	{"etc/pjsip.conf", "\n[planted]\ntype = auth\npassword = " PLANTED "\n"},
	{"etc/modules.conf", ""},
	{"backend/.env", "\nARI_PASSWORD=" PLANTED "\n"},
	{"backend/.env.production", "\nARI_PASSWORD=" PLANTED "\n"},
	{"backend/.env.example", ""},
	{"backend/docker-compose.yml", ""},
	{"backend/ecosystem.config.js", ""},
	{NULL, NULL}};

static void add(struct arena *arena, struct test_file_list *files, struct text path, struct text bytes) {
	for (size_t i = 0; i < files->count; i++)
		if (text_equal(files->items[i].path, path))
			return;
	for (size_t i = 0; known[i].path; i++)
		if (text_is(path, known[i].path))
			*list_add(arena, files) =
				(struct test_file){.path = path, .content = text_join(arena, bytes, text_of(known[i].planted))};
}

void take_setup(struct text bytes) {
	struct arena arena = {0};
	struct test_file_list files = {0};
	struct text path, content, rest = text_slice(bytes, 0, LONGEST);
	bool unsafe = false;
	while (files.count < MOST_FILES && parts_cut(&rest, &path, &content)) {
		unsafe = unsafe || text_is(path, "unsafe");
		add(&arena, &files, path, content);
	}
	if (files.count)
		planted_judge(&arena, &files, unsafe);
	arena_release(&arena);
}
