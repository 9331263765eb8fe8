#include "inventory/include.h"

#include "base/path.h"
#include "process/rights.h"
#include "trust/below.h"
#include "trust/trust.h"

/* It may be changed when it lies in a folder that the user named; a named file is an input anyway. */
static bool may_change(struct arena *arena, const struct lint_options *options, struct text path) {
	for (size_t i = 0; i < options->folders.count; i++) {
		struct text folder = options->folders.items[i];
		bool here = text_is(folder, "./") && !text_starts_with(path, TEXT("/")) && !text_starts_with(path, TEXT("../"));
		if ((here || text_starts_with(path, folder)) && trust_is_below(arena, folder, path)) return true;
	}
	return false;
}

bool include_may_change(const struct lint *lint, struct text path) {
	return lint->options->in_memory || may_change(lint->arena, lint->options, path);
}

static bool same_file(const struct source *source, const struct stat *status) {
	return source->status.st_ino && source->status.st_ino == status->st_ino &&
	       source->status.st_dev == status->st_dev;
}

static struct source *find_path(const struct lint *lint, struct text path) {
	for (size_t i = 0; i < lint->sources.count; i++)
		if (text_equal(lint->sources.items[i]->path, path))
			return lint->sources.items[i];
	return NULL;
}

static struct source *find_file(const struct source_list *sources, const struct stat *status) {
	for (size_t i = 0; i < sources->count; i++)
		if (same_file(sources->items[i], status))
			return sources->items[i];
	return NULL;
}

static const struct source *includer_of(const struct reading *reading) {
	return reading->includer ? reading->includer : reading->source;
}

static void refuse(struct lint *lint, const struct reading *reading, const struct source *includer, struct text path,
                   struct text who) {
	reading->source->unjudged = text_format(
		lint->arena, "can't be judged: %.*s includes %.*s, which %.*s, who can change that, may not read; name it for itself",
		TEXT_ARGUMENTS(includer->path), TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(who));
}

/* Texts of tests and standard input lie nowhere. */
static bool may_read(struct lint *lint, const struct reading *reading, struct text path) {
	struct text who;
	const struct source *includer = includer_of(reading);
	if (!includer->status.st_ino ||
	    trust_leads(lint->arena, includer->path, WAY_FILE, path, &who))
		return true;
	refuse(lint, reading, includer, path, who);
	return false;
}

/* Programs look for what a part in a folder of its own includes in the folder of the whole. Empty where it can't be told. */
static struct text below_whole(const struct reading *reading, struct text path) {
	const struct lint *lint = reading->open_context;
	const struct role *role = lint_role(lint->arena, lint->options, reading->source->path);
	size_t own = reading->source->path.length - path_name(reading->source->path).length;
	struct text folder = role ? lint_whole_folder(lint, role, reading->source) : (struct text){NULL, 0};
	bool elsewhere = folder.bytes && folder.length < own && text_starts_with(path, text_slice(reading->source->path, 0, own));
	return elsewhere ? text_join(lint->arena, folder, text_from(path, own)) : TEXT("");
}

/* As the owner of the file that includes it could: may_read() looked at modes and lists, which may have changed since, and
 * which don't tell all on every file system. He may not be able to begin where we are. */
static struct source *read_as_owner(struct lint *lint, const struct reading *reading, struct text path, struct text *fault) {
	const struct source *includer = includer_of(reading);
	struct rights rights = rights_borrow(lint->arena, includer->status.st_ino ? includer->status.st_uid : 0);
	struct text from = rights.borrowed ? path_absolute(lint->arena, path_here(), path) : path;
	struct source *source = source_read(lint->arena, from, fault);
	rights_give_back(&rights);
	source->path = path;
	if (rights.borrowed && fault->length)
		refuse(lint, reading, includer, path, TEXT("its owner"));
	return source;
}

/* An included file that is an input too must be one source: its edits would else be made twice. */
static struct source *open_path(struct reading *reading, struct text path) {
	struct lint *lint = reading->open_context;
	struct text fault = TEXT("");
	struct stat status;
	if (lint->options->in_memory)
		return find_path(lint, path);
	if (stat(text_string(lint->arena, path), &status) < 0 || !may_read(lint, reading, path)) return NULL;
	struct source *source = find_file(&lint->sources, &status);
	if (source)
		return source;
	source = find_file(&lint->included, &status);
	if (!source)
		source = read_as_owner(lint, reading, text_copy(lint->arena, path), &fault);
	if (fault.length) return NULL;
	source->writable_by_us = source->writable_by_us || may_change(lint->arena, lint->options, path);
	source->led = !source->writable_by_us;
	*list_add(lint->arena, &lint->sources) = source;
	return source;
}

struct source *include_open(struct reading *reading, struct text path) {
	struct source *source = open_path(reading, path);
	struct text other = source ? TEXT("") : below_whole(reading, path);
	return other.length ? open_path(reading, other) : source;
}
