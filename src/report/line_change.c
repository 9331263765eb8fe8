#include "report/line_change.h"

#include "base/map.h"

enum { MOST_STEPS = 512 };

static const uint32_t UNREACHED = UINT32_MAX;

/* The lines between the common start and the common end of both texts, each as a number: equal lines, equal numbers. */
struct middle {
	size_t start; /* index of its first line, the same in both texts */
	size_t before_count, after_count;
	uint32_t *before, *after;
	bool *removed, *added;
};

/* Furthest points reached from a start (before, after) with 0, 1, ... steps, a step being a removed or an added line.
 * Row d holds d + 1 points, those on the diagonals before - after = -d, -d + 2, ..., d; a point is its way along
 * `before`. */
struct search {
	const struct middle *middle;
	size_t before, after;
	uint32_t *points;
};

static struct text line_text(const struct lines *lines, size_t index) {
	return text_slice(lines->bytes, lines->starts[index], lines->starts[index + 1]);
}

static uint32_t *row(const struct search *search, size_t steps) { return search->points + steps * (steps + 1) / 2; }

/* The way along `after` of the point `index` of a row. */
static size_t way_after(uint32_t point, size_t steps, size_t index) { return point + steps - 2 * index; }

/* Where a removed line leads from the row before, or UNREACHED. */
static uint32_t try_removal(const struct search *search, size_t steps, size_t index) {
	uint32_t from = index ? row(search, steps - 1)[index - 1] : UNREACHED;
	bool possible = from != UNREACHED && search->before + from < search->middle->before_count;
	return possible ? from + 1 : UNREACHED;
}

static uint32_t try_addition(const struct search *search, size_t steps, size_t index) {
	uint32_t from = index < steps ? row(search, steps - 1)[index] : UNREACHED;
	if (from == UNREACHED)
		return UNREACHED;
	bool possible = search->after + way_after(from, steps - 1, index) < search->middle->after_count;
	return possible ? from : UNREACHED;
}

static bool prefers_removal(uint32_t removal, uint32_t addition) {
	return removal != UNREACHED && (addition == UNREACHED || removal > addition);
}

/* Walks along equal lines. */
static uint32_t follow(const struct search *search, uint32_t point, size_t steps, size_t index) {
	const struct middle *middle = search->middle;
	size_t before = search->before + point, after = search->after + way_after(point, steps, index);
	while (before < middle->before_count && after < middle->after_count &&
	       middle->before[before] == middle->after[after]) {
		before++;
		after++;
	}
	return (uint32_t)(before - search->before);
}

static uint32_t reach(const struct search *search, size_t steps, size_t index) {
	uint32_t point = 0;
	if (steps) {
		uint32_t removal = try_removal(search, steps, index), addition = try_addition(search, steps, index);
		point = prefers_removal(removal, addition) ? removal : addition;
	}
	return point == UNREACHED ? UNREACHED : follow(search, point, steps, index);
}

static bool is_end(const struct search *search, size_t steps, size_t index) {
	uint32_t point = row(search, steps)[index];
	return point != UNREACHED && search->before + point == search->middle->before_count &&
	       search->after + way_after(point, steps, index) == search->middle->after_count;
}

/* The point of the row that got furthest along both texts; of equal ones the one nearest to the row's middle. */
static size_t find_furthest(const struct search *search, size_t steps) {
	size_t best = 0, best_way = 0, best_distance = SIZE_MAX;
	for (size_t index = 0; index <= steps; index++) {
		uint32_t point = row(search, steps)[index];
		if (point == UNREACHED) continue;
		size_t way = point + way_after(point, steps, index);
		size_t distance = 2 * index > steps ? 2 * index - steps : steps - 2 * index;
		if (way > best_way || (way == best_way && distance < best_distance)) {
			best = index;
			best_way = way;
			best_distance = distance;
		}
	}
	return best;
}

/* Marks the lines on the way to a point and moves the start of the search there. */
static void take_way(struct search *search, size_t steps, size_t index) {
	uint32_t point = row(search, steps)[index];
	size_t before = search->before + point, after = search->after + way_after(point, steps, index);
	for (; steps; steps--) {
		uint32_t removal = try_removal(search, steps, index), addition = try_addition(search, steps, index);
		if (prefers_removal(removal, addition)) {
			search->middle->removed[search->before + removal - 1] = true;
			index--;
		} else {
			search->middle->added[search->after + way_after(addition, steps, index) - 1] = true;
		}
	}
	search->before = before;
	search->after = after;
}

/* One stretch of the way: to the end, or as far as MOST_STEPS lead. */
static void search_stretch(struct search *search) {
	for (size_t steps = 0; steps <= MOST_STEPS; steps++) {
		for (size_t index = 0; index <= steps; index++) {
			row(search, steps)[index] = reach(search, steps, index);
			if (is_end(search, steps, index)) {
				take_way(search, steps, index);
				return;
			}
		}
	}
	take_way(search, MOST_STEPS, find_furthest(search, MOST_STEPS));
}

/* A line's number is the place of its first occurrence. */
static void number_lines(struct arena *arena, struct map *first, const struct lines *lines, size_t start, size_t count,
                         uint32_t *all, uint32_t *numbers) {
	for (size_t i = 0; i < count; i++) {
		const uint32_t *found = map_put(arena, first, line_text(lines, start + i), &numbers[i]);
		numbers[i] = (uint32_t)(found - all);
	}
}

static struct middle find_middle(struct arena *arena, const struct lines *before, const struct lines *after) {
	size_t shorter = before->count < after->count ? before->count : after->count, start = 0, end = 0;
	while (start < shorter && text_equal(line_text(before, start), line_text(after, start)))
		start++;
	while (end < shorter - start &&
	       text_equal(line_text(before, before->count - end - 1), line_text(after, after->count - end - 1)))
		end++;
	struct middle middle = {start, before->count - start - end, after->count - start - end, NULL, NULL, NULL, NULL};
	uint32_t *numbers = arena_array(arena, uint32_t, middle.before_count + middle.after_count);
	middle.before = numbers;
	middle.after = numbers + middle.before_count;
	middle.removed = arena_array(arena, bool, middle.before_count);
	middle.added = arena_array(arena, bool, middle.after_count);
	struct map first = {0};
	number_lines(arena, &first, before, start, middle.before_count, numbers, middle.before);
	number_lines(arena, &first, after, start, middle.after_count, numbers, middle.after);
	return middle;
}

static void collect(struct arena *arena, const struct middle *middle, struct line_change_list *changes) {
	size_t before = 0, after = 0;
	while (before < middle->before_count || after < middle->after_count) {
		struct line_change change = {0};
		change.before_start = middle->start + before;
		change.after_start = middle->start + after;
		while (before < middle->before_count && middle->removed[before])
			before++;
		while (after < middle->after_count && middle->added[after])
			after++;
		change.before_end = middle->start + before;
		change.after_end = middle->start + after;
		if (change.before_start < change.before_end || change.after_start < change.after_end) {
			*list_add(arena, changes) = change;
		} else {
			before++;
			after++;
		}
	}
}

void line_changes_find(struct arena *arena, const struct lines *before, const struct lines *after,
                       struct line_change_list *changes) {
	struct middle middle = find_middle(arena, before, after);
	struct search search = {.middle = &middle};
	search.points = arena_array(arena, uint32_t, (MOST_STEPS + 1) * (MOST_STEPS + 2) / 2);
	while (search.before < middle.before_count || search.after < middle.after_count)
		search_stretch(&search);
	collect(arena, &middle, changes);
}
