#include "handler/definitions.h"

#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "handler/load.h"
#include "trust/trust.h"

enum { MOST_FILES = 100, LARGEST_FILE = 1024 * 1024 };

static const struct text fault_rule = TEXT_INIT("arilint/handlers");

struct definitions {
	struct diagnostics *diagnostics;
	struct handler_list *handlers;
	struct text folder;
	uid_t owner;
};

static void add_fault(struct definitions *definitions, struct source *source, struct text message) {
	struct place place = {source, {0, 0}};
	diagnostics_add(definitions->diagnostics, fault_rule, SEVERITY_ERROR, place, message);
}

static struct text_list list_names(struct arena *arena, int folder) {
	struct text_list names = {0};
	DIR *stream = file_entries(folder);
	const struct dirent *entry;
	while (stream && names.count < MOST_FILES && (entry = readdir(stream))) {
		struct text name = text_of(entry->d_name);
		if (text_ends_with(name, TEXT(".yaml")) && name.bytes[0] != '.')
			*list_add(arena, &names) = text_copy(arena, name);
	}
	if (stream)
		closedir(stream);
	text_list_sort(&names);
	return names;
}

static void read_file(struct definitions *definitions, int folder, struct text name) {
	struct arena *arena = definitions->diagnostics->arena;
	struct text path = text_format(arena, "%.*s/%.*s", TEXT_ARGUMENTS(definitions->folder), TEXT_ARGUMENTS(name));
	struct text bytes = TEXT(""), fault = TEXT("");
	const struct trusted trusted = trust_in(definitions->owner);
	bool read = trust_read(arena, folder, name, &trusted, LARGEST_FILE, &bytes, &fault);
	struct source *source = source_from_text(arena, path, bytes);
	if (fault.length)
		add_fault(definitions, source,
		          text_format(arena, "the file of handlers %.*s; nobody but root%s may be able to change it",
		                      TEXT_ARGUMENTS(fault), definitions->owner ? " and you" : ""));
	const struct node *tree = read ? node_read_as(definitions->diagnostics, source, fault_rule) : NULL;
	if (tree)
		handlers_load(definitions->diagnostics, source, tree, definitions->handlers);
}

static void read_folder(struct definitions *definitions) {
	struct arena *arena = definitions->diagnostics->arena;
	struct text fault = TEXT("");
	const struct trusted trusted = trust_in(definitions->owner);
	int folder = trust_open(arena, definitions->folder, WAY_FOLDER_WITHOUT_LINKS, &trusted, &fault);
	if (fault.length)
		add_fault(definitions, source_from_text(arena, definitions->folder, TEXT("")),
		          text_format(arena, "handlers are not taken from here: %.*s", TEXT_ARGUMENTS(fault)));
	if (folder < 0) return;
	struct text_list names = list_names(arena, folder);
	for (size_t i = 0; i < names.count; i++)
		read_file(definitions, folder, names.items[i]);
	close(folder);
}

struct text definitions_folder(struct arena *arena) {
	return geteuid() == 0 ? TEXT(DEFINITIONS_FOLDER)
	                      : path_of_user(arena, "XDG_CONFIG_HOME", ".config", "arilint/handlers.d");
}

void definitions_read(struct diagnostics *diagnostics, struct handler_list *handlers) {
	struct definitions definitions = {.diagnostics = diagnostics, .handlers = handlers};
	definitions.folder = TEXT(DEFINITIONS_FOLDER);
	read_folder(&definitions);
	definitions.owner = geteuid();
	definitions.folder = definitions.owner ? definitions_folder(diagnostics->arena) : TEXT("");
	if (definitions.folder.length)
		read_folder(&definitions);
	if (!diagnostics->found.count)
		handlers_order(diagnostics, handlers);
}
