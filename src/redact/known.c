#include <string.h>

#include "base/buffer.h"
#include "redact/disguise.h"
#include "redact/redact.h"

enum {
	MOST_VALUES = 65536,
	MOST_LAYERS = 3,                                 /* of disguises over one another */
	LONGEST_DISGUISE = 6,                            /* bytes of a text for one of a secret, as a rule */
	SPARE_STEPS = 64 * 1024 * 1024, STEPS_A_BYTE = 256,
	SHORTEST_UNSURE = 4096, LONGEST_UNSURE = 8192
};

/* --- to know --- */

struct known {
	struct text value;
	struct known *next; /* that begins with the same bytes */
	bool words;         /* its words are known, too */
};

static void add(struct redaction *redaction, struct text value) {
	if (!value.length || map_get(&redaction->values, value)) return;
	if (redaction->values.count == MOST_VALUES) {
		redaction->overrun = true;
		return;
	}
	struct known *known = arena_new(redaction->arena, struct known);
	known->value = value;
	map_put(redaction->arena, &redaction->values, value, known);
	redaction->longest = value.length > redaction->longest ? value.length : redaction->longest;
	if (value.length < REDACT_SHORT) {
		*list_add(redaction->arena, &redaction->shorts) = value;
		return;
	}
	struct known *first = map_put(redaction->arena, &redaction->beginnings, text_slice(value, 0, REDACT_SHORT), known);
	if (first != known) {
		known->next = first->next;
		first->next = known;
	}
	if (!redaction->shortest || value.length < redaction->shortest)
		redaction->shortest = value.length;
	redaction->begins[(unsigned char)value.bytes[0]] = true;
}

/* A value as those write it who take each byte for a character, or who replace what is not UTF-8. */
static struct text misread(struct arena *arena, struct text value, bool byte_is_character) {
	struct buffer out = {.arena = arena};
	for (size_t at = 0, length; at < value.length; at += length) {
		length = byte_is_character ? 0 : text_utf8_length(value.bytes + at, value.length - at);
		if (length)
			buffer_add(&out, text_slice(value, at, at + length));
		else
			buffer_add_character(&out, byte_is_character ? (unsigned char)value.bytes[at] : 0xfffd);
		length = length ? length : 1;
	}
	return buffer_text(&out);
}

void redact_learn(struct redaction *redaction, struct text secret) {
	secret = text_trim(secret, " \t\r\n");
	add(redaction, secret);
	for (size_t i = 0; i < secret.length; i++)
		if ((unsigned char)secret.bytes[i] >= 0x80) {
			add(redaction, misread(redaction->arena, secret, true));
			add(redaction, misread(redaction->arena, secret, false));
			return;
		}
}

/* --- to find --- */

struct search {
	struct redaction *redaction;
	struct arena *arena;   /* of marks */
	struct source *source;
	uint32_t start;        /* of the text in the source */
};

static bool spend(struct redaction *redaction, size_t steps) {
	redaction->spent += steps;
	redaction->overrun = redaction->overrun || redaction->spent > redaction->allowed;
	return !redaction->overrun;
}

static void mark(const struct search *search, const struct plain *plain, size_t start, size_t end) {
	struct span origin = plain_origin(plain, start, end);
	redact_mark(search->arena, search->source, (struct span){search->start + origin.start, search->start + origin.end});
}

static bool stands_alone(struct text text, size_t start, size_t end) {
	return (!start || !text_is_word_byte(text.bytes[start - 1])) && (end == text.length || !text_is_word_byte(text.bytes[end]));
}

static void seek_short(const struct search *search, const struct plain *plain, struct text value) {
	struct text text = plain->text;
	bool inside = search->redaction->inside_words;
	size_t from = 0, hit;
	while ((hit = text_find(text_from(text, from), value)) != TEXT_NOT_FOUND) {
		size_t start = from + hit, end = start + value.length;
		if (inside || stands_alone(text, start, end))
			mark(search, plain, start, end);
		from = start + 1;
	}
}

static void seek_shorts(const struct search *search, const struct plain *plain) {
	struct redaction *redaction = search->redaction;
	for (size_t i = 0; i < redaction->shorts.count && spend(redaction, 1 + plain->text.length / 16); i++)
		seek_short(search, plain, redaction->shorts.items[i]);
}

/* A secret that a program has cut, by the length of a name or of a line: what is left must be odd enough by itself. */
static void seek_cut(const struct search *search, const struct plain *plain, size_t at, struct text value) {
	enum { SHORTEST_CUT = 8 };
	size_t length = 0;
	while (length < value.length && at + length < plain->text.length && plain->text.bytes[at + length] == value.bytes[length])
		length++;
	if (length >= SHORTEST_CUT && redact_is_distinct(text_slice(value, 0, length)))
		mark(search, plain, at, at + length);
}

static void seek_long(const struct search *search, const struct plain *plain) {
	struct redaction *redaction = search->redaction;
	for (size_t at = 0; at + REDACT_SHORT <= plain->text.length; at++) {
		if (!redaction->begins[(unsigned char)plain->text.bytes[at]]) continue;
		struct text rest = text_from(plain->text, at);
		const struct known *known = map_get(&redaction->beginnings, text_slice(rest, 0, REDACT_SHORT));
		for (; known && spend(redaction, 1 + known->value.length / 32); known = known->next)
			if (text_starts_with(rest, known->value))
				mark(search, plain, at, at + known->value.length);
			else if (redaction->cut)
				seek_cut(search, plain, at, known->value);
	}
}

static void seek(const struct search *search, const struct plain *plain) {
	seek_long(search, plain);
	seek_shorts(search, plain);
}

/* Bytes that were never written have all values of a byte or two: those mean nothing there. */
static void seek_encoded(const struct search *search, struct arena *scratch, const struct plain *plain) {
	bool inside = search->redaction->inside_words;
	if (!inside && !search->redaction->shortest) return;
	struct plain decoded = disguise_decode(scratch, plain, inside ? 1 : search->redaction->shortest);
	seek_long(search, &decoded);
	if (inside)
		seek_shorts(search, &decoded);
}

/* A `+` is a blank, or a digit of base64. */
static void seek_everywhere(const struct search *search, struct arena *scratch, struct plain plain) {
	enum { ALL = (1u << DISGUISE_COUNT) - 1, PLUS = 1u << DISGUISE_plus };
	struct plain other;
	seek(search, &plain);
	seek_encoded(search, scratch, &plain);
	for (size_t i = 0; i < DISGUISE_COUNT; i++)
		if (disguise_remove(scratch, &plain, 1u << i, &other))
			seek(search, &other);
	for (size_t i = 0; i < MOST_LAYERS && disguise_remove(scratch, &plain, ALL & ~PLUS, &other); i++) {
		plain = other;
		seek(search, &plain);
		seek_encoded(search, scratch, &plain);
		if (disguise_remove(scratch, &plain, PLUS, &other))
			seek(search, &other);
	}
}

void redact_mark_known(struct arena *arena, struct redaction *redaction, struct source *source, struct span span) {
	struct arena own = {0}, *scratch = redaction->scratch ? redaction->scratch : &own;
	struct arena_mark before = arena_mark(scratch);
	struct search search = {redaction, arena, source, span.start};
	struct plain plain = {.text = source_slice(source, span)};
	if (!redaction->values.count) return;
	redaction->allowed += plain.text.length * STEPS_A_BYTE + (redaction->allowed ? 0 : SPARE_STEPS);
	if (!redaction->overrun)
		seek_everywhere(&search, scratch, plain);
	if (redaction->overrun)
		redact_mark(arena, source, span);
	arena_rewind(scratch, before);
	arena_release(&own);
}

size_t redact_sure(const struct redaction *redaction, size_t length) {
	size_t unsure = redaction->longest * LONGEST_DISGUISE;
	unsure = unsure < SHORTEST_UNSURE ? SHORTEST_UNSURE : unsure > LONGEST_UNSURE ? LONGEST_UNSURE : unsure;
	return length > unsure ? length - unsure : 0;
}

/* --- what the whole process knows --- */

enum { LONGEST_KNOWN = 65536, LARGEST_PIECE = 65536 };

/* It lives as long as the process, as its key does: whatever is printed at its end may hold what was read at its start. */
static struct arena run_arena;
static struct redaction remarks = {.arena = &run_arena}, outputs = {.arena = &run_arena, .cut = true};

struct redaction *redact_known(void) { return &remarks; }

void redact_forget(void) {
	arena_release(&run_arena);
	remarks = (struct redaction){.arena = &run_arena};
	outputs = (struct redaction){.arena = &run_arena, .cut = true};
}

static void know_output(struct text secret) {
	if (redact_is_distinct(secret) && outputs.values.count < MOST_VALUES / 2)
		redact_learn(&outputs, secret);
}

/* A reader that takes the secret's line for another statement may cut it at any sign: its words are known, too. */
void redact_know(struct text secret, bool named) {
	secret = text_trim(secret, " \t\r\n");
	if (redact_shows_all() || remarks.overrun || secret.length < REDACT_SHORT || secret.length > LONGEST_KNOWN) return;
	if (!named && redact_is_everyday(secret)) return;
	struct known *known = map_get(&remarks.values, secret);
	if (known && (known->words || !named)) return;
	secret = text_copy(&run_arena, secret);
	redact_learn(&remarks, secret);
	know_output(secret);
	for (size_t start = 0, end; named && start < secret.length; start = end + 1) {
		end = start;
		while (end < secret.length && text_is_word_byte(secret.bytes[end]))
			end++;
		know_output(text_slice(secret, start, end));
	}
	known = named ? map_get(&remarks.values, secret) : NULL;
	if (known)
		known->words = true;
}

/* A piece at a time, so that what is looked at does not take many times its memory. */
struct text redact_output(struct arena *arena, struct text text) {
	struct arena scratch = {0};
	struct buffer out = {.arena = arena};
	if (redact_shows_all() || !outputs.values.count)
		return text;
	for (size_t at = 0, end; at < text.length; at = end) {
		end = at + LARGEST_PIECE < text.length ? at + LARGEST_PIECE : text.length;
		size_t feed = end < text.length ? text_find_last_byte(text_slice(text, at, end), '\n') : TEXT_NOT_FOUND;
		end = feed == TEXT_NOT_FOUND ? end : at + feed + 1;
		struct source *source = source_from_text(&scratch, TEXT(""), text_slice(text, at, end));
		struct span whole = {0, (uint32_t)source->bytes.length};
		outputs.spent = outputs.allowed = 0;
		redact_mark_known(&scratch, &outputs, source, whole);
		redact_settle(source);
		buffer_add(&out, redact_show(&scratch, source, whole, NULL));
		arena_release(&scratch);
	}
	return buffer_text(&out);
}
