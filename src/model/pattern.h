/* Regular expressions: the only user of PCRE2. Compiled when first asked, matched within bounds. */
#pragma once

#include "base/list.h"
#include "base/map.h"
#include "source/source.h"

struct pattern {
	struct text spelled;
	struct text compiled; /* see pattern_serialize(); may be empty */
	struct arena *arena; /* that lives as long as the pattern does */
	void *code;      /* the three are PCRE2's; NULL until first used, or until the run has them */
	void *context;
	void *data;
	char needed;     /* a byte that whatever matches holds; 0: none is known */
	bool gave_up;    /* the last match was given up */
};

enum { PATTERN_GROUPS_KEPT = 2 };

/* The patterns of a run. One is matched at a time: what PCRE2 needs for that, 20 KB, stands once. */
struct pattern_set {
	struct map known;    /* how one is spelled -> struct pattern */
	struct pattern *last; /* that was asked for; NULL: none */
	void *context, *data; /* as in struct pattern, for all of them */
};

/* The pattern that is spelled so, of those that a run has compiled or will compile when they are first used. Constants are
 * spelled at one place each: the texts are told apart by their addresses. `compiled` is what pattern_serialize() has made of
 * it, or empty. What its groups stood for is known of the first PATTERN_GROUPS_KEPT, and until another one is matched. */
struct pattern *pattern_of(struct arena *arena, struct pattern_set *patterns, struct text spelled, struct text compiled);

/* A compiled pattern as bytes, in its arena: what the build keeps. They are of use to this very PCRE2 alone; another one
 * compiles the spelling. Empty when there is no memory. */
struct text pattern_serialize(const struct pattern *pattern);

/* Compiles; false with the byte offset into the spelling and PCRE2's words on a fault. */
bool pattern_compile(struct pattern *pattern, size_t *offset, struct text *fault);

enum pattern_result { PATTERN_MATCHES, PATTERN_DIFFERS, PATTERN_TOO_COSTLY };

/* Searches the text, compiling first where needed. A match that costs more than the bound is given up:
 * PATTERN_TOO_COSTLY, never a hang. Pattern and text are bytes: `.` is one byte, also within a UTF-8 character. */
enum pattern_result pattern_match(struct pattern *pattern, struct text text);

/* The same from a byte of the text on; what stands before it is seen by `^`, `\b` and what looks behind. */
enum pattern_result pattern_match_from(struct pattern *pattern, struct text text, size_t start);

/* How many groups a compiled pattern has. */
unsigned pattern_group_count(const struct pattern *pattern);

/* The number of a group `(?<name>...)` of a compiled pattern; 0 when it has none of that name. */
unsigned pattern_group(const struct pattern *pattern, struct text name);

/* Adds the names of all of its groups. */
void pattern_group_names(const struct pattern *pattern, struct text_list *names);

/* What a group stood for in the text that matched last; empty when it had no part in it. Group 0 is the whole match. */
struct span pattern_span(const struct pattern *pattern, unsigned group);
