#include "diagnostic/diagnostic.h"

#include <stdlib.h>

#include "base/buffer.h"

static const char *const severity_names[] = {
	[SEVERITY_INFO] = "info",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

static const char *const safety_names[] = {
	[SAFETY_SUGGEST] = "suggest",
	[SAFETY_UNSAFE] = "unsafe",
	[SAFETY_SAFE] = "safe",
};

const char *severity_name(enum severity severity)
{
	return severity_names[severity];
}

bool severity_from_name(struct text name, enum severity *severity)
{
	for (enum severity i = SEVERITY_INFO; i <= SEVERITY_ERROR; i++) {
		if (text_is(name, severity_names[i])) {
			*severity = i;
			return true;
		}
	}
	return false;
}

const char *safety_name(enum safety safety)
{
	return safety_names[safety];
}

struct diagnostic *diagnostics_add(struct diagnostics *diagnostics, struct text rule, enum severity severity,
                                   struct place place, struct text message)
{
	struct diagnostic *diagnostic = list_add(diagnostics->arena, &diagnostics->found);
	*diagnostic = (struct diagnostic){.rule = rule, .severity = severity, .place = place, .message = message};
	return diagnostic;
}

void diagnostics_skip(struct diagnostics *diagnostics, struct text rule, struct text reason)
{
	struct buffer pair = {.arena = diagnostics->arena};
	buffer_add(&pair, rule);
	buffer_add_byte(&pair, '\0');
	buffer_add(&pair, reason);
	size_t known = diagnostics->skipped_once.count;
	map_put(diagnostics->arena, &diagnostics->skipped_once, buffer_text(&pair), pair.bytes);
	if (diagnostics->skipped_once.count > known)
		*list_add(diagnostics->arena, &diagnostics->skipped) = (struct not_evaluated){rule, reason};
}

static int compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int compare_places(const struct place *a, const struct place *b)
{
	int order = a->source == b->source ? 0 : text_compare(a->source->path, b->source->path);
	if (!order)
		order = compare_numbers(a->span.start, b->span.start);
	return order ? order : compare_numbers(a->span.end, b->span.end);
}

static int compare_labels(const struct diagnostic *a, const struct diagnostic *b)
{
	int order = compare_numbers(a->labels.count, b->labels.count);
	for (size_t i = 0; !order && i < a->labels.count; i++) {
		const struct label *left = &a->labels.items[i], *right = &b->labels.items[i];
		order = compare_places(&left->place, &right->place);
		if (!order)
			order = text_compare(left->message, right->message);
	}
	return order;
}

static int compare(const struct diagnostic *a, const struct diagnostic *b)
{
	int order = a->place.source == b->place.source ? 0 : text_compare(a->place.source->path, b->place.source->path);
	if (!order)
		order = compare_numbers(a->place.span.start, b->place.span.start);
	if (!order)
		order = compare_numbers(b->severity, a->severity);
	if (!order)
		order = text_compare(a->rule, b->rule);
	if (!order)
		order = text_compare(a->message, b->message);
	if (!order)
		order = compare_numbers(a->place.span.end, b->place.span.end);
	return order ? order : compare_labels(a, b);
}

static void merge(const struct diagnostic *const *from, const struct diagnostic **to, size_t start, size_t middle,
                  size_t end)
{
	size_t left = start, right = middle;
	for (size_t at = start; at < end; at++) {
		bool take_left = right == end || (left < middle && compare(from[left], from[right]) <= 0);
		to[at] = take_left ? from[left++] : from[right++];
	}
}

/* Merge sort, as qsort() promises no stable order; gives the sorted array, one of the two. */
static const struct diagnostic *const *sort(const struct diagnostic **entries, const struct diagnostic **spare,
                                            size_t count)
{
	for (size_t width = 1; width < count; width *= 2) {
		for (size_t start = 0; start < count; start += 2 * width) {
			size_t middle = start + width < count ? start + width : count;
			size_t end = middle + width < count ? middle + width : count;
			merge(entries, spare, start, middle, end);
		}
		const struct diagnostic **sorted = spare;
		spare = entries;
		entries = sorted;
	}
	return entries;
}

static int compare_skipped(const void *left, const void *right)
{
	const struct not_evaluated *a = left, *b = right;
	int order = text_compare(a->rule, b->rule);
	return order ? order : text_compare(a->reason, b->reason);
}

void diagnostics_sort(struct diagnostics *diagnostics)
{
	if (diagnostics->skipped.count)
		qsort(diagnostics->skipped.items, diagnostics->skipped.count, sizeof(diagnostics->skipped.items[0]),
		      compare_skipped);
	size_t count = diagnostics->found.count, kept = 0;
	if (!count)
		return;
	const struct diagnostic **entries = arena_array(diagnostics->arena, const struct diagnostic *, count);
	const struct diagnostic **spare = arena_array(diagnostics->arena, const struct diagnostic *, count);
	for (size_t i = 0; i < count; i++)
		entries[i] = &diagnostics->found.items[i];
	const struct diagnostic *const *sorted = sort(entries, spare, count);
	struct diagnostic *found = arena_array(diagnostics->arena, struct diagnostic, count);
	for (size_t i = 0; i < count; i++) {
		if (kept && !compare(&found[kept - 1], sorted[i])) {
			if (!found[kept - 1].fix)
				found[kept - 1].fix = sorted[i]->fix;
		} else {
			found[kept++] = *sorted[i];
		}
	}
	diagnostics->found.items = found;
	diagnostics->found.count = kept;
	diagnostics->found.capacity = count;
}

size_t diagnostics_count(const struct diagnostics *diagnostics, enum severity severity)
{
	size_t count = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++)
		count += diagnostics->found.items[i].severity == severity;
	return count;
}
