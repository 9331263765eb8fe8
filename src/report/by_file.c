#include "report/by_file.h"

#include "base/map.h"

static struct file_findings *take(struct arena *arena, struct file_findings_list *files, struct map *known,
                                  struct text path) {
	struct file_findings *file = map_place(arena, known, path, sizeof(struct file_findings));
	if (!file->path.bytes) {
		file->path = path;
		*list_add(arena, files) = file;
	}
	return file;
}

struct file_findings_list by_file(const struct report_input *input) {
	struct file_findings_list files = {0};
	struct map known = {0};
	for (size_t i = 0; i < input->file_count; i++)
		take(input->arena, &files, &known, input->files[i].path);
	for (size_t i = 0; i < input->diagnostics->found.count; i++) {
		const struct diagnostic *diagnostic = &input->diagnostics->found.items[i];
		struct file_findings *file = take(input->arena, &files, &known, diagnostic->place.source->path);
		*list_add(input->arena, &file->found) = diagnostic;
	}
	return files;
}
