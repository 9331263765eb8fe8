/* Secrets never leave the program. Whatever is printed, logged or reported passes through here:
 * - bytes of a configuration file: redact_show(), once inventory/redact.h has marked its secrets;
 * - a value that is known to be a secret: redact_mask(); of a struct value, value_shown() asks for it;
 * - words of others (programs, servers, logs): redact_text(), or redact_line() where only parts are shown.
 * In: text that may hold a secret. Out: text that holds none. */
#pragma once

#include "base/map.h"
#include "source/source.h"

/* --- masks --- */

/* "<secret:7c1e>": four hex digits of a keyed hash whose key is new in every run, so that equal secrets look equal and
 * nothing can be looked up. Of a secret over 8 KiB its length and its ends are hashed. With redact_show_all() the
 * secret itself. */
struct text redact_mask(struct arena *arena, struct text secret);

/* --show-secrets: from now on nothing is masked. */
void redact_show_all(void);
bool redact_shows_all(void);

/* --- sources --- */

/* Marks a span as secret; spans may come in any order and overlap: redact_settle() sorts and joins them. Spans that
 * only touch stay apart, and an empty span marks nothing. */
void redact_mark(struct arena *arena, struct source *source, struct span span);
void redact_settle(struct source *source);

/* Marks the user and password of the first URL in the span (`//user:password@`); without a scheme, `user:password@host`. */
void redact_mark_address(struct arena *arena, struct source *source, struct span span);

/* The bytes of a span of the source with each secret in it masked. A secret that the span cuts is masked whole.
 * When `offset` is not NULL, it is an offset into the source on entry and becomes the offset of the same place in the
 * returned text: inside a secret it becomes the mask's start, outside the span the nearer end of the text. */
struct text redact_show(struct arena *arena, const struct source *source, struct span span, size_t *offset);

/* The span, grown so that neither of its ends lies inside a secret. */
struct span redact_cover(const struct source *source, struct span span);

/* --- the secrets a run knows, and texts that may hold them --- */

enum { REDACT_SHORT = 4 };

/* Zero-initialise with the arena set. */
struct redaction {
	struct arena *arena;
	struct arena *scratch; /* of a search, rewound after it; NULL: each has its own */
	bool cut;              /* the beginnings of secrets, too */
	bool inside_words;     /* secrets of fewer than REDACT_SHORT bytes not only where they stand alone */
	struct map values;     /* all that is sought, each once */
	struct map beginnings; /* the first REDACT_SHORT bytes -> all longer values that begin so */
	bool begins[256];      /* bytes that such a value begins with */
	struct text_list shorts;
	size_t longest, shortest; /* bytes of those values; the longest of all */
	size_t allowed, spent; /* steps of the search: those that the texts so far may cost, and those that they did */
	bool overrun;          /* too many to look for: nothing may be shown */
};

/* From now on a secret, without blanks at its ends, is masked wherever it stands, as it is, in the disguises of
 * redact/disguises.def, several of them over one another, in base64 and hexadecimal. It is kept by view. One of fewer than REDACT_SHORT bytes is sought as a whole word only, or texts would be full of masks. */
void redact_learn(struct redaction *redaction, struct text secret);

/* Marks the known secrets in a span of the source; all of it when there are too many to look for. */
void redact_mark_known(struct arena *arena, struct redaction *redaction, struct source *source, struct span span);

/* A source of the text's bytes with all secrets marked: those known, users and passwords in URLs, what authenticates in
 * HTTP headers and on command lines, and values behind names that speak of a secret. */
struct source *redact_line(struct arena *arena, struct redaction *redaction, struct text text);

/* The text with all that masked. `cut` says that it went on: its end, which may be half a secret, is left out. */
struct text redact_text(struct arena *arena, struct redaction *redaction, struct text text, bool cut);

/* How many bytes of a text that went on may be shown. */
size_t redact_sure(const struct redaction *redaction, size_t length);

/* Marks what stands where secrets stand, line by line: in addresses, behind names and options, in headers. */
void redact_mark_shapes(struct arena *arena, struct source *source, struct span span);

/* Whether a key stands behind a closed quote on its line: it may be the rest of a secret that a quote before it has swallowed. */
bool redact_is_rest(const struct source *source, struct span key);

/* Marks the blocks of private keys (`-----BEGIN ...`); `learns` their lines as redact_know() does. */
void redact_mark_blocks(struct arena *arena, bool learns, struct source *source, struct span span);

/* The text with what stands where secrets stand masked. */
struct text redact_words(struct arena *arena, struct text text);

/* --- what the whole process knows, and its output --- */

/* From now on the process knows a secret of its inputs; `named` says that its name speaks of one: everyday values are kept
 * only then. Copies it. */
void redact_know(struct text secret, bool named);

/* Forgets them all: for programs that hold many runs, one after the other. */
void redact_forget(void);

/* All of those, to be found in remarks. */
struct redaction *redact_known(void);

/* What is to be written with the secrets in it masked that nothing else looks like. Every output passes here last. */
struct text redact_output(struct arena *arena, struct text text);

/* --- words --- */

/* Whether a name speaks of a secret: of a key in a configuration file, or of what stands before a `:` in a remark. */
bool redact_names_secret(struct text name);

/* Whether a text ends in such a name. In free text fewer words count: "key" names too much there. */
bool redact_ends_in_name(struct text text);

/* Whether a value is one that texts are full of, so that masking it everywhere would hide more than it keeps. */
bool redact_is_everyday(struct text value);

/* Whether a value looks like the path of a file. */
bool redact_is_path(struct text value);

/* Whether a remark may show what looks like a statement, although its key is not known to be harmless. */
bool redact_is_plain(struct text name, struct text value);

/* Whether a value is so odd that it stands for nothing else wherever it is found. */
bool redact_is_distinct(struct text value);
