#include "command/baseline.h"

#include <unistd.h>

#include "evaluate/suppress.h"
#include "json/read.h"
#include "json/write.h"
#include "report/identity.h"
#include "report/place.h"

#define RULE_STALE "arilint/stale-baseline"

/* One line of the file: findings with the same identity but for their number. */
struct known {
	struct identity identity;
	enum severity severity;
	int64_t left;          /* how many were not met again */
	bool moved;            /* its file is neither in the run nor on the disk */
};

struct known_list LIST_OF(struct known *);

static struct text join(struct arena *arena, const struct identity *identity, struct text path) {
	return text_format(arena, "%.*s\n%.*s\n%.*s\n%.*s", TEXT_ARGUMENTS(identity->rule), TEXT_ARGUMENTS(path),
	                   TEXT_ARGUMENTS(identity->section), TEXT_ARGUMENTS(identity->key));
}

static struct text file_name(struct text path) {
	size_t slash = text_find_last_byte(path, '/');
	return slash == TEXT_NOT_FOUND ? path : text_from(path, slash + 1);
}

/* --- writing --- */

static struct known_list gather(struct arena *arena, const struct diagnostics *diagnostics) {
	struct identity *identities = identities_of(arena, diagnostics);
	struct known_list list = {0};
	struct map places = {0};
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct diagnostic *found = &diagnostics->found.items[i];
		if (found->unread) continue;
		struct known *known = map_place(arena, &places, join(arena, &identities[i], identities[i].path), sizeof(struct known));
		if (!known->left++) {
			known->identity = identities[i];
			known->severity = found->severity;
			*list_add(arena, &list) = known;
		}
		known->severity = found->severity > known->severity ? found->severity : known->severity;
	}
	return list;
}

struct text baseline_make(struct arena *arena, const struct diagnostics *diagnostics) {
	struct buffer out = {.arena = arena};
	struct json json = {.out = &out};
	struct known_list list = gather(arena, diagnostics);
	json_object(&json, NULL);
	json_text(&json, "arilint", TEXT("baseline"));
	json_number(&json, "version", 1);
	json_rows(&json, "findings", 0);
	for (size_t i = 0; i < list.count; i++) {
		const struct known *known = list.items[i];
		json_object(&json, NULL);
		json_text(&json, "path", known->identity.path);
		json_text(&json, "rule", known->identity.rule);
		json_text(&json, "severity", text_of(severity_name(known->severity)));
		json_text_if_any(&json, "section", known->identity.section);
		json_text_if_any(&json, "key", known->identity.key);
		json_number(&json, "count", (uint64_t)known->left);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	buffer_add_byte(&out, '\n');
	return buffer_text(&out);
}

/* --- reading --- */

static bool read_known(const struct json_value *item, struct known *known) {
	known->identity = (struct identity){
		.rule = json_get_text(item, "rule"), .path = json_get_text(item, "path"),
		.section = json_get_text(item, "section"), .key = json_get_text(item, "key")};
	return known->identity.rule.length && severity_from_name(json_get_text(item, "severity"), &known->severity) &&
	       text_to_integer(json_get_text(item, "count"), &known->left) && known->left > 0;
}

static bool read_file(struct arena *arena, const struct source *source, struct known_list *list) {
	const struct json_value *root = json_read(arena, source->bytes);
	const struct json_value *findings = root ? json_get(root, "findings") : NULL;
	if (!findings || findings->kind != JSON_LIST || !text_is(json_get_text(root, "arilint"), "baseline") ||
	    !text_is(json_get_text(root, "version"), "1"))
		return false;
	for (size_t i = 0; i < findings->count; i++) {
		struct known *known = arena_new(arena, struct known);
		if (!read_known(&findings->items[i], known)) return false;
		*list_add(arena, list) = known;
	}
	return true;
}

/* --- what is known --- */

struct baseline {
	struct arena *arena;
	struct known_list list;
	struct map places;     /* an identity -> its struct known */
	struct map names;      /* the same with the file's name alone -> a struct known_list of those that have moved */
	struct map paths;      /* of the run's own files */
};

static void index_run(struct baseline *baseline, const struct lint *lint) {
	for (size_t i = 0; i < lint->sources.count; i++) {
		struct source *source = lint->sources.items[i];
		if (!source->peer)
			map_put(baseline->arena, &baseline->paths, identity_path(baseline->arena, source), source);
	}
}

static void index_known(struct baseline *baseline) {
	struct arena *arena = baseline->arena;
	for (size_t i = 0; i < baseline->list.count; i++) {
		struct known *known = baseline->list.items[i];
		struct text path = known->identity.path;
		map_put(arena, &baseline->places, join(arena, &known->identity, path), known);
		known->moved = !map_get(&baseline->paths, path) && access(text_string(arena, path), F_OK) < 0;
		if (!known->moved) continue;
		struct known_list *moved = map_place(arena, &baseline->names, join(arena, &known->identity, file_name(path)), sizeof(*moved));
		*list_add(arena, moved) = known;
	}
}

static bool take(struct known *known, const struct diagnostic *found) {
	if (!known || !known->left || found->severity > known->severity) return false;
	known->left--;
	return true;
}

static size_t same_end(struct text a, struct text b) {
	size_t count = 0;
	while (count < a.length && count < b.length && a.bytes[a.length - 1 - count] == b.bytes[b.length - 1 - count])
		count++;
	return count;
}

/* Of several folders that are gone the one whose path ends most like it. */
static struct known *nearest(const struct known_list *moved, struct text path) {
	struct known *best = NULL;
	size_t most = 0;
	for (size_t i = 0; moved && i < moved->count; i++) {
		size_t same = same_end(moved->items[i]->identity.path, path);
		if (!moved->items[i]->left || same < most) continue;
		most = same;
		best = moved->items[i];
	}
	return best;
}

static bool is_known(struct baseline *baseline, const struct diagnostic *found, const struct identity *identity) {
	if (found->unread) return false;
	if (take(map_get(&baseline->places, join(baseline->arena, identity, identity->path)), found)) return true;
	return take(nearest(map_get(&baseline->names, join(baseline->arena, identity, file_name(identity->path))), identity->path), found);
}

static size_t take_out(struct baseline *baseline, struct diagnostics *diagnostics) {
	struct identity *identities = identities_of(baseline->arena, diagnostics);
	size_t kept = 0, count = diagnostics->found.count;
	for (size_t i = 0; i < count; i++)
		if (!is_known(baseline, &diagnostics->found.items[i], &identities[i]))
			diagnostics->found.items[kept++] = diagnostics->found.items[i];
	diagnostics->found.count = kept;
	return count - kept;
}

static void tell_stale(struct lint *lint, const struct baseline *baseline, struct source *source) {
	for (size_t i = 0; i < baseline->list.count; i++) {
		const struct known *known = baseline->list.items[i];
		const struct identity *identity = &known->identity;
		if (!known->left || !map_get(&baseline->paths, identity->path) || !suppress_was_judged(lint, identity->rule)) continue;
		struct text key = identity->key.length ? identity->key : identity->section;
		diagnostics_add(lint->diagnostics, TEXT(RULE_STALE), SEVERITY_INFO, (struct place){source, {0, 0}},
		                text_format(lint->arena, "%.*s in %.*s%s%.*s is mended; --write-baseline leaves it out",
		                            TEXT_ARGUMENTS(identity->rule), TEXT_ARGUMENTS(identity->path), key.length ? " at " : "",
		                            TEXT_ARGUMENTS(key)));
	}
}

/* --- the run --- */

size_t baseline_take_all(struct diagnostics *diagnostics) {
	size_t kept = 0, count = diagnostics->found.count;
	for (size_t i = 0; i < count; i++)
		if (diagnostics->found.items[i].unread)
			diagnostics->found.items[kept++] = diagnostics->found.items[i];
	diagnostics->found.count = kept;
	return count - kept;
}

bool baseline_take_known(struct lint *lint, struct text path, size_t *count, struct text *fault) {
	struct baseline baseline = {.arena = lint->arena};
	struct source *source = source_read(lint->arena, path, fault);
	if (!fault->length && !read_file(lint->arena, source, &baseline.list))
		*fault = TEXT("this is no baseline; `arilint --write-baseline FILE` writes one");
	if (fault->length) {
		*fault = text_format(lint->arena, "%.*s: %.*s", TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(*fault));
		return false;
	}
	index_run(&baseline, lint);
	index_known(&baseline);
	*count = take_out(&baseline, lint->diagnostics);
	tell_stale(lint, &baseline, source);
	diagnostics_sort(lint->diagnostics);
	return true;
}
