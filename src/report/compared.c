#include "report/compared.h"

#include "report/terminal.h"

enum { MOST_FILES = 2, MOST_OTHERS = 4 };

/* A file, and how many others it was compared with. */
struct tally {
	const struct source *source;
	size_t count;
};

struct telling {
	const struct report_input *input;
	struct buffer *out;
	struct map told;       /* paths of the files that others were told of */
	struct map named;      /* paths of all that were named */
	const char *separator;
};

/* Two files that were only read for the sake of others are nobody's concern. */
static bool concerns(const struct compared_pair *pair) { return !pair->one->peer || !pair->other->peer; }

static bool is_told(const struct telling *telling, const struct compared_pair *pair) {
	struct text one = pair->one->path, other = pair->other->path;
	return !concerns(pair) || map_get(&telling->told, one) || map_get(&telling->told, other) ||
	       (map_get(&telling->named, one) && map_get(&telling->named, other));
}

bool compared_any(const struct report_input *input) {
	for (size_t i = 0; i < input->diagnostics->compared.count; i++)
		if (concerns(&input->diagnostics->compared.items[i]))
			return true;
	return false;
}

static const struct tally *add_to(struct arena *arena, struct map *tallies, const struct source *source) {
	struct tally *tally = map_place(arena, tallies, source->path, sizeof(struct tally));
	tally->source = source;
	tally->count++;
	return tally;
}

static const struct tally *larger(const struct tally *a, const struct tally *b) {
	if (!a || a->count != b->count)
		return a && a->count > b->count ? a : b;
	return text_compare(a->source->path, b->source->path) <= 0 ? a : b;
}

/* The file that was compared with most others, of pairs that were not spoken of yet; NULL when there is none. */
static const struct source *find_next(const struct telling *telling) {
	struct map tallies = {0};
	const struct tally *most = NULL;
	for (size_t i = 0; i < telling->input->diagnostics->compared.count; i++) {
		const struct compared_pair *pair = &telling->input->diagnostics->compared.items[i];
		if (is_told(telling, pair)) continue;
		most = larger(most, add_to(telling->input->arena, &tallies, pair->one));
		most = larger(most, add_to(telling->input->arena, &tallies, pair->other));
	}
	return most ? most->source : NULL;
}

static void tell_file(struct telling *telling, const struct source *source) {
	struct buffer *out = telling->out;
	size_t others = 0;
	buffer_add_string(out, telling->separator);
	terminal_add_between(out, "", source->path, " with ");
	for (size_t i = 0; i < telling->input->diagnostics->compared.count; i++) {
		const struct compared_pair *pair = &telling->input->diagnostics->compared.items[i];
		if (is_told(telling, pair) || (pair->one != source && pair->other != source)) continue;
		const struct source *other = pair->one == source ? pair->other : pair->one;
		if (others++ < MOST_OTHERS)
			terminal_add_between(out, others > 1 ? ", " : "", other->path, "");
		map_put(telling->input->arena, &telling->named, other->path, telling);
	}
	if (others > MOST_OTHERS)
		buffer_format(out, " and %zu more", others - MOST_OTHERS);
	map_put(telling->input->arena, &telling->told, source->path, telling);
	map_put(telling->input->arena, &telling->named, source->path, telling);
	telling->separator = "; ";
}

static size_t count_untold(const struct telling *telling) {
	size_t count = 0;
	for (size_t i = 0; i < telling->input->diagnostics->compared.count; i++)
		count += !is_told(telling, &telling->input->diagnostics->compared.items[i]);
	return count;
}

static void tell_alone(const struct telling *telling) {
	const struct report_input *input = telling->input;
	struct map compared = {0};
	size_t count = 0, last = 0;
	for (size_t i = 0; i < input->diagnostics->compared.count; i++) {
		struct compared_pair *pair = &input->diagnostics->compared.items[i];
		map_put(input->arena, &compared, pair->one->path, pair);
		map_put(input->arena, &compared, pair->other->path, pair);
	}
	for (size_t i = 0; i < input->file_count; i++)
		if (!map_get(&compared, input->files[i].path)) {
			count++;
			last = i;
		}
	if (count == 1)
		terminal_add_between(telling->out, "; ", input->files[last].path, " with no other");
	else if (count)
		buffer_format(telling->out, "; %zu files with no other", count);
}

void compared_write(const struct report_input *input, struct buffer *out) {
	struct telling telling = {.input = input, .out = out, .separator = "compared: "};
	if (!compared_any(input)) return;
	for (size_t i = 0; i < MOST_FILES; i++) {
		const struct source *source = find_next(&telling);
		if (source)
			tell_file(&telling, source);
	}
	size_t more = count_untold(&telling);
	if (more)
		buffer_format(out, "; %zu more %s", more, more == 1 ? "pair" : "pairs");
	tell_alone(&telling);
	buffer_add_byte(out, '\n');
}

void compared_add_json(const struct report_input *input, struct json *json) {
	json_rows(json, "compared", 0);
	for (size_t i = 0; i < input->diagnostics->compared.count; i++) {
		const struct compared_pair *pair = &input->diagnostics->compared.items[i];
		if (!concerns(pair)) continue;
		json_object(json, NULL);
		json_text(json, "path", pair->one->path);
		json_text(json, "with", pair->other->path);
		json_end(json);
	}
	json_end(json);
}
