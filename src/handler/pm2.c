#include "handler/pm2.h"

#include <string.h>

#include "base/buffer.h"
#include "rule/node.h"

/* The line that holds the JSON: pm2 may print others about itself before it. */
static struct text find_json(struct text output)
{
	struct text found = TEXT("");
	while (output.length) {
		struct text line = text_trim(text_cut(&output, '\n'), " \r");
		if (text_starts_with(line, TEXT("[{")) || text_is(line, "[]"))
			found = line;
	}
	return found;
}

/* Whether YAML lets a character stand in a text as it is, and leaves it so. */
static bool is_plain(const char *bytes, size_t length)
{
	static const char *const others[] = {"\xe2\x80\xa8", "\xe2\x80\xa9", "\xef\xbf\xbe", "\xef\xbf\xbf"};
	if (length == 1)
		return bytes[0] >= ' ' && bytes[0] < 0x7f;
	if (length == 2 && bytes[0] == '\xc2' && (unsigned char)bytes[1] < 0xa0)
		return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (length == 3 && !memcmp(bytes, others[i], 3))
			return false;
	return length > 0;
}

/* JSON is YAML but for some characters that may stand in JSON as they are. */
static struct text make_yaml(struct arena *arena, struct text json)
{
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < json.length;) {
		size_t length = text_utf8_length(json.bytes + i, json.length - i);
		if (is_plain(json.bytes + i, length))
			buffer_add(&out, text_slice(json, i, i + length));
		else
			buffer_add_byte(&out, '?');
		i += length ? length : 1;
	}
	return buffer_text(&out);
}

static struct text member(const struct node *map, const char *name)
{
	const struct node *node = node_get(map, name);
	return node && node->kind == NODE_TEXT ? node->text : TEXT("");
}

bool pm2_read(struct arena *arena, struct text output, struct text app, struct pm2_list *list, struct text *reason)
{
	struct diagnostics ignored = {.arena = arena};
	struct source *source = source_from_text(arena, TEXT("pm2 jlist"), make_yaml(arena, find_json(output)));
	const struct node *tree = node_read(&ignored, source);
	if (!tree || tree->kind != NODE_LIST) {
		*reason = TEXT("pm2 did not list its apps as JSON");
		return false;
	}
	for (size_t i = 0; i < tree->count; i++) {
		const struct node *process = &tree->items[i], *state = node_get(process, "pm2_env");
		if (!text_equal(member(process, "name"), app))
			continue;
		struct pm2_process *found = list_add(arena, list);
		*found = (struct pm2_process){.id = member(process, "pm_id"), .status = member(state, "status")};
		found->restarts = member(state, "restart_time");
		found->up_since = member(state, "pm_uptime");
		if (!text_is(found->status, "online"))
			*reason = text_format(arena, "pm2 says that '%.*s' is %.*s", TEXT_ARGUMENTS(app),
			                      TEXT_ARGUMENTS(found->status));
	}
	if (!list->count)
		*reason = text_format(arena, "pm2 has no app '%.*s'", TEXT_ARGUMENTS(app));
	return !reason->length;
}

bool pm2_steady(struct arena *arena, const struct pm2_list *first, const struct pm2_list *second, struct text *reason)
{
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
