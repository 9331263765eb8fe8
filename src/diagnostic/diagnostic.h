/* What was found: one list for every fault of every input, rule packs and unreadable files included.
 * In: a fault and its spans, edits, an effect. Out: one list of diagnostics, in order, with edits settled. */
#pragma once

#include "base/list.h"
#include "base/map.h"
#include "source/source.h"

/* What begins a comment that silences findings; ids and a bracket follow. */
#define SUPPRESSION_SIGN "arilint: ignore["

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

enum safety { SAFETY_SUGGEST, SAFETY_UNSAFE, SAFETY_SAFE };

/* Replace the bytes of a span: an insertion has an empty span, a deletion an empty replacement. */
struct edit {
	struct source *source;
	struct span span;
	struct text replacement;
	bool secret;                 /* the replacement holds a secret: never shown */
	bool alone;                  /* no other insertion beside it: the section that it begins would take it in */
};

struct edit_list LIST_OF(struct edit);

/* A value whose reading a fix means to change; the check of the result forgives it and nothing else. */
struct intent {
	struct text path;            /* of the file that is read, not of an included one */
	struct text section;         /* empty in .env files */
	struct text key;             /* empty: all values of the file */
};

struct fix {
	enum safety safety;
	struct text title;           /* what it does, in the imperative */
	struct edit_list edits;      /* all of them are applied, or none */
	struct LIST_OF(struct intent) intents;
	struct text withheld;        /* why it can't be had (no form of the value, ...); empty when it can */
	struct source_list holders;  /* files whose values the edits carry, */
	struct source_list through;  /* all files that were read to come to these values, */
	struct text_list accounts;   /* and the users whose programs read them: see trust/flow.h */
	struct text_list handlers;   /* what it needs besides the handlers of the changed files' roles */
};

/* Another place to look at. One at the diagnostic's own place is the text behind its carets. */
struct label {
	struct place place;
	struct text message;
};

struct subject;

struct diagnostic {
	struct text rule;            /* full id, "ari/password-drift"; "arilint/..." for what the program itself says */
	enum severity severity;
	struct text effect;          /* DESIGN's words: "401", "refused", ...; empty for none */
	struct place place;
	struct text message;         /* one sentence, secrets masked */
	struct text why;             /* what then happens; may be empty */
	struct text help;            /* "did you mean ..."; may be empty */
	struct text doubt;           /* why it is only likely; empty when it is certain */
	struct text targets;         /* the versions it is about, for people; empty for all */
	struct LIST_OF(struct label) labels;
	struct fix *fix;             /* NULL when there is none */
	const struct subject *subject; /* what the rule looked at, see evaluate/about.h; NULL: no rule found it */
	bool last;                   /* more of the kind is not listed */
	bool unread;                 /* an input could not be read or parsed: exit status 3 */
};

/* A rule that could not be judged, and why; one line for each rule and reason. */
struct not_evaluated {
	struct text rule;
	struct text reason;
};

/* Two files of which a rule could tell whether they agree. */
struct compared_pair {
	struct source *one, *other;
};

struct diagnostics {
	struct arena *arena;
	struct LIST_OF(struct diagnostic) found;
	struct LIST_OF(struct not_evaluated) skipped;
	struct map skipped_once;     /* the pairs in `skipped` */
	struct LIST_OF(struct compared_pair) compared; /* each pair once, first the one that was looked at */
	struct map compared_once;    /* the pairs in `compared` */
};

const char *severity_name(enum severity severity);
bool severity_from_name(struct text name, enum severity *severity);
const char *safety_name(enum safety safety);

/* Whether there is a fix that can be made: only files that the user named are changed. */
bool fix_is_possible(const struct fix *fix);

/* Adds a diagnostic and gives its address, good until the next addition. */
struct diagnostic *diagnostics_add(struct diagnostics *diagnostics, struct text rule, enum severity severity,
                                   struct place place, struct text message);

/* Notes that `rule` could not be judged, with a copy of the reason; the same pair is kept once. */
void diagnostics_skip(struct diagnostics *diagnostics, struct text rule, struct text reason);

/* Notes that two files were compared; the same pair is kept once. */
void diagnostics_compared(struct diagnostics *diagnostics, struct source *one, struct source *other);

/* Whether that was noted. */
bool diagnostics_have_compared(const struct diagnostics *diagnostics, const struct source *one, const struct source *other);

/* Sorts by path, start, severity (gravest first), rule, message, end and labels, and drops repetitions: what is equal
 * in all of these. The first found stays; it takes over a fix that only a repetition has. What could not be judged is
 * sorted by rule and reason, what was compared by paths. */
void diagnostics_sort(struct diagnostics *diagnostics);

size_t diagnostics_count(const struct diagnostics *diagnostics, enum severity severity);
