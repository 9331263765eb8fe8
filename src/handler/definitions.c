#include "handler/definitions.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "handler/load.h"
#include "trust/trust.h"

enum { MOST_FILES = 100, LARGEST_FILE = 1024 * 1024 };

struct definitions {
	struct diagnostics *diagnostics;
	struct handler_list *handlers;
	struct text folder;
	uid_t owner;
};

static void add_fault(struct definitions *definitions, struct source *source, struct text message)
{
	struct place place = {source, {0, 0}};
	diagnostics_add(definitions->diagnostics, TEXT("arilint/handlers"), SEVERITY_ERROR, place, message);
}

static int compare_names(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* Closes the folder. */
static struct text_list list_names(struct arena *arena, int folder)
{
	struct text_list names = {0};
	DIR *stream = fdopendir(folder);
	if (!stream) {
		close(folder);
		return names;
	}
	const struct dirent *entry;
	while (names.count < MOST_FILES && (entry = readdir(stream))) {
		struct text name = text_of(entry->d_name);
		if (text_ends_with(name, TEXT(".yaml")) && name.bytes[0] != '.')
			*list_add(arena, &names) = text_copy(arena, name);
	}
	closedir(stream);
	if (names.count)
		qsort(names.items, names.count, sizeof(names.items[0]), compare_names);
	return names;
}

/* The bytes of a file that may be trusted; else `*fault` says why not. */
static struct text read_trusted(struct arena *arena, int folder, struct text name, uid_t owner, struct text *fault)
{
	struct text bytes = TEXT("");
	struct stat status;
	int file = openat(folder, text_string(arena, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (file < 0) {
		*fault = errno == ELOOP ? TEXT("is a symbolic link; put the file itself there")
		                        : text_format(arena, "can't be read: %s", strerror(errno));
		return bytes;
	}
	if (fstat(file, &status) < 0 || !S_ISREG(status.st_mode))
		*fault = TEXT("is not a file");
	else if (trust_status(arena, &status, owner, fault) &&
	         !file_read_all(arena, file, (size_t)status.st_size, LARGEST_FILE, &bytes))
		*fault = text_format(arena, "can't be read: %s", strerror(errno));
	close(file);
	return bytes;
}

static void read_file(struct definitions *definitions, int folder, struct text name)
{
	struct arena *arena = definitions->diagnostics->arena;
	struct text path = text_format(arena, "%.*s/%.*s", TEXT_ARGUMENTS(definitions->folder), TEXT_ARGUMENTS(name));
	struct text fault = TEXT("");
	struct text bytes = read_trusted(arena, folder, name, definitions->owner, &fault);
	struct source *source = source_from_text(arena, path, bytes);
	if (fault.length) {
		add_fault(definitions, source,
		          text_format(arena, "the file of handlers %.*s; nobody but root%s may be able to change it",
		                      TEXT_ARGUMENTS(fault), definitions->owner ? " and you" : ""));
		return;
	}
	const struct node *tree = node_read_as(definitions->diagnostics, source, TEXT("arilint/handlers"));
	if (tree)
		handlers_load(definitions->diagnostics, source, tree, definitions->handlers);
}

static void read_folder(struct definitions *definitions)
{
	struct arena *arena = definitions->diagnostics->arena;
	struct text fault = TEXT("");
	int folder = trust_open_folder(arena, definitions->folder, definitions->owner, &fault);
	if (fault.length)
		add_fault(definitions, source_from_text(arena, definitions->folder, TEXT("")),
		          text_format(arena, "handlers are not taken from here: %.*s", TEXT_ARGUMENTS(fault)));
	if (folder < 0)
		return;
	struct text_list names = list_names(arena, dup(folder));
	for (size_t i = 0; i < names.count; i++)
		read_file(definitions, folder, names.items[i]);
	close(folder);
}

struct text definitions_folder(struct arena *arena)
{
	const char *configuration = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (geteuid() == 0)
		return TEXT(DEFINITIONS_FOLDER);
	if (configuration && configuration[0] == '/')
		return text_format(arena, "%s/arilint/handlers.d", configuration);
	return home && home[0] == '/' ? text_format(arena, "%s/.config/arilint/handlers.d", home) : TEXT("");
}

void definitions_read(struct diagnostics *diagnostics, struct handler_list *handlers)
{
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
