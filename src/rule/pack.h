/* A rule pack, ready to be judged by: every name in it is resolved. Made by rule/load.h, or by the build; immutable.
 * What one run chooses (which rules, how severe) stands in rule/choice.h. */
#ifndef ARILINT_RULE_PACK_H
#define ARILINT_RULE_PACK_H

#include "check/check.h"
#include "filter/filter.h"
#include "fix/operator.h"
#include "model/role.h"
#include "rule/language.h"

struct setting;
struct list;
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

/* Fields of the things that a rule looks at. */
enum field {
#define FIELD(name, things) FIELD_##name,
#include "rule/fields.def"
#undef FIELD
	FIELD_COUNT
};

/* What a rule may look at, one by one. */
enum thing_kind {
	THING_FILE = 1,     /* each file of a role */
	THING_SECTION = 2,  /* each section that the program sees, templates too */
	THING_KEY = 4,      /* each value that the program sees, with its key; not those of templates themselves */
	THING_FAULT = 8,    /* each fault that the reader reports */
	THING_LINE = 32,    /* each line of the file, as it stands there */
	THING_SETTING = 16, /* each place that a setting's keys match */
	THING_ANSWER = 64   /* of such a place: what a server answered; only in `verify` */
};

enum reference_kind {
	REFERENCE_FIELD,   /* of the thing: `name` */
	REFERENCE_KEY,     /* in force in the thing's section, all sections of its name together: `.type` */
	REFERENCE_OWN,     /* of this very section: `own.type` */
	REFERENCE_SETTING, /* `env_user` */
	REFERENCE_GROUP    /* another thing of the same group: `first`, `previous`; of sections also `first.type` */
};

struct use_of_filter {
	const struct filter *filter;
	struct text text;
	const struct reference *reference;
	const struct list *list;
	const struct reader *const *readers; /* ends with NULL; NULL without an argument */
};

struct reference {
	enum reference_kind kind;
	enum field field;
	struct text key;
	const struct setting *setting;
	bool previous; /* of REFERENCE_GROUP: `previous`, not `first` */
	struct ARRAY_OF(struct use_of_filter) filters;
};

/* Text with references in braces; `{{` and `}}` are braces. */
struct template_part {
	struct text text;
	const struct reference *reference; /* NULL: the text */
};

struct template
{
	struct ARRAY_OF(struct template_part) parts;
	struct text spelled;
};

/* A template in each language; NULL where there is none, in all of them where the member is not there. */
struct message {
	const struct template *in[LANGUAGE_COUNT];
};

/* The same of texts without references. */
struct words {
	struct text in[LANGUAGE_COUNT];
};

/* In that language, or else in English. */
const struct template *message_in(const struct message *message, enum language language);
struct text words_in(const struct words *words, enum language language);

struct use_of_check {
	const struct check *check;
	struct argument argument;          /* what needs no file */
	const struct reference *reference; /* of ARGUMENT_REFERENCE */
	const struct list *list;           /* of ARGUMENT_LIST */
};

enum condition_kind { CONDITION_ALL, CONDITION_ANY, CONDITION_NOT, CONDITION_CHECK };

struct condition {
	enum condition_kind kind;
	struct ARRAY_OF(struct condition) parts; /* of ALL, ANY; of NOT one */
	const struct reference *reference;       /* of CHECK */
	struct use_of_check use;
};

/* Whether the thing's own file is all it takes to judge a condition: no settings, no lists of sections, not the
 * machine. It is never unknown then. */
bool condition_is_local(const struct condition *condition);

/* Of CONDITION_CHECK: whether it fails where its reference has no value. */
bool condition_needs_value(const struct condition *check);

/* A name for a value that lives in some role, or that is put together from others. */
struct setting {
	struct text name;
	const struct role *role;                /* NULL when composed */
	const struct template *section;         /* NULL: the nameless section */
	bool any_case;                          /* the section's case means nothing, whatever the role says */
	struct text_list keys;                  /* globs; empty: the section itself */
	struct text_list fallback_keys;         /* globs that count where none of `keys` is there */
	struct ARRAY_OF(struct template) texts; /* of a composed setting: the first whose references are all present */
	bool has_default;
	struct text default_text;
	uint32_t number; /* unlike that of all settings of a run, see struct pack */
};

struct look {
	enum thing_kind kind;
	const struct role *role;
	const struct setting *setting;
	const struct condition *where;              /* may be NULL */
	struct ARRAY_OF(struct reference) group_by; /* things whose values agree are one group */
	bool groups_within_section;                 /* no group reaches beyond a section */
};

/* Texts to choose from: written in the pack, or gathered from a file, sections' names or keys' values. */
struct list {
	struct text name;
	const struct text_set *texts;
	const struct look *sections; /* or keys; NULL: texts */
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
	struct text_list handlers;    /* that it needs besides those of the changed files' roles */
	const struct condition *when; /* may be NULL */
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
	const struct look *look;
	const struct condition *when;
	const struct condition *expect;
	bool expect_is_local;          /* it can be judged before `when`, and mostly holds */
	enum thing_kind groups_repeat; /* THING_KEY or THING_SECTION: where a file repeats none, each is a group alone;
	                                  else 0 */
	bool only_repeats;             /* it finds nothing in such a file */
	const struct reference *at;    /* what the finding points at; NULL: the thing itself */
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

struct pack {
	struct text name;
	struct text path; /* of its file; of a pack that is compiled in "ari.yaml" */
	bool built_in;
	struct text title;
	struct text_list use;  /* names of the packs that it shares roles, targets and lists of */
	struct text authority; /* the role that is right when two files differ; empty: none is */
	struct POINTERS_TO(struct pack_handler) handlers;
	struct POINTERS_TO(struct role) roles;
	struct POINTERS_TO(struct target) targets;
	struct POINTERS_TO(struct setting) settings;
	uint32_t first_setting; /* the number of its first one: no other pack of a run has the same */
	struct POINTERS_TO(struct list) lists;
	const struct text_set
		*placeholders;            /* globs, in any case, of values that people write until they know better */
	const struct text_set *templates; /* globs of values that a program fills in before use */
	struct ARRAY_OF(struct rule) rules;
	const struct verification *verification; /* NULL: the pack verifies nothing */
	struct ARRAY_OF(struct symptom) symptoms;
};

struct pack_list LIST_OF(const struct pack *);

#endif
