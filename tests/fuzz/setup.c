/* Files of a small set-up, each behind `--- PATH`; the secret is planted at the end of each file that can hold one, or in one more
 * file. `--- unsafe` asks for unsafe fixes. */
#include "base/path.h"
#include "parts.h"
#include "planted.h"
#include "target.h"

enum { MOST_FILES = 8, LONGEST = 8192 };

/* What is planted in files of these names, wherever they stand. */
static const struct {
	const char *name, *planted;
} known[] = {
	{"ari.conf", "\n[planted]\ntype = user\npassword = " PLANTED "\n"},
	{"manager.conf", "\n[planted]\nsecret = " PLANTED "\n"},
	{"pjsip.conf", "\n[planted]\ntype = auth\npassword = " PLANTED "\n"},
	{".env", "\nARI_PASSWORD=" PLANTED "\n"},
	{".env.production", "\nARI_PASSWORD=" PLANTED "\n"},
	{NULL, NULL}};

/* Of letters that a message shows as they are. */
static bool is_path(struct text path) {
	bool ok = path.length && path.length < 100;
	for (size_t i = 0; ok && i < path.length; i++)
		ok = text_is_word_byte(path.bytes[i]) || text_has_byte(TEXT("/.-"), path.bytes[i]);
	return ok && text_find(path, TEXT(PLANTED)) == TEXT_NOT_FOUND;
}

/* Whether it is a file that holds the secret now. */
static bool add(struct arena *arena, struct test_file_list *files, struct text path, struct text bytes) {
	struct text planted = TEXT("");
	for (size_t i = 0; i < files->count; i++)
		if (text_equal(files->items[i].path, path))
			return false;
	for (size_t i = 0; known[i].name; i++)
		if (text_is(path_name(path), known[i].name))
			planted = text_of(known[i].planted);
	if (is_path(path))
		*list_add(arena, files) = (struct test_file){.path = path, .content = text_join(arena, bytes, planted)};
	return is_path(path) && planted.length;
}

void take_setup(struct text bytes) {
	struct arena arena = {0};
	struct test_file_list files = {0};
	struct text path, content, rest = text_slice(bytes, 0, LONGEST);
	bool unsafe = false, planted = false;
	while (files.count < MOST_FILES && parts_cut(&rest, &path, &content)) {
		if (text_is(path, "unsafe"))
			unsafe = true;
		else
			planted = add(&arena, &files, path, content) || planted;
	}
	if (!planted)
		add(&arena, &files, TEXT("planted/.env"), TEXT(""));
	planted_judge(&arena, &files, unsafe);
	arena_release(&arena);
}
