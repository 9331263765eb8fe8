#include "reader/env/dotenv.h"
#include "reader/env/expand.h"

/* What dotenv-expand makes of the values that dotenv has read: version 12 and 13, and version 10, which @nestjs/config
 * brings along. Both rewrite a value again and again until nothing is left to replace. */

enum {
	MOST_ROUNDS = 4096,           /* of one value; beyond it the real program would hang or overflow its stack */
	MOST_WORK = 16 * 1024 * 1024  /* bytes looked at, for all values of a file */
};

struct expansion {
	struct env_scan *scan;
	struct map raw;               /* name -> struct variable *: the last one that the file gives */
	struct map done;              /* name -> struct text *: values that have been expanded */
	size_t work;
};

/* One thing to replace. */
struct reference {
	struct text whole;            /* with `$` and braces */
	struct text key, fallback;
	bool alternative;             /* `+`, `:+`: the fallback counts when the key is set */
};

typedef bool finder(struct text value, struct reference *found);
typedef struct text replacer(struct expansion *, const struct reference *, const struct text_list *seen);

static const struct text *lookup(const struct map *map, struct text name) { return map_get(map, name); }

/* --- String.prototype.replace() with a string to look for --- */

/* `$$`, `$&`, `` $` `` and `$'` mean something in the replacement. */
static void add_replacement(struct buffer *out, struct text value, size_t start, size_t end, struct text with) {
	for (size_t i = 0; i < with.length; i++) {
		char next = with.bytes[i] == '$' && i + 1 < with.length ? with.bytes[i + 1] : 0;
		if (next == '$')
			buffer_add_byte(out, '$');
		else if (next == '&')
			buffer_add(out, text_slice(value, start, end));
		else if (next == '`')
			buffer_add(out, text_slice(value, 0, start));
		else if (next == '\'')
			buffer_add(out, text_from(value, end));
		else
			buffer_add_byte(out, with.bytes[i]);
		i += next == '$' || next == '&' || next == '`' || next == '\'';
		if (out->length > MOST_WORK) return;
	}
}

/* The first place where the reference's text stands is replaced, which need not be where it was found. */
static struct text replace(struct arena *arena, struct text value, struct text whole, struct text with) {
	struct buffer out = {.arena = arena};
	size_t start = text_find(value, whole), end = start + whole.length;
	buffer_add(&out, text_slice(value, 0, start));
	add_replacement(&out, value, start, end, with);
	buffer_add(&out, text_from(value, end));
	return out.length ? buffer_text(&out) : TEXT("");
}

/* --- dotenv-expand 12, lib/main.js --- */

/* Cuts `expression` at the first of `:+`, `+`, `:-`, `-`. Without one it is cut at the word "null", since the splitter
 * is then `null` and split() takes it for a string. */
static void split_expression(struct text expression, struct reference *found) {
	found->key = expression;
	found->fallback = TEXT("");
	found->alternative = false;
	for (size_t i = 0; i < expression.length; i++) {
		char byte = expression.bytes[i];
		bool operator = byte == '+' || byte == '-';
		if (!operator) continue;
		found->alternative = byte == '+';
		found->key = text_slice(expression, 0, i > 0 && expression.bytes[i - 1] == ':' ? i - 1 : i);
		found->fallback = text_from(expression, i + 1);
		return;
	}
	size_t null = text_find(expression, TEXT("null"));
	if (null == TEXT_NOT_FOUND) return;
	found->key = text_slice(expression, 0, null);
	found->fallback = text_from(expression, null + 4);
}

/* (?<!\\)\${([^{}]+)}|(?<!\\)\$([A-Za-z_]\w*) */
static bool find_first(struct text value, struct reference *found) {
	for (size_t i = 0, end; i + 1 < value.length; i++) {
		if (value.bytes[i] != '$' || (i > 0 && value.bytes[i - 1] == '\\')) continue;
		bool braces = value.bytes[i + 1] == '{';
		end = i + 1 + braces;
		while (end < value.length && (braces ? value.bytes[end] != '{' && value.bytes[end] != '}'
		                                     : env_is_name_byte(value.bytes[end], end == i + 1)))
			end++;
		bool matches = end > i + 1 + braces && (!braces || (end < value.length && value.bytes[end] == '}'));
		if (!matches) continue;
		split_expression(text_slice(value, i + 1 + braces, end), found);
		found->whole = text_slice(value, i, end + braces);
		return true;
	}
	return false;
}

static bool was_seen(struct expansion *expansion, const struct text_list *seen, struct text value) {
	expansion->work += seen->count;
	return text_list_has(seen, value);
}

static struct text replacement_12(struct expansion *expansion, const struct reference *found,
                                  const struct text_list *seen) {
	const struct text *known = env_inherited(expansion->scan, found->key);
	const struct variable *raw = map_get(&expansion->raw, found->key);
	env_doubt_name(expansion->scan, found->key);
	struct text value = known ? *known : raw ? raw->entry->content : TEXT("");
	if (found->alternative)
		return value.length ? found->fallback : TEXT("");
	return value.length && !was_seen(expansion, seen, value) ? value : found->fallback;
}

/* --- dotenv-expand 10, lib/main.js --- */

/* The last unescaped `$`, and behind it `{?(\w+)(?::-([^}\\]*))?}?`. */
static bool find_last(struct text value, struct reference *found) {
	size_t start = text_find_last_byte(value, '$');
	while (start != TEXT_NOT_FOUND && start > 0 && value.bytes[start - 1] == '\\')
		start = text_find_last_byte(text_slice(value, 0, start), '$');
	if (start == TEXT_NOT_FOUND) return false;
	size_t at = start + 1;
	at += at < value.length && value.bytes[at] == '{';
	size_t name = at;
	while (at < value.length && env_is_name_byte(value.bytes[at], false))
		at++;
	if (at == name) return false;
	*found = (struct reference){.key = text_slice(value, name, at)};
	if (text_starts_with(text_from(value, at), TEXT(":-"))) {
		size_t fallback = at + 2;
		for (at = fallback; at < value.length && value.bytes[at] != '}' && value.bytes[at] != '\\';)
			at++;
		found->fallback = text_slice(value, fallback, at);
	}
	at += at < value.length && value.bytes[at] == '}';
	found->whole = text_slice(value, start, at);
	return true;
}

static struct text replacement_10(struct expansion *expansion, const struct reference *found,
                                  const struct text_list *seen) {
	(void)seen;
	const struct text *inherited = env_inherited(expansion->scan, found->key);
	env_doubt_name(expansion->scan, found->key);
	if (inherited && inherited->length)
		return *inherited;
	if (found->fallback.length)
		return found->fallback;
	const struct text *done = lookup(&expansion->done, found->key);
	const struct variable *raw = map_get(&expansion->raw, found->key);
	return done ? *done : raw ? raw->value : TEXT("");
}

/* --- both --- */

static bool expand_value(struct expansion *expansion, struct text name, finder *find, replacer *replacement,
                         struct text *value) {
	struct arena *arena = expansion->scan->arena;
	struct text_list seen = {0};
	struct reference found;
	const struct text *done = lookup(&expansion->done, name);
	while (find(*value, &found)) {
		*list_add(arena, &seen) = *value;
		*value = replace(arena, *value, found.whole, replacement(expansion, &found, &seen));
		expansion->work += value->length;
		if (seen.count > MOST_ROUNDS || expansion->work > MOST_WORK) return false;
		done = find == find_first ? lookup(&expansion->done, found.key) : NULL;
		if (done && text_equal(*done, *value)) break;
	}
	return true;
}

static void finish(struct env_scan *scan, finder *find, replacer *replacement) {
	struct expansion expansion = {.scan = scan};
	struct variable_list *variables = &scan->section->variables;
	for (size_t i = variables->count; i > 0; i--)
		map_put(scan->arena, &expansion.raw, variables->items[i - 1].name, &variables->items[i - 1]);
	for (size_t i = 0; i < variables->count; i++) {
		struct variable *variable = map_get(&expansion.raw, variables->items[i].name);
		if (lookup(&expansion.done, variable->name)) continue;
		struct text value = variable->value;
		/* dotenv has set the part before a NUL byte; what then differs from the file's value is taken as it is. */
		bool cut = find == find_first &&
		           text_has_byte(source_slice(variable->entry->source, variable->entry->value), '\0');
		if (!cut && !expand_value(&expansion, variable->name, find, replacement, &value)) {
			env_fault(scan, "endless-expansion-refused", variable->entry->value);
			return;
		}
		struct text *done = arena_new(scan->arena, struct text);
		*done = variable->value = env_unescape(scan->arena, value, "$", "$");
		env_settle_variable(scan, variable);
		map_put(scan->arena, &expansion.done, variable->name, done);
	}
}

static void finish_12(struct env_scan *scan) { finish(scan, find_first, replacement_12); }

static void finish_10(struct env_scan *scan) { finish(scan, find_last, replacement_10); }

ENV_READER(dotenv_expand, "dotenv-expand", "npm dotenv with dotenv-expand 12 and 13 (12.0.3, 13.0.0 measured)",
	.scan = dotenv_scan, .encoding = ENV_UTF8_REPLACED, .nul = ENV_NUL_ENDS, .environment_wins = true,
	.finish = finish_12, .switches = &dotenv_switches);

ENV_READER(nest_expand, "nest-expand", "@nestjs/config 3 with expandVariables (3.3.0 measured)",
	.scan = dotenv_scan, .encoding = ENV_UTF8_REPLACED, .nul = ENV_NUL_ENDS, .environment_wins = true,
	.finish = finish_10, .switches = &dotenv_switches);
