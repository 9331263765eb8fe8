#include "log/json.h"

#include <time.h>

#include "base/buffer.h"
#include "json/read.h"

struct search {
	struct arena *arena;
	struct buffer message;
	struct text time;
};

static const char *const message_keys[] = {"msg", "message", "MESSAGE", "log", "err", "error", "reason", "cause", NULL};
static const char *const time_keys[] = {"time", "timestamp", "@timestamp", "ts", "date", NULL};

static struct text describe_time(struct arena *arena, struct text word) {
	char shown[32];
	struct tm parts;
	int64_t number;
	if (!text_to_integer(text_slice(word, 0, text_find_byte(word, '.')), &number) || number < 0)
		return TEXT("");
	time_t seconds = number >= 100000000000 ? number / 1000 : number;
	if (!gmtime_r(&seconds, &parts) || !strftime(shown, sizeof(shown), "%Y-%m-%dT%H:%M:%SZ", &parts))
		return TEXT("");
	return text_format(arena, "%s", shown);
}

static void take_text(struct search *search, struct text key, struct text text) {
	if (!text.length || !text_is_one_of(key, message_keys)) return;
	if (search->message.length)
		buffer_add_string(&search->message, ": ");
	buffer_add(&search->message, text);
}

/* Errors of Node say where in members of their own: adds it as their messages spell it, "connect ECONNREFUSED 127.0.0.1:8088". */
static void take_address(struct search *search, const struct json_value *object) {
	struct text code = json_get_text(object, "code"), port = json_get_text(object, "port");
	struct text call = json_get_text(object, "syscall"), host = json_get_text(object, "address");
	if (!host.length)
		host = json_get_text(object, "hostname");
	if (!code.length || !call.length || !host.length) return;
	buffer_add_string(&search->message, search->message.length ? ": " : "");
	buffer_add(&search->message, text_format(search->arena, "%.*s %.*s %.*s", TEXT_ARGUMENTS(call), TEXT_ARGUMENTS(code),
	                                         TEXT_ARGUMENTS(host)));
	if (port.length)
		buffer_add(&search->message, text_join(search->arena, TEXT(":"), port));
}

/* `key` is the nearest one. */
static void take_value(struct search *search, const struct json_value *value, struct text key, unsigned depth) {
	bool object = value->kind == JSON_OBJECT, word = value->kind == JSON_WORD;
	for (size_t i = 0; i < value->count; i++)
		take_value(search, &value->items[object ? 2 * i + 1 : i], object ? value->items[2 * i].text : key, depth + 1);
	if ((word || value->kind == JSON_TEXT) && !search->time.length && depth == 1 && text_is_one_of(key, time_keys))
		search->time = word ? describe_time(search->arena, value->text) : value->text;
	if (value->kind == JSON_TEXT)
		take_text(search, key, value->text);
	if (object)
		take_address(search, value);
}

bool log_read_json(struct arena *arena, struct text text, struct log_json *json) {
	struct search search = {.arena = arena, .message = {.arena = arena}};
	const struct json_value *value = json_read(arena, text);
	if (value)
		take_value(&search, value, TEXT(""), 0);
	*json = (struct log_json){buffer_text(&search.message), search.time};
	return search.message.length;
}
