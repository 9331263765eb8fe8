#include "reader/env/env.h"

#include "reader/blank.h"

/* From so many bytes on memory counts more than a call of the system. */
enum { ENV_LARGE = 256 * 1024 };

/* Where the variable of a name stands, and its value. */
struct env_slot {
	struct text value;
	const struct text *unsettled;
	uint32_t index;
	uint32_t kept_from; /* variables of the name before this index are forgotten */
};

/* --- tokens --- */

static void add_token(struct env_scan *scan, enum token_kind kind, size_t start, size_t end) {
	token_add(scan->tokens, kind, start, end);
	scan->told = end;
}

/* Cuts what no piece has claimed into blanks, line ends and garbage. */
static void fill_gap(struct env_scan *scan, size_t end) {
	struct text gap = text_slice(scan->bytes, 0, end);
	if (scan->told == 0)
		add_token(scan, TOKEN_MARK, 0, mark_length(gap));
	while (scan->told < end) {
		size_t start = scan->told, step = line_end_length(gap, start);
		if (step) {
			add_token(scan, TOKEN_LINE_END, start, start + step);
			continue;
		}
		size_t stop = start;
		while (stop < end && !line_end_length(gap, stop) &&
		       (step = blank_length(BLANKS_JAVASCRIPT, gap, stop)) > 0)
			stop += step;
		if (stop > start)
			add_token(scan, TOKEN_BLANK, start, stop);
		else
			add_token(scan, TOKEN_GARBAGE, start, line_end_find(gap, start));
	}
}

void env_token(struct env_scan *scan, enum token_kind kind, size_t start, size_t end) {
	if (!scan->view || scan->stopped || start < scan->told || end <= start) return;
	fill_gap(scan, start);
	add_token(scan, kind, start, end);
}

static void tell_tokens(struct env_scan *scan, const struct env_statement *statement) {
	env_token(scan, TOKEN_EXPORT, statement->export.start, statement->export.end);
	env_token(scan, TOKEN_KEY, statement->key.start, statement->key.end);
	env_token(scan, TOKEN_OPERATOR, statement->operator.start, statement->operator.end);
	env_token(scan, TOKEN_VALUE, statement->value.start, statement->value.end);
	env_token(scan, TOKEN_COMMENT, statement->comment.start, statement->comment.end);
}

/* --- the view --- */

static struct text decoded(struct env_scan *scan, struct text text) {
	enum env_encoding encoding = scan->dialect->encoding;
	const char *replacement = encoding == ENV_UTF8_QUESTION ? "?" : "\xef\xbf\xbd";
	if (encoding != ENV_BYTES && encoding != ENV_UTF8_REFUSED)
		text = utf8_repaired(scan->arena, text, replacement, encoding == ENV_RUNES_REPLACED);
	size_t nul = scan->dialect->nul == ENV_NUL_ENDS ? text_find_byte(text, '\0') : TEXT_NOT_FOUND;
	return nul == TEXT_NOT_FOUND ? text : text_slice(text, 0, nul);
}

static struct entry *add_entry(struct env_scan *scan, const struct env_statement *statement) {
	struct entry *entry = arena_new(scan->arena, struct entry);
	*entry = (struct entry){
		.source = scan->reading->source, .lines = statement->lines, .key = statement->key,
		.operator = statement->operator, .value = statement->value, .comment = statement->comment,
		.quote = statement->quote, .exported = statement->export.end > statement->export.start,
	};
	if (entry->lines.start == 0 && statement->key.start >= mark_length(scan->bytes))
		entry->lines.start = mark_length(scan->bytes);
	entry->name = decoded(scan, statement->name.length ? statement->name : env_slice(scan, statement->key));
	entry->content = decoded(scan, statement->content);
	*list_add(scan->arena, &scan->view->entries) = entry;
	return entry;
}

static struct env_slot *slot_of(struct env_scan *scan, struct text name) {
	struct env_slot *slot = map_get(&scan->latest, name);
	return slot ? slot : map_put(scan->scratch, &scan->latest, name, arena_new(scan->scratch, struct env_slot));
}

/* Where the first statement of a key counts, it moves behind the newer one: the last variable of a name is always the
 * effective one. */
static void add_variable(struct env_scan *scan, struct variable variable) {
	struct variable_list *variables = &scan->section->variables;
	struct env_slot *slot = map_get(&scan->latest, variable.name);
	if (slot && scan->dialect->first_wins) {
		struct variable first = variables->items[slot->index];
		variables->items[slot->index] = variable;
		slot->index = (uint32_t)variables->count;
		*list_add(scan->arena, variables) = first;
		return;
	}
	if (!slot)
		slot = map_put(scan->scratch, &scan->latest, variable.name, arena_new(scan->scratch, struct env_slot));
	slot->value = variable.value;
	slot->unsettled = variable.doubt;
	slot->index = (uint32_t)variables->count;
	*list_add(scan->arena, variables) = variable;
}

static bool holds_nul(struct env_scan *scan, const struct env_statement *statement, struct text value) {
	if (scan->dialect->nul == ENV_NUL_KEPT || scan->dialect->nul == ENV_NUL_DELETED) return false;
	return text_has_byte(env_slice(scan, statement->key), '\0') || text_has_byte(value, '\0');
}

static void tell_view(struct env_scan *scan, const struct env_statement *statement) {
	struct entry *entry = add_entry(scan, statement);
	const struct text *unsettled = env_settle(scan, entry);
	struct text value = statement->expanded ? statement->effective : statement->content;
	bool hidden = scan->dialect->environment_wins && env_inherited(scan, entry->name);
	/* What the environment hides is there for what expands it, all the same. */
	if (hidden && !statement->dropped)
		slot_of(scan, entry->name)->value = decoded(scan, value);
	if (statement->dropped || hidden) return;
	enum env_nul nul = scan->dialect->nul;
	if (nul != ENV_NUL_REFUSED_LAST && holds_nul(scan, statement, value)) {
		uint32_t end = statement->value.end > statement->key.end ? statement->value.end : statement->key.end;
		env_fault(scan, nul == ENV_NUL_REFUSED ? "nul-byte-refused" : "nul-byte",
		          env_span(statement->key.start, end));
		if (nul == ENV_NUL_REFUSED) return;
		if (nul == ENV_NUL_DROPS) {
			/* It took the place of the value before it all the same, also for what expands it. */
			env_forget(scan, entry->name);
			slot_of(scan, entry->name)->value = value;
			return;
		}
	}
	struct text seen = statement->expanded ? decoded(scan, value) : entry->content;
	add_variable(scan, (struct variable){.name = entry->name, .value = seen, .entry = entry,
	                                     .absent = statement->absent, .unsettled = unsettled != NULL, .doubt = unsettled});
}

static void add_fault(struct env_scan *scan, const char *kind, struct span span, struct text detail) {
	fault_add(scan->arena, scan->view, kind, (struct place){scan->reading->source, span}, detail);
	scan->stopped = !scan->view->ok;
}

/* False when the file is refused. */
static bool may_tell(const struct env_scan *scan) { return scan->view && scan->view->ok; }

static void count_statement(struct env_scan *scan, const struct env_statement *statement) {
	if (!may_tell(scan) || ++scan->statements <= reader_most_statements(scan->bytes.length)) return;
	reader_give_up(scan->reading);
	add_fault(scan, "reading-limit", statement->lines, TEXT("statements"));
}

void env_tell(struct env_scan *scan, const struct env_statement *statement) {
	count_statement(scan, statement);
	if (!may_tell(scan)) return;
	tell_tokens(scan, statement);
	tell_view(scan, statement);
}

void env_fault(struct env_scan *scan, const char *kind, struct span span) {
	if (may_tell(scan))
		add_fault(scan, kind, span, TEXT(""));
}

void env_skip_lines(struct env_scan *scan, size_t start, size_t end) {
	struct text lines = text_slice(scan->bytes, 0, end);
	while (start < end) {
		size_t stop = line_end_find(lines, start);
		size_t first = blank_skip(BLANKS_JAVASCRIPT, lines, start, stop);
		size_t last = blank_trim_end(BLANKS_JAVASCRIPT, lines, first, stop);
		if (first < stop && lines.bytes[first] == '#') {
			env_token(scan, TOKEN_COMMENT, first, stop);
		} else if (first < last) {
			env_token(scan, TOKEN_GARBAGE, first, last);
			env_fault(scan, "not-an-assignment", env_span(first, last));
		}
		start = stop + line_end_length(lines, stop);
	}
}

void env_report_value(struct env_scan *scan, const struct env_statement *statement) {
	struct span value = statement->value, comment = statement->comment;
	if (statement->quote) return;
	if (value.end > value.start && text_has_byte(TEXT("'\"`"), scan->bytes.bytes[value.start])) {
		char quote = scan->bytes.bytes[value.start];
		size_t close = text_find_last_byte(env_slice(scan, env_span(value.start + 1, value.end)), quote);
		bool kept = close != TEXT_NOT_FOUND && value.start + 2 + close == value.end;
		const char *kind = kept                      ? "quotes-kept"
		                   : close == TEXT_NOT_FOUND ? "unterminated-quote"
		                                             : "text-after-quote";
		env_fault(scan, kind, value);
	}
	if (comment.end > comment.start && comment.start == value.end)
		env_fault(scan, "comment-in-value", comment);
}

struct env_line env_line_at(const struct env_scan *scan, size_t at, size_t (*ends)(struct text, size_t)) {
	size_t end = at;
	while (end < scan->bytes.length && !ends(scan->bytes, end))
		end++;
	return (struct env_line){at, end, end + ends(scan->bytes, end)};
}

void env_scan_lines(struct env_scan *scan) {
	for (size_t at = 0; at < scan->bytes.length && !scan->stopped;) {
		struct env_line line = env_line_at(scan, at, scan->dialect->line_end);
		if (!scan->dialect->tell_line(scan, &line))
			env_skip_lines(scan, line.start, line.end);
		at = line.next;
	}
}

struct span env_trim(const struct env_scan *scan, enum blanks blanks, size_t start, size_t end) {
	size_t first = blank_skip(blanks, scan->bytes, start, end);
	return first == end ? env_span(start, start) : env_span(first, blank_trim_end(blanks, scan->bytes, first, end));
}

struct env_statement env_cut_line(const struct env_scan *scan, const struct env_line *line, size_t equal,
                                  enum blanks blanks) {
	struct env_statement statement = {.lines = env_span(line->start, line->next)};
	size_t key = blank_skip(blanks, scan->bytes, line->start, equal);
	statement.key = env_span(key, blank_trim_end(blanks, scan->bytes, key, equal));
	statement.operator = env_span(equal, equal + 1);
	statement.value = env_trim(scan, blanks, equal + 1, line->end);
	return statement;
}

struct text env_unquote(struct text value, char *quote) {
	char first = value.length > 1 ? value.bytes[0] : 0;
	bool quoted = (first == '\'' || first == '"') && value.bytes[value.length - 1] == first;
	*quote = quoted ? first : 0;
	return quoted ? text_slice(value, 1, value.length - 1) : value;
}

const struct text *env_given(const struct env_scan *scan, struct text name) {
	const struct env_slot *slot = map_get(&scan->latest, name);
	return slot ? &slot->value : NULL;
}

const struct text *env_inherited(const struct env_scan *scan, struct text name) {
	return map_get(&scan->environment, name);
}

void env_forget(struct env_scan *scan, struct text name) {
	struct env_slot *slot = slot_of(scan, name);
	slot->value = TEXT("");
	slot->unsettled = NULL;
	scan->forgets = true;
	slot->kept_from = (uint32_t)scan->section->variables.count;
}

/* --- values that the file alone does not settle --- */

void env_doubt(struct env_scan *scan, enum env_cause cause) {
	if (!scan->doubt.cause)
		scan->doubt.cause = cause;
}

void env_doubt_name(struct env_scan *scan, struct text name) {
	if (scan->doubt.cause || !name.length) return;
	const struct env_slot *slot = map_get(&scan->latest, name);
	if (!slot && env_inherited(scan, name)) return;
	if (!slot)
		scan->doubt = (struct env_doubt){ENV_NOT_SET, name, NULL};
	else if (slot->unsettled)
		scan->doubt = (struct env_doubt){ENV_HOLDS_DOUBT, name, slot->unsettled};
}

bool env_passes_nothing_on(struct env_scan *scan, struct text name) {
	bool known = scan->reading->has_environment || !name.length;
	for (size_t i = 0; i < name.length && !known; i++)
		known = !env_is_name_byte(name.bytes[i], i == 0) || (name.bytes[i] >= 'a' && name.bytes[i] <= 'z');
	if (!known)
		env_doubt(scan, ENV_PASSED_ON);
	return known && !env_inherited(scan, name);
}

bool env_is_in_doubt(const struct env_scan *scan) { return !scan->reading->has_environment && scan->doubt.cause; }

/* Whether the value is `${NAME}`, to which more may be joined. Of another value the name might be a part of a secret:
 * `pa$word` was hardly meant to name anything. */
static bool may_show(const struct env_scan *scan, const struct entry *entry) {
	enum { LONGEST_SHOWN = 64 };
	struct text name = scan->doubt.name, raw = source_slice(entry->source, entry->value);
	raw = text_from(raw, raw.length && text_has_byte(TEXT("'\""), raw.bytes[0]));
	return name.length && name.length <= LONGEST_SHOWN && env_find_name_end(name, 0) == name.length &&
	       text_starts_with(raw, TEXT("${")) && text_starts_with(text_from(raw, 2), name);
}

static struct text reason_of(struct env_scan *scan, const struct entry *entry) {
	static const char *const words[] = {
		[ENV_NOT_SET] = "names a variable that is set nowhere in it",
		[ENV_PASSED_ON] = "is passed on from the environment",
		[ENV_OF_COMMAND] = "holds the output of a command",
		[ENV_OF_SHELL] = "holds what the shell alone knows",
		[ENV_CONDITION] = "is set under a condition",
	};
	struct text name = scan->doubt.name, path = scan->reading->source->path;
	if (may_show(scan, entry))
		return text_format(scan->arena, "`%.*s` is set nowhere in %.*s", TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(path));
	return text_format(scan->arena, "`%.*s` in %.*s %s", TEXT_ARGUMENTS(entry->name), TEXT_ARGUMENTS(path),
	                   words[scan->doubt.cause]);
}

const struct text *env_settle(struct env_scan *scan, const struct entry *entry) {
	const struct text *known = scan->doubt.known;
	if (!scan->doubt.cause)
		return NULL;
	struct text *reason = known ? NULL : arena_new(scan->arena, struct text);
	if (reason)
		*reason = reason_of(scan, entry);
	scan->doubt = (struct env_doubt){0};
	return known ? known : reason;
}

void env_settle_variable(struct env_scan *scan, struct variable *variable) {
	const struct text *unsettled = env_settle(scan, variable->entry);
	if (!unsettled) return;
	slot_of(scan, variable->name)->unsettled = variable->doubt = unsettled;
	variable->unsettled = true;
}

/* --- the end of the file --- */

static void drop_forgotten(struct env_scan *scan) {
	struct variable_list *variables = &scan->section->variables;
	size_t kept = 0;
	for (size_t i = 0; i < variables->count; i++) {
		const struct env_slot *slot = map_get(&scan->latest, variables->items[i].name);
		if (i >= slot->kept_from)
			variables->items[kept++] = variables->items[i];
	}
	variables->count = kept;
}

/* What ENV_NUL_REFUSED_LAST says; the last variable of a name is the one that counts. */
static void refuse_nul(struct env_scan *scan) {
	for (size_t i = 0; i < scan->section->variables.count; i++) {
		const struct variable *variable = &scan->section->variables.items[i];
		const struct env_slot *slot = map_get(&scan->latest, variable->name);
		bool holds = text_has_byte(variable->name, '\0') || text_has_byte(variable->value, '\0');
		if (slot->index == i && holds)
			env_fault(scan, "nul-byte-refused", variable->entry->lines);
	}
}

/* --- places --- */

static struct env_text without(struct env_scan *scan, char byte, bool before_feed) {
	struct text bytes = scan->bytes;
	if (!text_has_byte(bytes, byte))
		return (struct env_text){bytes, NULL};
	char *kept = arena_allocate(scan->arena, bytes.length);
	uint32_t *offsets = arena_array(scan->arena, uint32_t, bytes.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < bytes.length; i++) {
		if (bytes.bytes[i] == byte && (!before_feed || line_end_length(bytes, i) == 2)) continue;
		offsets[length] = (uint32_t)i;
		kept[length++] = bytes.bytes[i];
	}
	offsets[length] = (uint32_t)bytes.length;
	return (struct env_text){{kept, length}, offsets};
}

struct env_text env_without_byte(struct env_scan *scan, char byte) { return without(scan, byte, false); }

struct env_text env_without_returns(struct env_scan *scan) { return without(scan, '\r', true); }

size_t env_line_feed(struct env_scan *scan, size_t at) {
	if (at < scan->feed_from || at > scan->feed || scan->feed == 0) {
		scan->feed_from = at;
		scan->feed = line_feed_find(scan->bytes, at);
	}
	return scan->feed;
}

struct span env_lines(struct env_scan *scan, size_t bound, size_t start, size_t end) {
	size_t feed = text_find_last_byte(text_slice(scan->bytes, bound, start), '\n');
	size_t stop = env_line_feed(scan, end);
	return env_span(feed == TEXT_NOT_FOUND ? bound : bound + feed + 1, stop < scan->bytes.length ? stop + 1 : stop);
}

/* --- the reader's functions --- */

/* The program decodes the whole file first. For people its comments are comments all the same. */
static void refuse_encoding(struct env_scan *scan) {
	size_t at = 0;
	for (size_t step; (step = text_utf8_length(scan->bytes.bytes + at, scan->bytes.length - at)) > 0;)
		at += step;
	env_fault(scan, "not-utf8-refused", env_span(at, at + 1));
	scan->stopped = false;
	env_skip_lines(scan, 0, scan->bytes.length);
}

static void run(struct env_scan *scan) {
	if (scan->dialect->encoding == ENV_UTF8_REFUSED && !text_is_utf8(scan->bytes)) {
		refuse_encoding(scan);
		return;
	}
	if (scan->dialect->mark_kept && mark_length(scan->bytes))
		env_fault(scan, "byte-order-mark", env_span(0, 3));
	if (scan->bytes.length)
		scan->dialect->scan(scan);
	if (scan->forgets)
		drop_forgotten(scan);
	if (scan->dialect->nul == ENV_NUL_REFUSED_LAST)
		refuse_nul(scan);
	if (scan->dialect->finish && !scan->stopped)
		scan->dialect->finish(scan);
}

static void read_environment(struct env_scan *scan) {
	for (size_t i = 0; i < scan->reading->environment.count; i++) {
		struct text value = scan->reading->environment.items[i];
		struct text name = text_cut(&value, '=');
		struct text *kept = arena_new(scan->arena, struct text);
		*kept = value;
		map_put(scan->arena, &scan->environment, name, kept);
	}
	for (size_t i = 0; i < scan->reading->given.count; i++) {
		struct text value = scan->reading->given.items[i];
		struct text name = text_cut(&value, '=');
		slot_of(scan, name)->value = value;
	}
}

static void make_room(struct env_scan *scan) {
	view_reserve(scan->arena, scan->view, scan->bytes);
	size_t count = scan->view->entries.capacity;
	scan->section->variables.items = arena_array(scan->arena, struct variable, count);
	scan->section->variables.capacity = count;
}

struct view *env_read(const struct reader *reader, struct reading *reading) {
	struct arena own = {0};
	bool large = reading->source->bytes.length > ENV_LARGE;
	struct env_scan scan = {.dialect = reader->dialect, .arena = reading->arena, .reading = reading};
	scan.scratch = large ? &own : reading->arena;
	scan.bytes = reading->source->bytes;
	scan.view = view_new(reading);
	scan.tokens = scan.view->tokens.items[0];
	scan.told = reading->tokens == TOKENS_NONE ? scan.bytes.length : 0;
	scan.section = arena_new(reading->arena, struct section);
	if (large)
		make_room(&scan);
	*list_add(reading->arena, &scan.view->sections) = scan.section;
	read_environment(&scan);
	run(&scan);
	fill_gap(&scan, scan.bytes.length);
	arena_release(&own);
	return scan.view;
}
