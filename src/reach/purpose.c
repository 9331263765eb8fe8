#include "reach/purpose.h"

#include "base/path.h"

bool purpose_is_one(struct text a, struct text b) { return text_starts_with(a, b) || text_starts_with(b, a); }

static bool parts_words(char byte) { return byte == '.' || byte == '_' || byte == '-'; }

/* The first word of a file's name that the pack knows. */
static struct text of_words(const struct pack *pack, struct text name) {
	size_t start = 0;
	for (size_t i = 0; i <= name.length; i++) {
		if (i < name.length && !parts_words(name.bytes[i])) continue;
		struct text word = text_slice(name, start, i);
		if (text_set_has(pack->purposes, word))
			return word;
		start = i + 1;
	}
	return TEXT("");
}

/* A file's folder, without those that the user named: that these belong together is his word. */
static struct text folder_of(const struct lint *lint, const struct file *file) {
	struct text folder = path_prefix(file->source->path);
	const struct text_list *named = &lint->options->folders;
	for (size_t i = 0; i < named->count; i++)
		if (text_starts_with(folder, named->items[i]))
			return path_folder(text_from(folder, named->items[i].length));
	return path_folder(folder);
}

struct text purpose_of(const struct lint *lint, const struct pack *pack, const struct file *file) {
	struct text word = file->environment, folder = folder_of(lint, file);
	if (!file->is_layer && !file->example)
		word = of_words(pack, path_name(file->source->path));
	for (; !word.length && folder.length; folder = path_folder(folder))
		if (text_set_has(pack->purposes, path_name(folder)))
			word = path_name(folder);
	return word;
}

static bool is_one_of_several(const struct lint *lint, const struct pack *pack, const struct file *file) {
	struct text word = purpose_of(lint, pack, file), folder = path_folder(file->source->path);
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *other = lint->files.items[i];
		if (other->role != file->role || other->group != file->group || other->example) continue;
		struct text its = purpose_of(lint, pack, other);
		if (its.length ? !purpose_is_one(its, word) : text_equal(path_folder(other->source->path), folder))
			return true;
	}
	return false;
}

bool purpose_differs(struct lint *lint, const struct pack *pack, struct file *file) {
	enum { NOT_SOUGHT, NO, YES } *known = map_place(file->arena, &file->found, TEXT("\0purposes"), sizeof(*known));
	if (*known == NOT_SOUGHT)
		*known = is_one_of_several(lint, pack, file) ? YES : NO;
	return *known == YES;
}
