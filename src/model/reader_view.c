#include "model/reader_view.h"

struct other_view {
	const struct view *view;
	struct map variables;  /* by name; made on the first question */
};

static struct other_view *view_of(struct file *file, const struct reader *reader) {
	struct text identity = {(const char *)&reader, sizeof(reader)};
	struct other_view *other = map_place(file->arena, &file->found, identity, sizeof(*other));
	struct reading reading = {.arena = file->arena, .source = file->source};
	if (!other->view)
		other->view = reader == file->readers[0] ? file->view : reader_read(reader, &reading);
	return other;
}

const struct view *reader_view(struct file *file, const struct reader *reader) { return view_of(file, reader)->view; }

const struct variable *reader_variable(struct file *file, const struct reader *reader, struct text key) {
	struct other_view *other = view_of(file, reader);
	const struct view *view = other->view;
	const struct section *section = view->ok && view->sections.count ? view->sections.items[0] : NULL;
	/* The last variable of a name is the effective one: it is put first. */
	for (size_t i = section && !other->variables.count ? section->variables.count : 0; i > 0; i--) {
		struct variable *variable = &section->variables.items[i - 1];
		map_put(file->arena, &other->variables, variable->name, variable);
	}
	return map_get(&other->variables, key);
}
