#include "lint/lint.h"

#include <sys/stat.h>

#include "lint/evaluate.h"
#include "lint/suppress.h"

static const struct role *role_of(const struct lint_options *options, struct text path)
{
	bool example;
	size_t rank;
	for (size_t i = 0; i < options->packs.count; i++) {
		const struct pack *pack = options->packs.items[i];
		for (size_t j = 0; j < pack->role_count; j++)
			if (role_has_file(&pack->roles[j], path, &example, &rank))
				return &pack->roles[j];
	}
	return NULL;
}

/* An included file may be changed when the user named a folder that it lies in; a named file is an input anyway. */
static bool lint_may_change(const struct lint_options *options, struct text path)
{
	bool below_here = !text_starts_with(path, TEXT("/")) && !text_starts_with(path, TEXT("../"));
	for (size_t i = 0; i < options->folders.count; i++) {
		struct text folder = options->folders.items[i];
		if (text_starts_with(path, folder) || (text_is(folder, "./") && below_here))
			return true;
	}
	return false;
}

bool lint_has_role(const struct lint_options *options, struct text path)
{
	return role_of(options, path) != NULL;
}

struct text lint_role_name(const struct lint_options *options, struct text path)
{
	const struct role *role = role_of(options, path);
	return role ? role->name : TEXT("");
}

static bool same_file(const struct source *source, const struct stat *status)
{
	return source->status.st_ino && source->status.st_ino == status->st_ino &&
	       source->status.st_dev == status->st_dev;
}

/* An included file that is an input too must be one source: its edits would else be made twice. */
static struct source *open_include(struct reading *reading, struct text path)
{
	struct lint *lint = reading->open_context;
	struct stat status;
	if (stat(text_string(lint->arena, path), &status) < 0)
		return NULL;
	for (size_t i = 0; i < lint->sources.count; i++)
		if (same_file(lint->sources.items[i], &status))
			return lint->sources.items[i];
	struct text fault = TEXT("");
	struct source *source = NULL;
	for (size_t i = 0; i < lint->included.count && !source; i++)
		if (same_file(lint->included.items[i], &status))
			source = lint->included.items[i];
	if (!source)
		source = source_read(lint->arena, path, &fault);
	if (fault.length)
		return NULL;
	source->writable_by_us = source->writable_by_us || lint_may_change(lint->options, path);
	*list_add(lint->arena, &lint->sources) = source;
	return source;
}

static struct view *read_as(struct lint *lint, struct source *source, const struct role *role)
{
	/* The files of one source follow each other. */
	for (size_t i = lint->files.count; i > 0 && lint->files.items[i - 1]->source == source; i--)
		if (lint->files.items[i - 1]->role->readers[0] == role->readers[0])
			return lint->files.items[i - 1]->view;
	struct reading reading = {.arena = lint->arena, .source = source};
	reading.open = open_include;
	reading.open_context = lint;
	return reader_read(role->readers[0], &reading);
}

static void take_roles(struct lint *lint, struct source *source)
{
	for (size_t i = 0; i < lint->options->packs.count; i++) {
		const struct pack *pack = lint->options->packs.items[i];
		for (size_t j = 0; j < pack->role_count; j++) {
			bool example;
			size_t rank;
			if (!role_has_file(&pack->roles[j], source->path, &example, &rank))
				continue;
			struct view *view = read_as(lint, source, &pack->roles[j]);
			struct file *file = file_make(lint->arena, source, &pack->roles[j], view, example);
			file->rank = rank;
			*list_add(lint->arena, &lint->files) = file;
		}
	}
}

/* What is about files that nobody named is nobody's business. */
static void drop_peers_own(struct diagnostics *diagnostics)
{
	size_t kept = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		struct diagnostic diagnostic = diagnostics->found.items[i];
		bool named = !diagnostic.place.source->peer;
		for (size_t j = 0; j < diagnostic.labels.count; j++)
			named = named || !diagnostic.labels.items[j].place.source->peer;
		if (named)
			diagnostics->found.items[kept++] = diagnostic;
	}
	diagnostics->found.count = kept;
}

void lint_run(struct lint *lint, const struct source_list *inputs)
{
	for (size_t i = 0; i < inputs->count; i++)
		*list_add(lint->arena, &lint->sources) = inputs->items[i];
	for (size_t i = 0; i < inputs->count; i++)
		take_roles(lint, inputs->items[i]);
	for (size_t i = 0; i < lint->options->packs.count; i++)
		evaluate_pack(lint, lint->options->packs.items[i]);
	suppress(lint);
	drop_peers_own(lint->diagnostics);
	diagnostics_sort(lint->diagnostics);
}
