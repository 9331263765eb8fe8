#include "reader/env/expand.h"

/* The two generations of Dotenv::ParseContent() in src/node_dotenv.cc of Node.js. */
struct node_switches {
	const char *blanks;       /* what trim_spaces() removes */
	bool checks_lines;        /* an empty value and a line without `=` are seen before blanks are removed */
	bool last_line_counts;    /* a value in an unclosed quote counts although no line feed follows */
};

/* `text` is the file without carriage returns; offsets are into it. */
struct node_scan {
	struct env_scan *scan;
	const struct node_switches *switches;
	struct env_text file;
	struct text text;       /* without blanks at its end */
	size_t told;            /* offset in the file */
};

/* A statement: offsets into the text. */
struct node_statement {
	size_t key, key_end, operator, value, value_end, comment, comment_end;
	bool exported;
};

static size_t skip(const struct node_scan *node, size_t at, size_t end) {
	while (at < end && text_has_byte(text_of(node->switches->blanks), node->text.bytes[at]))
		at++;
	return at;
}

static size_t trim_end(const struct node_scan *node, size_t start, size_t end) {
	while (end > start && text_has_byte(text_of(node->switches->blanks), node->text.bytes[end - 1]))
		end--;
	return end;
}

/* The environment ends a name at a NUL byte; node sets names in their order, so what was set for the rest of it stays.
 */
static bool is_cut_to_known(const struct env_scan *scan, struct text name) {
	size_t nul = text_find_byte(name, '\0');
	return nul != TEXT_NOT_FOUND && env_given(scan, text_slice(name, 0, nul));
}

static void tell(struct node_scan *node, const struct node_statement *found, char quote, const char *fault) {
	struct env_scan *scan = node->scan;
	struct env_statement statement = {.quote = quote};
	size_t key = found->exported ? skip(node, found->key + 7, found->key_end) : found->key;
	if (!node->switches->checks_lines)
		key = found->exported ? found->key + 7 : found->key;
	struct span whole = env_text_span(&node->file, found->key,
	                            found->comment_end > found->value_end ? found->comment_end : found->value_end);
	statement.export = env_text_span(&node->file, found->key, found->exported ? found->key + 6 : found->key);
	statement.key = env_text_span(&node->file, key, found->key_end);
	statement.operator = env_text_span(&node->file, found->operator, found->operator + 1);
	statement.value = env_text_span(&node->file, found->value, found->value_end);
	statement.comment = env_text_span(&node->file, found->comment, found->comment_end);
	/* Generation 20 takes the byte before a key of blanks for the key: it is the line feed. */
	statement.name = found->key < found->key_end ? text_slice(node->text, key, found->key_end) : TEXT("\n");
	statement.content = text_slice(node->text, found->value, found->value_end);
	if (quote)
		statement.content = text_slice(node->text, found->value + 1, found->value_end - 1);
	if (quote == '"')
		statement.content = env_unescape(scan->arena, statement.content, "n", "\n");
	size_t end = whole.end > statement.operator.end ? whole.end : statement.operator.end;
	statement.lines = env_lines(scan, node->told, whole.start, end);
	statement.dropped = !statement.name.length || !statement.name.bytes[0] ||
	                    (found->key == found->key_end && node->switches->checks_lines) ||
	                    is_cut_to_known(scan, statement.name);
	env_skip_lines(scan, node->told, statement.lines.start);
	if (text_has_byte(statement.name, '\n'))
		env_fault(scan, "not-an-assignment", statement.key);
	if (fault)
		env_fault(scan, fault, statement.value);
	if (!quote && found->comment_end > found->comment && found->comment == found->value_end)
		env_fault(scan, "comment-in-value", statement.comment);
	env_tell(scan, &statement);
	node->told = statement.lines.end;
}

/* Where reading goes on behind a value without quotes that ends at `feed`. Behind other values blanks are not passed
 * over, and become part of the next key: ` #K=old` sets "#K" there. */
static size_t after_bare(const struct node_scan *node, size_t feed) {
	return node->switches->checks_lines ? skip(node, feed, node->text.length) : feed;
}

/* A value that starts with a quote; the offset where reading goes on. */
static size_t read_quoted(struct node_scan *node, struct node_statement *found) {
	char quote = node->text.bytes[found->value];
	size_t close = byte_find(node->text, found->value + 1, quote);
	size_t feed = byte_find(node->text, found->value, '\n');
	if (close == node->text.length) {
		if (feed == node->text.length && !node->switches->last_line_counts)
			return found->value;
		found->value_end = feed;
		tell(node, found, 0, "unterminated-quote");
		return after_bare(node, feed);
	}
	found->value_end = close + 1;
	size_t end = byte_find(node->text, close, '\n');
	size_t text = skip(node, close + 1, end);
	bool comments = text < end && node->text.bytes[text] == '#';
	if (comments) {
		found->comment = text;
		found->comment_end = end;
	}
	tell(node, found, quote, text < end && !comments ? "text-after-quote" : NULL);
	return end;
}

static size_t read_bare(struct node_scan *node, struct node_statement *found) {
	size_t feed = byte_find(node->text, found->value, '\n');
	size_t sign = byte_find(text_slice(node->text, 0, feed), found->value, '#');
	found->value = skip(node, found->value, sign);
	found->value_end = trim_end(node, found->value, sign);
	found->comment = sign;
	found->comment_end = feed;
	tell(node, found, 0, NULL);
	return after_bare(node, feed);
}

/* The statement whose `=` is at `equal`; the offset where reading goes on. */
static size_t read_statement(struct node_scan *node, size_t at, size_t equal) {
	struct node_statement found = {.key = skip(node, at, equal), .operator = equal};
	size_t end = node->text.length;
	found.key_end = trim_end(node, found.key, equal);
	found.exported = text_starts_with(text_slice(node->text, found.key, found.key_end), TEXT("export "));
	found.value = found.value_end = equal + 1;
	bool ends = found.value == end || node->text.bytes[found.value] == '\n';
	if (at == equal && !node->switches->checks_lines)
		return end;
	if (ends) {
		/* This is decided before `export` is looked at. */
		found.exported = found.exported && !node->switches->checks_lines;
		tell(node, &found, 0, NULL);
		return found.value;
	}
	found.value = found.value_end = skip(node, found.value, end);
	if (found.key == found.key_end && node->switches->checks_lines)
		return found.value;
	if (found.value < end && text_has_byte(TEXT("'\"`"), node->text.bytes[found.value]))
		return read_quoted(node, &found);
	return read_bare(node, &found);
}

static void scan_node(struct env_scan *scan) {
	struct node_scan node = {.scan = scan, .switches = scan->dialect->switches};
	node.file = env_without_byte(scan, '\r');
	node.text = node.file.text;
	node.text.length = trim_end(&node, 0, node.text.length);
	size_t at = skip(&node, 0, node.text.length), end = node.text.length;
	size_t feed = byte_find(node.text, at, '\n');
	for (size_t equal = 0; at < end;) {
		if (feed < at)
			feed = byte_find(node.text, at, '\n');
		if (equal <= at)
			equal = byte_find(node.text, at, '=');
		bool passes = node.text.bytes[at] == '\n' || node.text.bytes[at] == '#';
		if (passes && (feed < end || node.switches->checks_lines)) {
			at = feed + (feed < end);
			continue;
		}
		if (equal == end) break;
		if (feed < equal && node.switches->checks_lines) {
			at = skip(&node, feed, end);
			continue;
		}
		at = read_statement(&node, at, equal);
	}
	env_skip_lines(scan, node.told, scan->bytes.length);
}

static const struct node_switches generation_20 = {.blanks = " "};
static const struct node_switches generation_22 = {
	.blanks = " \t\n", .checks_lines = true, .last_line_counts = true};

ENV_READER(node_20, "node-20", "node --env-file of Node.js 20 (20.20.2 measured)", .scan = scan_node,
           .encoding = ENV_UTF8_REPLACED, .nul = ENV_NUL_ENDS, .environment_wins = true, .mark_kept = true,
           .switches = &generation_20);

ENV_READER(node_22, "node-22", "node --env-file of Node.js 22 to 26 (22.23.3, 24.21.0, 26.10.0 measured)",
           .scan = scan_node, .encoding = ENV_UTF8_REPLACED, .nul = ENV_NUL_ENDS, .environment_wins = true,
           .mark_kept = true, .switches = &generation_22);
