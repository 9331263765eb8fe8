#include "handler/pm2.h"

#include "json/read.h"

/* The line that holds the JSON: pm2 may print others about itself before it. */
static struct text find_json(struct text output) {
	struct text found = TEXT("");
	while (output.length) {
		struct text line = text_trim(text_cut(&output, '\n'), " \r");
		if (text_starts_with(line, TEXT("[{")) || text_is(line, "[]"))
			found = line;
	}
	return found;
}

bool pm2_read(struct arena *arena, struct text output, struct text app, struct pm2_list *list, struct text *reason) {
	const struct json_value *apps = json_read(arena, find_json(output));
	if (!apps) {
		*reason = TEXT("pm2 did not list its apps as JSON");
		return false;
	}
	for (size_t i = 0; i < apps->count; i++) {
		const struct json_value *process = &apps->items[i], *state = json_get(process, "pm2_env");
		if (!text_equal(json_get_text(process, "name"), app)) continue;
		struct pm2_process *found = list_add(arena, list);
		found->id = json_get_text(process, "pm_id");
		found->status = json_get_text(state, "status");
		found->restarts = json_get_text(state, "restart_time");
		found->up_since = json_get_text(state, "pm_uptime");
		if (!text_is(found->status, "online"))
			*reason = text_format(arena, "pm2 says that '%.*s' is %.*s", TEXT_ARGUMENTS(app),
			                      TEXT_ARGUMENTS(found->status));
	}
	if (!list->count)
		*reason = text_format(arena, "pm2 has no app '%.*s'", TEXT_ARGUMENTS(app));
	return !reason->length;
}

bool pm2_steady(struct arena *arena, const struct pm2_list *first, const struct pm2_list *second, struct text *reason) {
	if (first->count != second->count)
		*reason = TEXT("processes of the app have come or gone");
	for (size_t i = 0; !reason->length && i < first->count; i++) {
		const struct pm2_process *before = &first->items[i], *now = &second->items[i];
		if (!text_equal(before->restarts, now->restarts))
			*reason = text_format(arena, "it does not stay up: pm2 has started it %.*s times, %.*s a moment before",
			                      TEXT_ARGUMENTS(now->restarts), TEXT_ARGUMENTS(before->restarts));
		else if (!text_equal(before->id, now->id) || !text_equal(before->up_since, now->up_since))
			*reason = TEXT("it does not stay up: pm2 has started it again");
	}
	return !reason->length;
}
