#include "report/summary.h"

#include "base/map.h"
#include "report/compared.h"
#include "report/outcome.h"
#include "report/terminal.h"

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

/* How many findings --fix, with --unsafe-fixes for the unsafe ones, would mend. */
static size_t count_fixable(const struct diagnostics *diagnostics, enum safety safety) {
	size_t count = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct fix *fix = diagnostics->found.items[i].fix;
		count += fix_is_possible(fix) && fix->safety == safety;
	}
	return count;
}

static void write_hint(const struct report_input *input, struct buffer *out) {
	size_t safe = count_fixable(input->diagnostics, SAFETY_SAFE);
	size_t unsafe = count_fixable(input->diagnostics, SAFETY_UNSAFE);
	if (safe)
		buffer_format(out, "; %zu can be fixed with --fix", safe);
	if (unsafe && safe)
		buffer_format(out, ", %zu more with --unsafe-fixes", unsafe);
	else if (unsafe)
		buffer_format(out, "; %zu can be fixed with --fix --unsafe-fixes", unsafe);
}

void summary_add_count(size_t count, enum severity severity, struct buffer *out) {
	if (count)
		buffer_format(out, "%zu %s%s", count, severity_name(severity), severity == SEVERITY_INFO ? "" : plural(count));
}

static void write_counts(const struct report_input *input, struct buffer *out) {
	const char *separator = "";
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--) {
		size_t count = diagnostics_count(input->diagnostics, (enum severity)severity);
		buffer_add_string(out, count ? separator : "");
		summary_add_count(count, (enum severity)severity, out);
		separator = count ? ", " : separator;
	}
	if (!input->fix_wanted)
		write_hint(input, out);
	buffer_add_byte(out, '\n');
}

/* "No faults" is said of what was compared. */
static void write_no_faults(const struct report_input *input, struct buffer *out) {
	bool one = input->file_count == 1;
	buffer_format(out, "no %sfaults %s in %zu file%s", input->known ? "new " : "", input->fixed ? "left" : "found", input->file_count,
	              plural(input->file_count));
	if (input->file_count && !compared_any(input))
		buffer_add_string(out, one ? "; it was compared with no other" : "; none of them was compared with another");
	buffer_add_byte(out, '\n');
}

/* --- what could not be judged --- */

/* A reason, and how many rules it kept from being judged. */
struct obstacle {
	struct text reason;
	struct map rules;
	size_t order;
};

struct obstacle_list LIST_OF(struct obstacle *);

enum { MOST_OBSTACLES = 2 };

static int compare_obstacles(const void *left, const void *right) {
	const struct obstacle *a = *(struct obstacle *const *)left, *b = *(struct obstacle *const *)right;
	if (a->rules.count != b->rules.count)
		return a->rules.count < b->rules.count ? 1 : -1;
	return a->order < b->order ? -1 : 1;
}

/* The reasons, the commonest first. */
static struct obstacle_list find_obstacles(const struct report_input *input, struct map *rules) {
	struct map known = {0};
	struct obstacle_list list = {0};
	for (size_t i = 0; i < input->diagnostics->skipped.count; i++) {
		struct not_evaluated *skipped = &input->diagnostics->skipped.items[i];
		struct obstacle *obstacle = map_place(input->arena, &known, skipped->reason, sizeof(struct obstacle));
		if (!obstacle->rules.count) {
			obstacle->reason = skipped->reason;
			obstacle->order = list.count;
			*list_add(input->arena, &list) = obstacle;
		}
		map_put(input->arena, &obstacle->rules, skipped->rule, skipped);
		map_put(input->arena, rules, skipped->rule, skipped);
	}
	list_sort(&list, compare_obstacles);
	return list;
}

static void write_obstacles(const struct obstacle_list *obstacles, struct buffer *out) {
	for (size_t i = 0; i < obstacles->count && i < MOST_OBSTACLES; i++) {
		terminal_add_between(out, i ? ", " : "  ", obstacles->items[i]->reason, "");
		if (obstacles->count > 1)
			buffer_format(out, " (%zu)", obstacles->items[i]->rules.count);
	}
	buffer_format(out, "%s; --show-not-evaluated tells more\n", obstacles->count > MOST_OBSTACLES ? ", and others" : "");
}

static void write_skipped(const struct report_input *input, struct buffer *out) {
	struct map rules = {0};
	struct obstacle_list obstacles = find_obstacles(input, &rules);
	if (!rules.count) return;
	buffer_format(out, "%zu rule%s not evaluated:\n", rules.count, rules.count == 1 ? " was" : "s were");
	if (!input->show_not_evaluated)
		write_obstacles(&obstacles, out);
	for (size_t i = 0; input->show_not_evaluated && i < input->diagnostics->skipped.count; i++) {
		terminal_add_between(out, "  ", input->diagnostics->skipped.items[i].rule, ": ");
		terminal_add_between(out, "", input->diagnostics->skipped.items[i].reason, "\n");
	}
}

/* --- the whole --- */

void summary_write(const struct report_input *input, struct buffer *out) {
	if (input->fixed)
		buffer_format(out, "fixed %zu fault%s\n", input->fixed, plural(input->fixed));
	if (input->fixed && input->before)
		outcome_write_works(input, out);
	if (!input->diagnostics->found.count)
		write_no_faults(input, out);
	else if (input->before)
		outcome_write_left(input, out);
	else
		write_counts(input, out);
	if (input->known)
		buffer_format(out, "%zu known finding%s left out\n", input->known, input->known == 1 ? " is" : "s are");
	compared_write(input, out);
	write_skipped(input, out);
}
