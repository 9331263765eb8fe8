#include "command/pending.h"

#include <time.h>

#include "command/output.h"
#include "command/tell.h"
#include "inventory/handlers.h"

/* An id begins with its time in UTC: 20261123T103100. */
static time_t time_of(struct text id, struct tm *utc) {
	int64_t numbers[6] = {0};
	static const unsigned char places[][2] = {{0, 4}, {4, 6}, {6, 8}, {9, 11}, {11, 13}, {13, 15}};
	for (size_t i = 0; i < 6; i++)
		text_to_integer(text_slice(id, places[i][0], places[i][1]), &numbers[i]);
	*utc = (struct tm){
		.tm_year = (int)numbers[0] - 1900, .tm_mon = (int)numbers[1] - 1, .tm_mday = (int)numbers[2],
		.tm_hour = (int)numbers[3], .tm_min = (int)numbers[4], .tm_sec = (int)numbers[5]};
	return timegm(utc);
}

/* The time of day, and the date where it is not today's. */
static struct text shown_time(struct arena *arena, struct text id) {
	char shown[32];
	struct tm utc, then, now;
	time_t time_then = time_of(id, &utc), time_now = time(NULL);
	if (!localtime_r(&time_then, &then) || !localtime_r(&time_now, &now))
		return id;
	bool today = then.tm_year == now.tm_year && then.tm_yday == now.tm_yday;
	size_t length = strftime(shown, sizeof(shown), today ? "%H:%M" : "%Y-%m-%d %H:%M", &then);
	return text_copy(arena, (struct text){shown, length});
}

void pending_tell(struct arena *arena, const struct pending_list *pending) {
	struct text_list names = {0};
	struct text all = TEXT("");
	if (!pending->count) return;
	for (size_t i = 0; i < pending->count; i++)
		for (size_t j = 0; j < pending->items[i].handlers.count; j++)
			text_list_add_once(arena, &names, pending->items[i].handlers.items[j]);
	for (size_t i = 0; i < names.count; i++)
		all = text_format(arena, "%.*s%s%.*s", TEXT_ARGUMENTS(all), i ? ", " : "", TEXT_ARGUMENTS(names.items[i]));
	output_tell("arilint: note: changes %s %.*s are not loaded yet: %.*s; `arilint --fix --run-handlers` loads them\n",
	        pending->count > 1 ? "since" : "of", TEXT_ARGUMENTS(shown_time(arena, pending->items[0].id)),
	        TEXT_ARGUMENTS(tell_shown(arena, all)));
}

void pending_report(struct arena *arena, const struct pending_list *pending, struct report_input *input) {
	struct report_pending *items = arena_array(arena, struct report_pending, pending->count);
	for (size_t i = 0; i < pending->count; i++) {
		struct tm utc;
		char shown[32];
		time_of(pending->items[i].id, &utc);
		size_t length = strftime(shown, sizeof(shown), "%Y-%m-%dT%H:%M:%SZ", &utc);
		items[i] = (struct report_pending){
			pending->items[i].id, text_copy(arena, (struct text){shown, length}), &pending->items[i].handlers};
	}
	input->pending = items;
	input->pending_count = pending->count;
}
