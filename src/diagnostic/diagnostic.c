#include "diagnostic/diagnostic.h"


#include "base/buffer.h"

static const char *const severity_names[] = {
	[SEVERITY_INFO] = "info", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};

static const char *const safety_names[] = {
	[SAFETY_SUGGEST] = "suggest", [SAFETY_UNSAFE] = "unsafe", [SAFETY_SAFE] = "safe"};

const char *severity_name(enum severity severity) { return severity_names[severity]; }

bool severity_from_name(struct text name, enum severity *severity) {
	for (enum severity i = SEVERITY_INFO; i <= SEVERITY_ERROR; i++) {
		if (text_is(name, severity_names[i])) {
			*severity = i;
			return true;
		}
	}
	return false;
}

const char *safety_name(enum safety safety) { return safety_names[safety]; }

bool fix_is_possible(const struct fix *fix) {
	bool possible = fix && !fix->withheld.length && fix->edits.count;
	for (size_t i = 0; possible && i < fix->edits.count; i++)
		possible = fix->edits.items[i].source->writable_by_us;
	return possible;
}

struct diagnostic *diagnostics_add(struct diagnostics *diagnostics, struct text rule, enum severity severity,
                                   struct place place, struct text message) {
	struct diagnostic *diagnostic = list_add(diagnostics->arena, &diagnostics->found);
	*diagnostic = (struct diagnostic){.rule = rule, .severity = severity, .place = place, .message = message};
	return diagnostic;
}

void diagnostics_skip(struct diagnostics *diagnostics, struct text rule, struct text reason) {
	struct arena_mark mark = arena_mark(diagnostics->arena);
	struct buffer pair = {.arena = diagnostics->arena};
	buffer_add(&pair, rule);
	buffer_add_byte(&pair, '\0');
	buffer_add(&pair, reason);
	if (map_get(&diagnostics->skipped_once, buffer_text(&pair))) {
		arena_rewind(diagnostics->arena, mark);
		return;
	}
	map_put(diagnostics->arena, &diagnostics->skipped_once, buffer_text(&pair), pair.bytes);
	reason = text_from(buffer_text(&pair), rule.length + 1);
	*list_add(diagnostics->arena, &diagnostics->skipped) = (struct not_evaluated){rule, reason};
}

struct pair {
	const struct source *first, *second; /* by their addresses */
};

static struct pair pair_of(const struct source *one, const struct source *other) {
	return one < other ? (struct pair){one, other} : (struct pair){other, one};
}

bool diagnostics_have_compared(const struct diagnostics *diagnostics, const struct source *one, const struct source *other) {
	struct pair pair = pair_of(one, other);
	return map_get(&diagnostics->compared_once, (struct text){(const char *)&pair, sizeof(pair)});
}

void diagnostics_compared(struct diagnostics *diagnostics, struct source *one, struct source *other) {
	struct pair pair = pair_of(one, other);
	struct text key = {(const char *)&pair, sizeof(pair)};
	if (map_get(&diagnostics->compared_once, key)) return;
	map_put(diagnostics->arena, &diagnostics->compared_once, text_copy(diagnostics->arena, key), one);
	*list_add(diagnostics->arena, &diagnostics->compared) = (struct compared_pair){one, other};
}

static int compare_numbers(size_t a, size_t b) { return (a > b) - (a < b); }

static int compare_places(const struct place *a, const struct place *b) {
	int order = a->source == b->source ? 0 : text_compare(a->source->path, b->source->path);
	return order ? order : span_compare(a->span, b->span);
}

static int compare_labels(const struct diagnostic *a, const struct diagnostic *b) {
	int order = compare_numbers(a->labels.count, b->labels.count);
	for (size_t i = 0; !order && i < a->labels.count; i++) {
		const struct label *left = &a->labels.items[i], *right = &b->labels.items[i];
		order = compare_places(&left->place, &right->place);
		order = order ? order : text_compare(left->message, right->message);
	}
	return order;
}

static int compare(const struct diagnostic *a, const struct diagnostic *b) {
	int order = a->place.source == b->place.source ? 0 : text_compare(a->place.source->path, b->place.source->path);
	order = order ? order : compare_numbers(a->place.span.start, b->place.span.start);
	order = order ? order : compare_numbers(b->severity, a->severity);
	order = order ? order : text_compare(a->rule, b->rule);
	order = order ? order : text_compare(a->message, b->message);
	order = order ? order : compare_numbers(a->place.span.end, b->place.span.end);
	return order ? order : compare_labels(a, b);
}

static int compare_entries(const void *left, const void *right) {
	const struct diagnostic *a = *(const struct diagnostic *const *)left, *b = *(const struct diagnostic *const *)right;
	int order = compare(a, b);
	/* What is equal stays in the order in which it was found: qsort() promises none. */
	return order ? order : (a > b) - (a < b);
}

static int compare_skipped(const void *left, const void *right) {
	const struct not_evaluated *a = left, *b = right;
	int order = text_compare(a->rule, b->rule);
	return order ? order : text_compare(a->reason, b->reason);
}

static int compare_comparisons(const void *left, const void *right) {
	const struct compared_pair *a = left, *b = right;
	int order = text_compare(a->one->path, b->one->path);
	return order ? order : text_compare(a->other->path, b->other->path);
}

void diagnostics_sort(struct diagnostics *diagnostics) {
	list_sort(&diagnostics->skipped, compare_skipped);
	list_sort(&diagnostics->compared, compare_comparisons);
	size_t count = diagnostics->found.count, kept = 0;
	if (!count) return;
	const struct diagnostic **sorted = arena_array(diagnostics->arena, const struct diagnostic *, count);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &diagnostics->found.items[i];
	qsort(sorted, count, sizeof(*sorted), compare_entries);
	struct diagnostic *found = arena_array(diagnostics->arena, struct diagnostic, count);
	for (size_t i = 0; i < count; i++) {
		struct diagnostic *last = kept ? &found[kept - 1] : NULL;
		if (!last || compare(last, sorted[i]))
			found[kept++] = *sorted[i];
		else if (!last->fix)
			last->fix = sorted[i]->fix;
	}
	diagnostics->found.items = found;
	diagnostics->found.count = kept;
	diagnostics->found.capacity = count;
}

size_t diagnostics_count(const struct diagnostics *diagnostics, enum severity severity) {
	size_t count = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++)
		count += diagnostics->found.items[i].severity == severity;
	return count;
}
