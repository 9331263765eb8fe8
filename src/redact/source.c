
#include "base/buffer.h"
#include "redact/redact.h"

static struct span clamp(const struct source *source, struct span span) {
	uint32_t length = (uint32_t)source->bytes.length;
	uint32_t end = span.end < length ? span.end : length;
	return (struct span){span.start < end ? span.start : end, end};
}

void redact_mark(struct arena *arena, struct source *source, struct span span) {
	span = clamp(source, span);
	if (span.start < span.end)
		*list_add(arena, &source->secrets) = span;
}

static int compare_spans(const void *left, const void *right) {
	return span_compare(*(const struct span *)left, *(const struct span *)right);
}

static bool are_sorted(const struct span_list *spans) {
	for (size_t i = 1; i < spans->count; i++)
		if (span_compare(spans->items[i - 1], spans->items[i]) > 0)
			return false;
	return true;
}

void redact_settle(struct source *source) {
	struct span_list *secrets = &source->secrets;
	size_t last = 0;
	if (!are_sorted(secrets))
		list_sort(secrets, compare_spans);
	for (size_t i = 1; i < secrets->count; i++) {
		struct span next = secrets->items[i], *joined = &secrets->items[last];
		if (next.start >= joined->end)
			secrets->items[++last] = next;
		else if (next.end > joined->end)
			joined->end = next.end;
	}
	secrets->count = secrets->count ? last + 1 : 0;
}

/* Index of the first secret that ends behind the offset. */
static size_t first_secret_behind(const struct source *source, uint32_t offset) {
	size_t high = source->secrets.count, low = redact_shows_all() ? high : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (source->secrets.items[middle].end > offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static size_t clamp_offset(size_t offset, struct span span) {
	if (offset < span.start)
		return span.start;
	return offset < span.end ? offset : span.end;
}

struct text redact_show(struct arena *arena, const struct source *source, struct span span, size_t *offset) {
	const struct span_list *secrets = &source->secrets;
	span = clamp(source, span);
	size_t place = offset ? clamp_offset(*offset, span) : 0, shown = 0, at = span.start;
	size_t next = first_secret_behind(source, span.start);
	if (next == secrets->count || secrets->items[next].start >= span.end || span.start == span.end) {
		if (offset)
			*offset = place - span.start;
		return source_slice(source, span);
	}
	struct buffer out = {.arena = arena};
	for (; next < secrets->count && secrets->items[next].start < span.end; next++) {
		struct span secret = secrets->items[next];
		size_t before = secret.start > at ? secret.start : at;
		if (place >= at && place < secret.end)
			shown = out.length + (place < before ? place : before) - at;
		buffer_add(&out, text_slice(source->bytes, at, before));
		buffer_add(&out, redact_mask(arena, source_slice(source, secret)));
		at = secret.end < span.end ? secret.end : span.end;
		if (place >= secret.end)
			shown = out.length + place - at;
	}
	buffer_add(&out, text_slice(source->bytes, at, span.end));
	if (offset)
		*offset = shown;
	return buffer_text(&out);
}

struct span redact_cover(const struct source *source, struct span span) {
	const struct span_list *secrets = &source->secrets;
	size_t first = first_secret_behind(source, span.start), last = first_secret_behind(source, span.end);
	struct span covered = span;
	if (first < secrets->count && secrets->items[first].start < span.start)
		covered.start = secrets->items[first].start;
	if (last < secrets->count && secrets->items[last].start < span.end)
		covered.end = secrets->items[last].end;
	return covered;
}
