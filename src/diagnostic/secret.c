#include "diagnostic/secret.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>

#include "base/buffer.h"
#include "base/siphash.h"

enum { LONGEST_HASHED_WHOLE = 8192 };

/* The one state that lives as long as the process: two runs must not share a key, and no caller may bring his own. */
static struct {
	struct siphash_key key;
	bool keyed;
	bool show_all;
} run;

static const struct siphash_key *run_key(void)
{
	if (!run.keyed) {
		/* Never wait for randomness: while a machine boots, the 16 random bytes of each process will do. */
		if (getrandom(run.key.bytes, sizeof(run.key.bytes), GRND_NONBLOCK) != (ssize_t)sizeof(run.key.bytes)) {
			const void *given = (const void *)getauxval(AT_RANDOM);
			if (given)
				memcpy(run.key.bytes, given, sizeof(run.key.bytes));
		}
		run.keyed = true;
	}
	return &run.key;
}

/* A secret that spans many lines is masked once for each of them: its hash must not cost its whole length each time. */
static uint64_t hash_secret(struct text secret)
{
	if (secret.length <= LONGEST_HASHED_WHOLE)
		return siphash(run_key(), secret);
	size_t half = LONGEST_HASHED_WHOLE / 2;
	uint64_t hashes[] = {
		siphash(run_key(), text_slice(secret, 0, half)),
		siphash(run_key(), text_from(secret, secret.length - half)),
		secret.length,
	};
	return siphash(run_key(), (struct text){(const char *)hashes, sizeof(hashes)});
}

struct text secret_mask(struct arena *arena, struct text secret)
{
	if (run.show_all)
		return secret;
	return text_format(arena, "<secret:%04x>", (unsigned)(hash_secret(secret) & 0xffff));
}

void secret_show_all(void)
{
	run.show_all = true;
}

static struct span clamp(const struct source *source, struct span span)
{
	uint32_t length = (uint32_t)source->bytes.length;
	uint32_t end = span.end < length ? span.end : length;
	return (struct span){span.start < end ? span.start : end, end};
}

void secret_mark(struct arena *arena, struct source *source, struct span span)
{
	span = clamp(source, span);
	if (span.start < span.end)
		*list_add(arena, &source->secrets) = span;
}

static int compare_spans(const void *left, const void *right)
{
	const struct span *a = left, *b = right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end > b->end) - (a->end < b->end);
}

void secret_settle(struct source *source)
{
	struct span_list *secrets = &source->secrets;
	if (!secrets->count)
		return;
	qsort(secrets->items, secrets->count, sizeof(*secrets->items), compare_spans);
	size_t last = 0;
	for (size_t i = 1; i < secrets->count; i++) {
		struct span next = secrets->items[i], *joined = &secrets->items[last];
		if (next.start >= joined->end)
			secrets->items[++last] = next;
		else if (next.end > joined->end)
			joined->end = next.end;
	}
	secrets->count = last + 1;
}

/* Index of the first secret that ends behind the offset. */
static size_t first_secret_behind(const struct source *source, uint32_t offset)
{
	size_t high = source->secrets.count, low = run.show_all ? high : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (source->secrets.items[middle].end > offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static size_t clamp_offset(size_t offset, struct span span)
{
	if (offset < span.start)
		return span.start;
	return offset < span.end ? offset : span.end;
}

struct text secret_hide(struct arena *arena, const struct source *source, struct span span, size_t *offset)
{
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
		buffer_add(&out, secret_mask(arena, source_slice(source, secret)));
		at = secret.end < span.end ? secret.end : span.end;
		if (place >= secret.end)
			shown = out.length + place - at;
	}
	buffer_add(&out, text_slice(source->bytes, at, span.end));
	if (offset)
		*offset = shown;
	return buffer_text(&out);
}

struct span secret_cover(const struct source *source, struct span span)
{
	const struct span_list *secrets = &source->secrets;
	size_t first = first_secret_behind(source, span.start), last = first_secret_behind(source, span.end);
	struct span covered = span;
	if (first < secrets->count && secrets->items[first].start < span.start)
		covered.start = secrets->items[first].start;
	if (last < secrets->count && secrets->items[last].start < span.end)
		covered.end = secrets->items[last].end;
	return covered;
}
