/* A rule pack, ready to be judged by: every name in it is resolved. Made by rule/load.h, or by the build; immutable.
 * What one run chooses (which rules, how severe) stands in rule/choice.h. */
#pragma once

#include "fix/operator.h"
#include "rule/condition.h"

struct rule_test;
struct symptom;
struct verification;

/* Where something stands in its pack's file; 1-based, columns count characters. */
struct file_place {
	uint32_t line, column;
};

/* Versions of a program that belong together, under one name. */
struct target {
	struct text name;
	struct text program;       /* "asterisk" */
	struct text_list versions; /* ranges, "20.15..20": from the one to the last that begins with the other; either
	                            * side may be missing */
	struct text label;         /* for people */
};

/* The version of a program that a run is about: --target asterisk=22.10. */
struct version {
	struct text program;
	struct text number;
};

struct rule_label {
	const struct reference *at;
	struct message message;
};

struct target_override {
	const struct target *target;
	bool has_severity;
	enum severity severity;
	bool has_effect;
	struct text effect;
};

struct rule_fix {
	enum safety safety;
	struct message title;
	struct text authority;        /* only when that role is right; empty: always */
	const struct target *target;  /* only when the run names one of its versions; NULL: always */
	struct text_list handlers;    /* that it needs besides those of the changed files' roles */
	const struct condition *when; /* may be NULL */
	bool address;                 /* `when` compares addresses */
	const struct fix_operator *operator;
	const struct reference *references[FIX_MOST_ARGUMENTS]; /* parallel to operator->arguments */
	const struct template *templates[FIX_MOST_ARGUMENTS];
};

struct rule {
	struct text id; /* "ari/password-drift" */
	struct file_place place;
	bool enabled; /* unless a run selects otherwise */
	enum severity severity;
	struct text effect;
	struct message title;
	struct words docs;
	struct POINTERS_TO(struct target) targets; /* none: all versions */
	struct ARRAY_OF(struct target_override) overrides;
	const struct selector *selector;
	const struct condition *when;
	const struct condition *expect;
	struct prefilter prefilter;        /* found out by the loader */
	const struct reference *at;    /* what the finding points at; NULL: the subject itself */
	bool address;                    /* it compares addresses: what is found holds where they mean one place to both sides */
	enum { ADDRESS_ANYWHERE, ADDRESS_SAME, ADDRESS_OTHER, ADDRESS_MACHINE, ADDRESS_UNSAID } meeting; /* told only where maps of containers say that
	                                * of client_host and the other file's program */
	const struct reference *open_at; /* the ports by which others get at what is found; NULL: it is no matter of any */
	bool unfinished;                 /* it speaks of what is still to be filled in or mended, too */
	struct message message, why, help; /* the last two may be absent */
	struct ARRAY_OF(struct rule_label) labels;
	struct ARRAY_OF(struct rule_fix) fixes; /* the first that may be applied is */
	struct ARRAY_OF(struct rule_test) tests;
};

/* What lets a program read its files again. The pack gives it a name and tells people what to do by hand; what a
 * machine does is defined on the machine: see handler/handler.h. */
struct pack_handler {
	struct text name;
	struct words by_hand;
};

/* What keys are for, told in editors. */
struct meaning {
	struct text name;
	const struct selector *selector; /* of kind key or setting */
	struct words about;
};

/* A part of regular expressions of symptoms. */
struct expression {
	struct text name;
	struct text text;
};

struct pack {
	struct text name;
	struct text path; /* of its file; of a pack that is compiled in "ari.yaml" */
	bool built_in;
	bool confined; /* a repository's: it is shown no file outside of it, asks no server and names no handler */
	struct text title;
	struct text_list use;  /* names of the packs that it shares roles, targets and lists of */
	struct text authority; /* the role that is right when two files differ; empty: none is */
	struct POINTERS_TO(struct pack_handler) handlers;
	struct POINTERS_TO(struct role) roles;
	struct POINTERS_TO(struct target) targets;
	struct POINTERS_TO(struct setting) settings;
	struct ARRAY_OF(uint32_t) joined; /* places among the settings of those that a rule compares with another role's */
	uint32_t first_setting; /* the number of its first one: no other pack of a run has the same */
	struct POINTERS_TO(struct list) lists;
	const struct text_set
		*placeholders;            /* globs, in any case, of values that people write until they know better */
	const struct text_set *templates;  /* globs of values that a program fills in before use */
	const struct text_set *generated_files; /* globs of names of files that a program writes, ... */
	const struct text_set *generated_heads; /* ... and of a line near its top by which a file says so */
	const struct reference *client_host; /* the host at which a client seeks the server; NULL: nothing is known of any */
	const struct reference *client_port; /* and the port there; NULL: likewise */
	const struct text_set *containers; /* globs of names of files that put programs into containers, ... */
	const struct text_set *container_folders; /* ... and names of folders in which they lie, too */
	const struct text_set *scripts; /* globs of names of scripts that write files when a program is set up, ... */
	const struct text_set *script_folders; /* ... and names of folders in which they lie, too */
	const struct text_set *purposes; /* words in names of files and folders for what they are for */
	const struct text_set *usual_environments; /* those that programs run in unless they are told another */
	struct ARRAY_OF(struct rule) rules;
	const struct verification *verification; /* NULL: the pack verifies nothing */
	struct POINTERS_TO(struct meaning) meanings;
	struct POINTERS_TO(struct expression) expressions;
	struct ARRAY_OF(struct symptom) symptoms;
};

struct pack_list LIST_OF(const struct pack *);
