#include "base/buffer.h"
#include "reader/env/expand.h"

/* Symfony's Dotenv 7.4, Dotenv.php: values are put together with a NUL byte in place of each `$` that means itself, and
 * expanded when all are read. */

enum { PASSES = 5 };

static const char literal_dollar = '\0';

static bool is_line_end(const struct env_scan *scan, size_t at) {
	return line_end_length(scan->bytes, at) > 0 || at >= scan->bytes.length;
}

/* The end of _?[A-Z][A-Z0-9_]* at `at`, letters of any case; `at` for none. */
static size_t find_name_end(struct text text, size_t at) {
	size_t end = at + (at < text.length && text.bytes[at] == '_');
	if (end >= text.length || text.bytes[end] == '_' || !env_is_name_byte(text.bytes[end], true))
		return at;
	while (end < text.length && env_is_name_byte(text.bytes[end], false))
		end++;
	return end;
}

/* --- pieces of a value --- */

struct symfony_value {
	struct buffer raw;     /* the value so far */
	size_t pieces;
	char quote;            /* of the newest quoted piece */
};

/* Puts a piece in: an odd number of backslashes makes the `$` behind them mean itself. */
static void add_piece(struct symfony_value *value, struct text piece) {
	for (size_t i = 0; i < piece.length;) {
		size_t end = i;
		while (end < piece.length && piece.bytes[end] == '\\')
			end++;
		bool dollar = end < piece.length && piece.bytes[end] == '$', escaped = dollar && (end - i) % 2 == 1;
		buffer_add_repeated(&value->raw, '\\', end - i - escaped);
		if (end < piece.length)
			buffer_add_byte(&value->raw, escaped ? literal_dollar : piece.bytes[end]);
		i = end + 1;
	}
}

/* The offset behind the closing quote; 0 when there is none. */
static size_t read_single_quoted(struct env_scan *scan, size_t at, struct symfony_value *value) {
	size_t close = byte_find(scan->bytes, at + 1, '\'');
	if (close == scan->bytes.length)
		return 0;
	struct text piece = line_ends_unified(scan->arena, text_slice(scan->bytes, at + 1, close));
	for (size_t i = 0; i < piece.length; i++) {
		/* Of two backslashes one goes in the end. */
		if (piece.bytes[i] == '\\')
			buffer_add_byte(&value->raw, '\\');
		buffer_add_byte(&value->raw, piece.bytes[i] == '$' ? literal_dollar : piece.bytes[i]);
	}
	return close + 1;
}

static size_t read_double_quoted(struct env_scan *scan, size_t at, struct symfony_value *value) {
	size_t close = at + 1;
	while (close < scan->bytes.length &&
	       (env_byte(scan, close) != '"' || (env_byte(scan, close - 1) == '\\' && env_byte(scan, close - 2) != '\\')))
		close++;
	if (close == scan->bytes.length)
		return 0;
	struct text inner = line_ends_unified(scan->arena, text_slice(scan->bytes, at + 1, close));
	add_piece(value, env_unescape(scan->arena, inner, "\"nr", "\"\n\r"));
	return close + 1;
}

/* `$(...)` in unquoted text must be closed on its line; the offset behind it, or 0. */
static size_t skip_command(const struct env_scan *scan, size_t at) {
	size_t open = 0;
	for (; !is_line_end(scan, at); at++) {
		open += env_byte(scan, at) == '(';
		open -= env_byte(scan, at) == ')';
		if (open == 0)
			return at + 1;
	}
	return 0;
}

/* Unquoted text up to a quote, a comment or the line's end. NULL, or the kind of the fault that refuses the file. */
static const char *read_bare(struct env_scan *scan, size_t *at, struct symfony_value *value) {
	struct buffer piece = {.arena = scan->arena};
	char before = env_byte(scan, *at - 1);
	while (!is_line_end(scan, *at) && env_byte(scan, *at) != '\'' && env_byte(scan, *at) != '"' &&
	       !((before == ' ' || before == '\t') && env_byte(scan, *at) == '#')) {
		char next = env_byte(scan, *at + 1);
		*at += env_byte(scan, *at) == '\\' && (next == '"' || next == '\'');
		before = env_byte(scan, *at);
		size_t end = *at + 1;
		if (before == '$' && next == '(')
			end = skip_command(scan, *at + 1);
		if (!end)
			return "invalid-expansion-refused";
		buffer_add(&piece, text_slice(scan->bytes, *at, end));
		*at = end;
	}
	struct text text = buffer_text(&piece);
	/* rtrim() leaves a form feed, which is a blank for what follows. */
	while (text.length && text_has_byte(TEXT(" \t\n\r\v"), text.bytes[text.length - 1]))
		text.length--;
	bool blank = false;
	for (size_t i = 0; i < text.length; i++)
		blank = blank || blank_length(BLANKS_ASCII, text, i);
	bool changes = text_has_byte(text, '$');
	add_piece(value, text);
	return blank && !changes ? "text-after-quote-refused" : NULL;
}

/* The value at `at`; the offset behind it, 0 when the file is refused. */
static size_t read_value(struct env_scan *scan, size_t at, struct env_statement *statement, struct symfony_value *value) {
	size_t start = at, end = at;
	while (!is_line_end(scan, at)) {
		const char *fault = NULL;
		size_t piece = at;
		char first = env_byte(scan, at);
		if (first == '\'' || first == '"') {
			value->quote = first;
			at = first == '"' ? read_double_quoted(scan, at, value) : read_single_quoted(scan, at, value);
			fault = at ? NULL : "unterminated-quote-refused";
		} else {
			fault = read_bare(scan, &at, value);
		}
		if (fault) {
			env_fault(scan, fault, env_span(piece, line_end_find(scan->bytes, piece)));
			return 0;
		}
		size_t trimmed = blank_trim_end(BLANKS_LINE, scan->bytes, piece, at);
		end = trimmed > piece ? trimmed : end;
		value->pieces += trimmed > piece;
		if (env_byte(scan, at) == '#' && first != '\'' && first != '"') break;
	}
	statement->value = env_span(start, end);
	statement->comment = env_span(env_byte(scan, at) == '#' ? at : end,
	                              env_byte(scan, at) == '#' ? line_end_find(scan->bytes, at) : end);
	statement->quote = value->pieces == 1 ? value->quote : 0;
	return statement->comment.end > at ? statement->comment.end : at;
}

/* --- statements --- */

/* The value in the end: dollars are dollars again, and two backslashes one. */
static struct text finished(struct arena *arena, struct text raw) {
	if (!text_has_byte(raw, literal_dollar) && !text_has_byte(raw, '\\'))
		return raw;
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < raw.length; i++) {
		buffer_add_byte(&out, raw.bytes[i] == literal_dollar ? '$' : raw.bytes[i]);
		i += raw.bytes[i] == '\\' && i + 1 < raw.length && raw.bytes[i + 1] == '\\';
	}
	return buffer_text(&out);
}

/* The name and its `=`; false when they refuse the file. */
static bool read_name(struct env_scan *scan, size_t at, struct env_statement *statement) {
	size_t end = find_name_end(scan->bytes, at), blank = at + 6;
	blank = blank_skip(BLANKS_LINE, scan->bytes, blank, scan->bytes.length);
	if (text_starts_with(text_from(scan->bytes, at), TEXT("export")) && blank > at + 6 &&
	    find_name_end(scan->bytes, blank) > blank) {
		statement->export = env_span(at, at + 6);
		at = blank;
		end = find_name_end(scan->bytes, at);
	}
	statement->key = env_span(at, end);
	statement->operator = env_span(end, end + 1);
	if (end == at || env_byte(scan, end) != '=') {
		env_fault(scan, end == at ? "invalid-key-refused" : "not-an-assignment-refused",
		          env_span(at, line_end_find(scan->bytes, at)));
		return false;
	}
	return true;
}

/* The statement at `at`; the offset behind it, 0 when the file is refused. */
static size_t read_statement(struct env_scan *scan, size_t at, size_t told) {
	struct env_statement statement = {.expanded = true};
	struct symfony_value value = {.raw.arena = scan->arena};
	if (!read_name(scan, at, &statement))
		return 0;
	size_t end = statement.operator.end, first = blank_skip(BLANKS_LINE, scan->bytes, end, scan->bytes.length);
	if (is_line_end(scan, first) || env_byte(scan, first) == '#') {
		statement.value = env_span(end, end);
		end = line_end_find(scan->bytes, first);
		statement.comment = env_span(first, end);
	} else if (first > end) {
		env_fault(scan, "not-an-assignment-refused", env_span(at, line_end_find(scan->bytes, at)));
		return 0;
	} else {
		end = read_value(scan, end, &statement, &value);
		if (!end)
			return 0;
	}
	statement.lines = env_lines(scan, told, at, end);
	statement.effective = buffer_text(&value.raw);
	statement.content = finished(scan->arena, statement.effective);
	env_report_value(scan, &statement);
	env_tell(scan, &statement);
	return end;
}

static void scan_symfony(struct env_scan *scan) {
	if (mark_length(scan->bytes))
		env_fault(scan, "byte-order-mark-refused", env_span(0, 3));
	size_t nul = text_find_byte(scan->bytes, '\0');
	if (nul != TEXT_NOT_FOUND)
		env_fault(scan, "nul-byte-refused", env_span(nul, nul + 1));
	for (size_t at = 0, told = 0; !scan->stopped;) {
		at = blank_skip(BLANKS_ASCII, scan->bytes, at, scan->bytes.length);
		if (at == scan->bytes.length) break;
		if (scan->bytes.bytes[at] == '#') {
			size_t end = line_end_find(scan->bytes, at);
			env_token(scan, TOKEN_COMMENT, at, end);
			at = told = end;
			continue;
		}
		at = told = read_statement(scan, at, told);
		if (!at) break;
	}
}

/* --- variables --- */

struct resolution {
	struct env_scan *scan;
	struct map values;          /* name -> struct variable *: the last one of each name */
	struct map assigned;        /* name -> struct text *: what `${NAME:=text}` has set, for expansions alone */
	struct text own;            /* the name of a value that names itself as written: it does not see itself */
	struct span place;
};

static struct text lookup(const struct resolution *resolution, struct text name) {
	const struct text *inherited = env_inherited(resolution->scan, name);
	const struct text *assigned = map_get(&resolution->assigned, name);
	const struct variable *variable = map_get(&resolution->values, name);
	bool own = text_equal(name, resolution->own);
	env_doubt_name(resolution->scan, name);
	if (own)
		env_doubt(resolution->scan, ENV_NOT_SET);
	if (inherited || assigned)
		return inherited ? *inherited : *assigned;
	return variable && !own ? variable->value : TEXT("");
}

/* \$\{?NAME(?![A-Za-z0-9_]) */
static bool names_itself(struct text value, struct text name) {
	for (size_t i = 0; i < value.length; i++) {
		if (value.bytes[i] != '$') continue;
		size_t start = i + 1 + (i + 1 < value.length && value.bytes[i + 1] == '{');
		if (text_equal(text_slice(value, start, find_name_end(value, start)), name)) return true;
	}
	return false;
}

static void refuse(struct resolution *resolution) {
	env_fault(resolution->scan, "invalid-expansion-refused", resolution->place);
}

/* What an empty variable or a missing command would do, another one might not. */
static void refuse_in_effect(struct resolution *resolution) {
	if (!env_is_in_doubt(resolution->scan))
		refuse(resolution);
}

/* The default of a name that is empty, which `:=` gives to the name. */
static struct text fallback_of(struct resolution *resolution, struct text name, struct text fallback, bool assigns) {
	struct arena *arena = resolution->scan->arena;
	for (size_t i = 0; i < fallback.length; i++)
		if (text_has_byte(TEXT("'\"{$"), fallback.bytes[i]))
			refuse_in_effect(resolution);
	if (!assigns)
		return fallback;
	struct text *kept = arena_new(arena, struct text);
	*kept = fallback;
	map_put(arena, &resolution->assigned, text_copy(arena, name), kept);
	return fallback;
}

/* A `$` at `at`: \$(?!\()(\{)?(NAME)?(:[-=][^\}]*)?(\})?; the offset behind what it takes. */
static size_t resolve_variable(struct resolution *resolution, struct text value, size_t at, struct buffer *out) {
	size_t name = at + 1 + (at + 1 < value.length && value.bytes[at + 1] == '{'), end = find_name_end(value, name);
	bool opened = name > at + 1, assigns = false;
	struct text key = text_slice(value, name, end), fallback = TEXT("");
	if (end + 1 < value.length && value.bytes[end] == ':' &&
	    (value.bytes[end + 1] == '-' || value.bytes[end + 1] == '=')) {
		size_t close = byte_find(value, end, '}');
		assigns = value.bytes[end + 1] == '=';
		fallback = text_slice(value, end + 2, close);
		end = close;
	}
	bool closed = end < value.length && value.bytes[end] == '}';
	if (!key.length && end == name && !closed) {
		buffer_add(out, text_slice(value, at, name));
		return name;
	}
	struct text found = lookup(resolution, key);
	if (opened && !closed)
		refuse(resolution);
	if (!found.length && fallback.length)
		found = fallback_of(resolution, key, fallback, assigns);
	env_expand(resolution->scan, out, &found, resolution->place);
	if (!opened && closed)
		buffer_add_byte(out, '}');
	return end + closed;
}

/* Whether $(...) stands anywhere, closed and not empty. */
static bool holds_command(struct arena *arena, struct text value) {
	const size_t *ends = text_find(value, TEXT("$(")) == TEXT_NOT_FOUND ? NULL : env_find_closing(arena, value);
	for (size_t i = 1; ends && i < value.length; i++)
		if (value.bytes[i - 1] == '$' && ends[i])
			return true;
	return false;
}

static struct text resolve(struct resolution *resolution, struct text value) {
	struct buffer out = {.arena = resolution->scan->arena};
	if (holds_command(resolution->scan->arena, value)) {
		env_doubt(resolution->scan, ENV_OF_COMMAND);
		refuse_in_effect(resolution);
	}
	for (size_t i = 0; i < value.length;) {
		char next = i + 1 < value.length ? value.bytes[i + 1] : 0;
		if (value.bytes[i] == '$' && next != '(')
			i = resolve_variable(resolution, value, i, &out);
		else
			buffer_add_byte(&out, value.bytes[i++]);
	}
	return out.length ? buffer_text(&out) : TEXT("");
}

/* One pass over the effective values; whether any has changed. What it finds counts from the next pass on. */
static bool resolve_pass(struct resolution *resolution, const struct variable_list *variables, bool *selfish) {
	struct text *resolved = arena_array(resolution->scan->arena, struct text, variables->count);
	bool changed = false;
	for (size_t i = 0; i < variables->count; i++) {
		struct variable *variable = &variables->items[i];
		resolved[i] = variable->value;
		if (map_get(&resolution->values, variable->name) != variable || !text_has_byte(variable->value, '$'))
			continue;
		resolution->own = selfish[i] ? variable->name : TEXT("");
		resolution->place = variable->entry->value;
		resolved[i] = resolve(resolution, variable->value);
		env_settle_variable(resolution->scan, variable);
		changed = changed || !text_equal(resolved[i], variable->value);
	}
	for (size_t i = 0; i < variables->count; i++)
		variables->items[i].value = resolved[i];
	return changed;
}

/* Resolves the values until none changes, in five passes at most. */
static void resolve_all(struct env_scan *scan) {
	struct variable_list *variables = &scan->section->variables;
	struct resolution resolution = {.scan = scan};
	bool *selfish = arena_array(scan->arena, bool, variables->count), changed = true;
	for (size_t i = variables->count; i > 0; i--) {
		struct variable *variable = &variables->items[i - 1];
		map_put(scan->arena, &resolution.values, variable->name, variable);
		selfish[i - 1] = names_itself(variable->value, variable->name);
	}
	for (unsigned pass = 0; changed && pass < PASSES && !scan->stopped; pass++)
		changed = resolve_pass(&resolution, variables, selfish);
	if (changed)
		env_fault(scan, "endless-expansion-refused", resolution.place);
	for (size_t i = 0; i < variables->count; i++)
		variables->items[i].value = finished(scan->arena, variables->items[i].value);
}

ENV_READER(symfony, "symfony", "Symfony's Dotenv 7.4 (7.4.22 measured)",
	.scan = scan_symfony, .environment_wins = true, .finish = resolve_all);
