#include "command/test_files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "rule/load.h"

enum { DEEPEST_FOLDER = 16 };

static void add_fault(struct diagnostics *diagnostics, struct source *source, const char *what, struct text why) {
	struct place place = {source, {0, 0}};
	diagnostics_add(diagnostics, TEXT("arilint/pack"), SEVERITY_ERROR, place,
	                text_format(diagnostics->arena, "the %s %.*s", what, TEXT_ARGUMENTS(why)));
}

/* A catalogue of translations is read with its pack. */
static bool is_catalogue(const struct node *tree) {
	return tree->kind == NODE_MAP && node_get(tree, "language") && node_get(tree, "texts");
}

static void take_file(struct diagnostics *diagnostics, struct text path, bool named, struct test_files *files) {
	struct text fault;
	struct source *source = source_read(diagnostics->arena, path, &fault);
	if (fault.length) {
		add_fault(diagnostics, source, "rule pack", fault);
		return;
	}
	const struct node *tree = node_read(diagnostics, source);
	if (tree && cases_are(tree))
		*list_add(diagnostics->arena, &files->cases) = (struct cases_tree){source, tree};
	else if (tree && (named || !is_catalogue(tree)))
		*list_add(diagnostics->arena, node_get(tree, "use") ? &files->sharing : &files->packs) = path;
}

static struct text_list list_folder(struct diagnostics *diagnostics, struct text folder) {
	struct arena *arena = diagnostics->arena;
	struct text_list paths = {0};
	const char *slash = text_ends_with(folder, TEXT("/")) ? "" : "/";
	DIR *stream = file_entries_of(text_string(arena, folder));
	if (!stream) {
		add_fault(diagnostics, source_from_text(arena, folder, TEXT("")),
		          "folder can't be read:", text_of(strerror(errno)));
		return paths;
	}
	for (const struct dirent *entry = readdir(stream); entry; entry = readdir(stream))
		if (entry->d_name[0] != '.')
			*list_add(arena, &paths) =
				text_format(arena, "%.*s%s%s", TEXT_ARGUMENTS(folder), slash, entry->d_name);
	closedir(stream);
	text_list_sort(&paths);
	return paths;
}

/* A link to a folder is not followed: it may lead in a circle. */
static void take_folder(struct diagnostics *diagnostics, struct text folder, int depth, struct test_files *files) {
	struct text_list paths = list_folder(diagnostics, folder);
	for (size_t i = 0; i < paths.count; i++) {
		struct stat status;
		if (lstat(text_string(diagnostics->arena, paths.items[i]), &status) < 0) continue;
		if (S_ISDIR(status.st_mode) && depth < DEEPEST_FOLDER)
			take_folder(diagnostics, paths.items[i], depth + 1, files);
		else if (text_ends_with(paths.items[i], TEXT(".yaml")))
			take_file(diagnostics, paths.items[i], false, files);
	}
}

void test_files_find(struct diagnostics *diagnostics, const struct text_list *paths, struct test_files *files) {
	for (size_t i = 0; i < paths->count; i++) {
		struct stat status;
		bool is_folder =
			!stat(text_string(diagnostics->arena, paths->items[i]), &status) && S_ISDIR(status.st_mode);
		if (is_folder)
			take_folder(diagnostics, paths->items[i], 1, files);
		else
			take_file(diagnostics, paths->items[i], true, files);
	}
	for (size_t i = 0; i < files->sharing.count; i++)
		*list_add(diagnostics->arena, &files->packs) = files->sharing.items[i];
}
