#include "diagnostic/edit.h"


#include "base/buffer.h"

/* An edit, and the fix it belongs to by its number. */
struct owned_edit {
	const struct edit *edit;
	size_t fix;
};

struct owned_list LIST_OF(struct owned_edit);

static int compare_owned(const void *left, const void *right) {
	const struct owned_edit *a = left, *b = right;
	if (a->edit->source != b->edit->source)
		return text_compare(a->edit->source->path, b->edit->source->path);
	int order = span_compare(a->edit->span, b->edit->span);
	if (!order)
		order = (a->fix > b->fix) - (a->fix < b->fix);
	/* As the fix has them: not every qsort() is stable. */
	return order ? order : (a->edit > b->edit) - (a->edit < b->edit);
}

static bool same_edit(const struct edit *a, const struct edit *b) {
	return !span_compare(a->span, b->span) && text_equal(a->replacement, b->replacement);
}

/* Two edits that can't both be applied; `b` does not start before `a`. */
static bool collide(const struct edit *a, const struct edit *b) {
	if (a->source != b->source || same_edit(a, b)) return false;
	bool insertions = a->span.start == b->span.end && a->span.end == b->span.start;
	return b->span.start < a->span.end || (insertions && (a->alone || b->alone));
}

static struct owned_list collect(struct arena *arena, const struct fix_list *fixes) {
	struct owned_list edits = {0};
	for (size_t i = 0; i < fixes->count; i++)
		for (size_t j = 0; j < fixes->items[i]->edits.count; j++)
			*list_add(arena, &edits) = (struct owned_edit){&fixes->items[i]->edits.items[j], i};
	list_sort(&edits, compare_owned);
	return edits;
}

/* Drops the later fix of the first pair that collides; false when there is none. */
static bool drop_one_round(struct arena *arena, struct fix_list *fixes) {
	struct owned_list edits = collect(arena, fixes);
	bool *dropped = arena_array(arena, bool, fixes->count + 1);
	const struct owned_edit *last = NULL;
	bool any = false;
	for (size_t i = 0; i < edits.count; i++) {
		struct owned_edit *edit = &edits.items[i];
		if (dropped[edit->fix]) continue;
		if (last && last->fix != edit->fix && !dropped[last->fix] && collide(last->edit, edit->edit)) {
			size_t later = last->fix > edit->fix ? last->fix : edit->fix;
			dropped[later] = any = true;
			if (later == edit->fix) continue;
		}
		if (!last || dropped[last->fix] || last->edit->source != edit->edit->source ||
		    edit->edit->span.end >= last->edit->span.end)
			last = edit;
	}
	size_t kept = 0;
	for (size_t i = 0; i < fixes->count; i++)
		if (!dropped[i])
			fixes->items[kept++] = fixes->items[i];
	fixes->count = kept;
	return any;
}

size_t edits_settle(struct fix_list *fixes) {
	struct arena scratch = {0};
	while (drop_one_round(&scratch, fixes))
		arena_rewind(&scratch, (struct arena_mark){0});
	arena_release(&scratch);
	return fixes->count;
}

/* A buffer with room for the source's bytes as they are to be. */
static struct buffer make_buffer(struct arena *arena, const struct source *source, const struct owned_list *edits) {
	struct buffer buffer = {.arena = arena, .capacity = source->bytes.length + 1};
	for (size_t i = 0; i < edits->count; i++)
		if (edits->items[i].edit->source == source)
			buffer.capacity += edits->items[i].edit->replacement.length;
	buffer.bytes = arena_allocate(arena, buffer.capacity);
	return buffer;
}

struct text edits_apply(struct arena *arena, const struct source *source, const struct fix_list *fixes) {
	struct arena scratch = {0};
	struct owned_list edits = collect(&scratch, fixes);
	struct buffer result = make_buffer(arena, source, &edits);
	const struct edit *last = NULL;
	size_t done = 0;
	for (size_t i = 0; i < edits.count; i++) {
		const struct edit *edit = edits.items[i].edit;
		if (edit->source != source || (last && same_edit(last, edit))) continue;
		buffer_add(&result, text_slice(source->bytes, done, edit->span.start));
		buffer_add(&result, edit->replacement);
		done = edit->span.end;
		last = edit;
	}
	buffer_add(&result, text_from(source->bytes, done));
	arena_release(&scratch);
	return buffer_text(&result);
}
