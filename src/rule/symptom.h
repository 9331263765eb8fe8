/* Symptoms: what programs write into their logs when something is wrong, and what that means. */
#pragma once

#include "rule/pack.h"

/* Groups from this number on are those of `line`, less it. */
enum { SYMPTOM_OF_LINE = 1000 };

/* Text with captures of the symptom's pattern in braces; `{{` and `}}` are braces. */
struct symptom_part {
	struct text text;
	unsigned group; /* of the pattern, or SYMPTOM_OF_LINE and one of `line`; 0: the text */
};

struct symptom_text ARRAY_OF(struct symptom_part);

/* In each language; nothing where it is not said in it. */
struct symptom_message {
	struct symptom_text in[LANGUAGE_COUNT];
};

/* A group of the pattern that says what the line is about. */
struct symptom_name {
	struct text text;
	unsigned group;
	bool is_host; /* called `host`: names of one network place are the same */
};

/* What a line names, and the same of a finding. */
struct symptom_same {
	uint32_t name; /* which one of the symptom's */
	const struct reference *reference;
};

/* All of it must agree, as far as the line names it. */
struct symptom_about {
	struct ARRAY_OF(struct symptom_same) same;
};

struct symptom {
	struct text id;                 /* "ari/unauthorized" */
	struct text source;             /* "backend" or "asterisk": whose log it comes from; empty: anybody's */
	struct text pattern;            /* that finds it in a line's message; it can be compiled */
	struct text line;               /* that must be found there, too; likewise; may be empty */
	struct ARRAY_OF(struct symptom_name) names; /* lines that name something else are another symptom */
	uint32_t secret;                /* the group of the pattern that is called `secret`: it is never shown; 0: none is */
	struct text effect;             /* empty for none */
	struct symptom_message title;   /* what has happened */
	struct symptom_message message; /* what it means */
	struct symptom_message help;    /* what to do next; may be empty */
	struct text_list rules;         /* whose findings explain it; full ids */
	struct text_list effects;       /* findings that have one of these explain it, too */
	struct ARRAY_OF(struct symptom_about) about; /* but not those about something else; the first that can be told counts */
};

/* In that language, or else in English. */
const struct symptom_text *symptom_text_in(const struct symptom_message *message, enum language language);
