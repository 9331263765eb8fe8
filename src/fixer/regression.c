#include "fixer/regression.h"

#include "diagnostic/effect.h"

struct comparison {
	struct lint *lint;
	struct file *other; /* the same file on the other side */
	const struct intent_list *intents;
	struct text regression;
};

/* The statement stands in another file, where it is meant. */
static bool is_meant_elsewhere(const struct intent *intent, const struct entry *entry) {
	return entry && entry->reader && text_equal(intent->key, entry->name) &&
	       text_equal(intent->path, entry->source->path);
}

static bool is_meant(const struct comparison *comparison, struct text section, const struct variable *variable) {
	bool any_case = comparison->other->role->any_case_keys;
	for (size_t i = 0; i < comparison->intents->count; i++) {
		const struct intent *intent = &comparison->intents->items[i];
		struct text key = variable->name;
		bool same_key = any_case ? text_equal_ignoring_case(intent->key, key) : text_equal(intent->key, key);
		bool same = !intent->key.length || (same_key && text_equal(intent->section, section));
		if (is_meant_elsewhere(intent, variable->entry)) return true;
		if (same && text_equal(intent->path, comparison->other->source->path))
			return true;
	}
	return false;
}

static void compare_value(void *context, struct text section, const struct variable *variable) {
	struct comparison *comparison = context;
	struct arena *arena = comparison->lint->arena;
	if (comparison->regression.length || is_meant(comparison, section, variable)) return;
	const struct section_group *group = file_group(comparison->other, section);
	const struct variable *twin = group ? file_variable(comparison->other, group, variable->name) : NULL;
	if (twin && twin->absent == variable->absent && !twin->unsettled == !variable->unsettled &&
	    text_equal(twin->value, variable->value))
		return;
	comparison->regression =
		text_format(arena, "%.*s would be read with another value of %.*s, which no fix is about",
	                    TEXT_ARGUMENTS(comparison->other->source->path), TEXT_ARGUMENTS(variable->name));
}

/* The file as another reader of its role sees it; in the arena. */
static struct file *read_by(struct arena *arena, struct lint *lint, struct file *file, const struct reader *reader) {
	if (reader == file->readers[0])
		return file;
	struct reading reading = lint_reading(lint, file->source, file->role);
	reading.arena = arena;
	reading.tokens = TOKENS_NONE;
	return file_make(arena, file->source, file->role, reader_read(reader, &reading), file->example, NULL);
}

static struct text compare_files(struct lint *lint, struct file *before, struct file *after,
                                 const struct intent_list *intents) {
	struct comparison forth = {lint, after, intents, {0}}, back = {lint, before, intents, {0}};
	if (!before->view->ok)
		return TEXT(""); /* nothing was read of it, so nothing can be lost */
	if (!after->view->ok)
		return text_format(lint->arena, "%.*s would be refused by the program that reads it: %.*s",
		                   TEXT_ARGUMENTS(after->source->path), TEXT_ARGUMENTS(after->view->error));
	file_each_value(before, compare_value, &forth);
	file_each_value(after, compare_value, &back);
	return forth.regression.length ? forth.regression : back.regression;
}

static bool is_same_file(const struct file *a, const struct file *b) {
	return a->role == b->role && a->group == b->group && text_equal(a->source->path, b->source->path);
}

/* Both runs have the same inputs in the same order: the file is mostly where it was. */
static struct file *find_file(struct lint *lint, const struct file *file, size_t where) {
	if (where < lint->files.count && is_same_file(lint->files.items[where], file))
		return lint->files.items[where];
	for (size_t i = 0; i < lint->files.count; i++)
		if (is_same_file(lint->files.items[i], file))
			return lint->files.items[i];
	return NULL;
}

/* A file that has kept its bytes, and so have all that it includes, is read as before. */
static bool is_unchanged(const struct file *old, const struct file *new) {
	const struct source_list *before = &old->view->sources, *after = &new->view->sources;
	bool same = text_equal(old->source->bytes, new->source->bytes) && before->count == after->count;
	for (size_t i = 0; same && i < before->count; i++)
		same = text_equal(before->items[i]->path, after->items[i]->path) &&
		       text_equal(before->items[i]->bytes, after->items[i]->bytes);
	return same;
}

static struct text changed_value(struct lint *before, struct lint *after, const struct intent_list *intents) {
	struct arena views = {0};
	for (size_t i = 0; i < before->files.count; i++) {
		struct file *old = before->files.items[i], *new = find_file(after, old, i);
		for (size_t r = 0; new && !is_unchanged(old, new) && r < old->reader_count; r++) {
			const struct reader *reader = old->readers[r];
			struct text regression = compare_files(before, read_by(&views, before, old, reader),
			                                       read_by(&views, after, new, reader), intents);
			arena_release(&views);
			if (regression.length)
				return regression;
		}
	}
	return TEXT("");
}

/* What was hidden because a file was refused may come to light when it is not any more. */
static bool every_file_was_read(const struct lint *lint) {
	for (size_t i = 0; i < lint->files.count; i++)
		if (!lint->files.items[i]->view->ok)
			return false;
	return true;
}

static struct text finding_key(struct arena *arena, const struct diagnostic *diagnostic) {
	return text_format(arena, "%.*s\n%.*s", TEXT_ARGUMENTS(diagnostic->rule),
	                   TEXT_ARGUMENTS(diagnostic->place.source->path));
}

/* What was found by rule and file. */
static struct map findings_of(struct arena *arena, struct lint *lint) {
	struct map findings = {0};
	for (size_t i = 0; i < lint->diagnostics->found.count; i++)
		map_put(arena, &findings, finding_key(arena, &lint->diagnostics->found.items[i]), lint);
	return findings;
}

/* What turned away only some requests could not be met while a graver fault of the same file, which is gone, turned away
 * all of them. */
static bool comes_to_light(struct arena *arena, const struct lint *before, const struct map *now,
                           const struct diagnostic *found) {
	bool some_requests = effect_blocks(found->effect) == BLOCKS_SOME, blocked = false;
	for (size_t i = 0; some_requests && !blocked && i < before->diagnostics->found.count; i++) {
		const struct diagnostic *old = &before->diagnostics->found.items[i];
		blocked = effect_blocks(old->effect) == BLOCKS_ALL && text_equal(old->place.source->path, found->place.source->path) &&
		          !map_get(now, finding_key(arena, old));
	}
	return blocked;
}

/* New is a finding of a rule that found nothing in that file before. A weak password that goes where it belongs does
 * not work any worse than before. */
static struct text new_finding(struct lint *before, struct lint *after) {
	struct arena keys = {0}, *arena = &keys;
	struct text regression = TEXT("");
	if (!every_file_was_read(before))
		return regression;
	struct map known = findings_of(arena, before), now = findings_of(arena, after);
	for (size_t i = 0; i < after->diagnostics->found.count && !regression.length; i++) {
		const struct diagnostic *found = &after->diagnostics->found.items[i];
		if (!map_get(&known, finding_key(arena, found)) && found->severity > SEVERITY_INFO &&
		    !text_is(found->effect, "exposed") && !comes_to_light(arena, before, &now, found))
			regression = text_format(before->arena, "%.*s would then be found in %.*s", TEXT_ARGUMENTS(found->rule),
			                         TEXT_ARGUMENTS(found->place.source->path));
	}
	arena_release(&keys);
	return regression;
}

struct text regression_find(struct lint *before, struct lint *after, const struct intent_list *intents) {
	struct text regression = changed_value(before, after, intents);
	return regression.length ? regression : new_finding(before, after);
}
