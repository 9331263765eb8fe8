/* Programs that load .env files: JavaScript, Python, Ruby, PHP, Go, Rust, systemd, docker. Each is a dialect in a file
 * of its own or beside its relatives, which says after which version it is made (ENV_READER). Here stands what they
 * share: a scanner of a dialect walks the bytes once and tells each statement and each other piece it meets, in order;
 * from that come the view and the tokens, so the two cannot disagree.
 * In: the bytes of a .env file. Out: its variables as one loader sees them; tokens. */
#pragma once

#include "base/map.h"
#include "reader/blank.h"
#include "reader/fault.h"
#include "reader/reader.h"

struct env_scan;
struct env_line;


/* What becomes of a NUL byte in a key or a value. */
enum env_nul {
	ENV_NUL_KEPT,    /* the program hands on the value with it */
	ENV_NUL_ENDS,    /* the C library's environment ends the text there */
	ENV_NUL_DROPS,   /* the variable can't be set and is left out */
	ENV_NUL_DELETED, /* the byte is passed over */
	ENV_NUL_REFUSED, /* loading fails */
	ENV_NUL_REFUSED_LAST /* loading fails, unless a later statement of the same key takes its place */
};

/* What becomes of bytes that are not UTF-8. */
enum env_encoding {
	ENV_BYTES,         /* kept as they are */
	ENV_UTF8_REPLACED, /* U+FFFD for each malformed sequence, as the WHATWG decoder of JavaScript */
	ENV_RUNES_REPLACED, /* U+FFFD for each byte of it, as Go's conversion to runes */
	ENV_UTF8_QUESTION, /* a question mark for each malformed sequence, as PHP's mbstring */
	ENV_UTF8_REFUSED   /* loading fails */
};

struct env_dialect {
	void (*scan)(struct env_scan *); /* env_scan_lines, or the dialect's own */
	size_t (*line_end)(struct text, size_t); /* of env_scan_lines: see blank.h */
	bool (*tell_line)(struct env_scan *, const struct env_line *); /* tells the statement of a line; false: it holds none */
	enum env_encoding encoding;
	enum env_nul nul;
	bool environment_wins;   /* a variable that is already in the environment keeps its value there */
	bool first_wins;         /* of a repeated key the first statement counts */
	bool mark_kept;          /* a byte order mark becomes part of the first line */
	void (*finish)(struct env_scan *); /* what the program does with the variables when all are read; may be NULL */
	const void *switches;    /* the scanner's own */
};

/* Why the file alone does not settle a value. */
enum env_cause {
	ENV_SETTLED,
	ENV_NOT_SET,      /* it names a variable that the file sets nowhere */
	ENV_HOLDS_DOUBT,  /* it holds another value that is not settled */
	ENV_PASSED_ON,    /* a key alone: the environment gives the value */
	ENV_OF_COMMAND,   /* it is made by a command */
	ENV_OF_SHELL,     /* only a shell knows: its number, its arguments, what its operators make of a value */
	ENV_CONDITION     /* whether it is set at all hangs on a condition */
};

struct env_doubt {
	enum env_cause cause;
	struct text name;         /* of ENV_NOT_SET */
	const struct text *known; /* of ENV_HOLDS_DOUBT: the reason */
};

/* One run over one file. */
struct env_scan {
	const struct env_dialect *dialect;
	struct arena *arena;
	struct arena *scratch;    /* for what the reading alone needs; `arena` itself of a small file */
	struct text bytes;
	struct token_list *tokens;
	struct reading *reading;
	struct view *view;        /* NULL while a scanner looks ahead: nothing is told */
	struct section *section;
	struct map latest;        /* name -> struct env_slot: what the file has given so far */
	struct map environment;   /* name -> struct text: what the caller's environment holds */
	size_t told;              /* everything before this offset is cut into tokens, or needs none */
	size_t feed_from, feed;   /* the newest answer of env_line_feed() */
	size_t statements;        /* told so far */
	size_t expanded;          /* bytes that expansions have added so far, see env_expand.h */
	struct env_doubt doubt;   /* about the value that is told next */
	bool forgets;             /* env_forget() was called */
	bool stopped;             /* the program refused the file here: nothing more is told */
};

/* A statement as the scanner found it; empty spans for parts that are not there. */
struct env_statement {
	struct span lines;       /* whole lines with their line ends */
	struct span export;      /* the word `export` */
	struct span key;
	struct span operator;
	struct span value;
	struct span comment;
	struct text name;        /* the key as the program reads it; taken from `key` when it is empty */
	struct text content;     /* the value as written, quotes and escapes resolved, nothing expanded */
	struct text effective;   /* the value after expansion, where `expanded` is set; else it is `content` */
	bool expanded;
	char quote;              /* the quote that the program removes, or 0 */
	bool absent;             /* a key without a value */
	bool dropped;            /* the program passes over the statement */
};

/* Tells a statement: its tokens, its entry and its variable. Statements, tokens and faults are told in the order of
 * the file; bytes between them, and all behind a fault that refuses the file, are blanks, line ends or garbage. */
void env_tell(struct env_scan *scan, const struct env_statement *statement);

/* Tells a piece that belongs to no statement. */
void env_token(struct env_scan *scan, enum token_kind kind, size_t start, size_t end);

/* Reports a fault. A kind that refuses the file stops the scan: see scan->stopped. */
void env_fault(struct env_scan *scan, const char *kind, struct span span);

/* Tells lines that hold no statement: blank lines and lines that start with `#` pass, others are garbage and a fault
 * "not-an-assignment". */
void env_skip_lines(struct env_scan *scan, size_t start, size_t end);

/* Reports what surprises in a value: a quote at its beginning that is not removed, a `#` right behind it. */
void env_report_value(struct env_scan *scan, const struct env_statement *statement);

/* A line without its end; `next` is where the next one begins. */
struct env_line {
	size_t start, end, next;
};

/* The line that begins at `at`, which must be before the end of the file. `ends` gives the bytes of a line end at an
 * offset, or 0: see blank.h. */
struct env_line env_line_at(const struct env_scan *scan, size_t at, size_t (*ends)(struct text, size_t));

/* Goes through the lines: the scanner of dialects in which each statement has a line of its own. */
void env_scan_lines(struct env_scan *scan);

/* [start, end) without the blanks at its ends; where all of it is blank, the empty span at `start`. */
struct span env_trim(const struct env_scan *scan, enum blanks blanks, size_t start, size_t end);

/* Starts a statement of one line: its lines, and its key, operator and value cut at `equal` (an offset in the line),
 * without the blanks around the key and the value. */
struct env_statement env_cut_line(const struct env_scan *scan, const struct env_line *line, size_t equal,
                                  enum blanks blanks);

/* The value without the single or double quotes around it; `*quote` becomes the quote, or 0. */
struct text env_unquote(struct text value, char *quote);

/* What the file itself has given for a name so far, or what the environment holds; NULL when there is nothing. */
const struct text *env_given(const struct env_scan *scan, struct text name);
const struct text *env_inherited(const struct env_scan *scan, struct text name);

/* Raises a doubt about the value that is told next, unless there is one. */
void env_doubt(struct env_scan *scan, enum env_cause cause);

/* The same of a value that holds what `name` stands for, unless the file gives it for certain. */
void env_doubt_name(struct env_scan *scan, struct text name);

/* Whether the value that is told next may be another one where the program runs: nothing that hangs on it may make the
 * program refuse the file. */
bool env_is_in_doubt(const struct env_scan *scan);

/* A key alone passes on what the environment may hold; true where that is nothing. Of what may be a line of a longer
 * secret only a name of capitals is taken for a key: keys are shown. */
bool env_passes_nothing_on(struct env_scan *scan, struct text name);

/* Ends the doubt. The reason, in words; NULL where there was none. `entry` has the value. */
const struct text *env_settle(struct env_scan *scan, const struct entry *entry);

/* Ends the doubt about a variable that has been told, and so about what holds it: for dialect->finish. */
void env_settle_variable(struct env_scan *scan, struct variable *variable);

/* Takes the variables of a name that were told before out of what the program sees; expansions then see it empty. */
void env_forget(struct env_scan *scan, struct text name);

/* The parts of struct reader that all .env readers have. */
struct view *env_read(const struct reader *reader, struct reading *reading);
bool env_offer(const struct reader *reader, struct arena *arena, struct text value, unsigned attempt,
               struct text *offer);
struct text env_sample(struct arena *arena, struct text written);

/* Defines a reader: its identifier, name and summary, then the initialiser of its struct env_dialect. */
#define ENV_READER(identifier, reader_name, reader_summary, ...)                                                      \
	static const struct env_dialect dialect_##identifier = {__VA_ARGS__};                                        \
	const struct reader reader_##identifier = {                                                                  \
		.name = reader_name,                                                                                 \
		.summary = reader_summary,                                                                           \
		.comment = "#",                                                                                      \
		.read = env_read,                                                                                    \
		.offer = env_offer,                                                                                  \
		.sample = env_sample,                                                                                \
		.dialect = &dialect_##identifier,                                                                    \
	};                                                                                                           \
	_Static_assert(sizeof(reader_name) > 1, "a reader has a name")

/* A text that the program makes of the file before it looks closer (carriage returns removed, ...), and where each of
 * its bytes stands in the file; `offsets` is NULL when the text is the file, else it has length + 1 elements. */
struct env_text {
	struct text text;
	uint32_t *offsets;
};

/* The file without a byte, wherever it stands. */
struct env_text env_without_byte(struct env_scan *scan, char byte);

/* The file without the carriage returns before line feeds. */
struct env_text env_without_returns(struct env_scan *scan);

/* The offset in the file of an offset in the text. */
static inline size_t env_offset(const struct env_text *text, size_t at) {
	return text->offsets ? text->offsets[at] : at;
}

/* The lines that hold [start, end) of the file: from behind the line feed before it, but not before `bound`, to behind
 * the line feed after it. */
struct span env_lines(struct env_scan *scan, size_t bound, size_t start, size_t end);

/* line_feed_find() in the file, for questions that come in the order of the file: all of them pass over it once. */
size_t env_line_feed(struct env_scan *scan, size_t at);

/* [A-Za-z_], and behind the first byte also [0-9]. */
static inline bool env_is_name_byte(char byte, bool first) {
	return text_is_word_byte(byte) && !(first && byte >= '0' && byte <= '9');
}

/* The end of the name of such bytes at `at`; `at` when there is none. */
static inline size_t env_find_name_end(struct text text, size_t at) {
	size_t end = at;
	while (end < text.length && env_is_name_byte(text.bytes[end], end == at))
		end++;
	return end;
}

static inline struct span env_span(size_t start, size_t end) { return (struct span){(uint32_t)start, (uint32_t)end}; }

/* [start, end) of the text, in the file: up to behind its last byte, without what was removed there. */
static inline struct span env_text_span(const struct env_text *text, size_t start, size_t end) {
	size_t first = env_offset(text, start);
	return env_span(first, end > start ? env_offset(text, end - 1) + 1 : first);
}

/* The byte at an offset; behind the end of the file a line feed. */
static inline char env_byte(const struct env_scan *scan, size_t at) {
	return at < scan->bytes.length ? scan->bytes.bytes[at] : '\n';
}

/* The bytes of a span of the file. */
static inline struct text env_slice(const struct env_scan *scan, struct span span) {
	return text_slice(scan->bytes, span.start, span.end);
}
