/* What rules say of values: references, texts made of them, conditions, settings, lists. Every name in them is resolved;
 * immutable. */
#pragma once

#include "check/check.h"
#include "filter/filter.h"
#include "rule/language.h"
#include "model/role.h"

struct setting;
struct list;

/* Fields of the subjects that a rule looks at. */
enum field {
#define FIELD(name, subjects) FIELD_##name,
#include "rule/fields.def"
#undef FIELD
	FIELD_COUNT
};

/* What a rule may look at, one by one. */
enum subject_kind {
	SUBJECT_FILE = 1,     /* each file of a role */
	SUBJECT_SECTION = 2,  /* each section that the program sees, templates too */
	SUBJECT_KEY = 4,      /* each value that the program sees, with its key; not those of templates themselves */
	SUBJECT_FAULT = 8,    /* each fault that the reader reports */
	SUBJECT_LINE = 32,    /* each line of the file, as it stands there */
	SUBJECT_SETTING = 16, /* each place that the keys of settings match */
	SUBJECT_ANSWER = 64   /* of such a place: what a server answered; only in `verify` */
};

enum reference_kind {
	REFERENCE_FIELD,   /* of the subject: `name` */
	REFERENCE_KEY,     /* in force in the subject's section, all sections of its name together: `.type` */
	REFERENCE_OWN,     /* of this very section: `own.type` */
	REFERENCE_SETTING, /* `env_user` */
	REFERENCE_GROUP    /* another subject of the same group: `first`, `previous`; of sections also `first.type` */
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
	const struct argument *argument;   /* what needs no file */
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

/* Whether the subject's own file is all it takes to judge a condition: no settings, no lists of sections, not the
 * machine. It is never unknown then. */
bool condition_is_local(const struct condition *condition);

/* Of CONDITION_CHECK: whether it fails where its reference has no value. */
bool condition_needs_value(const struct condition *check);

/* What a decided setting is where a condition holds. */
struct setting_case {
	const struct condition *when;
	const struct template *is;
};

/* A name for a value that lives in some role, or that others say: put together from them, or decided by them. */
struct setting {
	struct text name;
	const struct role *role;                /* NULL when others say it */
	const struct template *section;         /* NULL: the nameless section */
	bool any_case;                          /* the case of section and keys means nothing, whatever the role says: ... */
	bool last_alike;                        /* ... of such sections the last counts, not the one that is written so, or the first */
	struct glob_set keys;                   /* globs; empty: the section itself */
	struct glob_set fallback_keys;          /* globs that count where none of `keys` is there, ... */
	const struct condition *fallback_when;  /* ... and this holds; NULL: always */
	const struct selector *of;              /* of a composed setting: places of which fields may stand in its texts */
	struct ARRAY_OF(struct template) texts; /* of a composed setting: the first whose references are all present */
	const struct reference *published;      /* instead: a port of which it is the machine's; NULL: it is none */
	struct ARRAY_OF(struct setting_case) cases; /* of a decided one: the first whose condition holds */
	struct text undecided;                  /* why its value is unknown where none does; empty: it is absent */
	bool has_default;
	struct text default_text;
	uint32_t number; /* unlike that of all settings of a run, see struct pack */
};

struct selector {
	enum subject_kind kind;
	const struct role *role;
	struct POINTERS_TO(struct setting) settings;
	const struct condition *where;              /* may be NULL */
	struct ARRAY_OF(struct reference) group_by; /* subjects whose values agree are one group */
	bool groups_within_section;                 /* no group reaches beyond a section */
	struct text pattern;                        /* of a list: what its first group finds, each time; empty: all of it */
	struct text compiled;                       /* of the pattern, see pattern_serialize() */
	const struct role *sharing;                 /* of a list: gathered from all other files that the same file of this
	                                             * role belongs to; NULL: from the one that belongs to the one judged */
};

/* Texts to choose from: written in the pack, or gathered from files, sections' names, keys' values or parts of lines. */
struct list {
	struct text name;
	const struct text_set *texts;
	const struct selector *sections; /* or keys, or lines; NULL: texts */
};

/* --- what can be told of a rule before its subjects are judged one by one; see rule/prefilter.h --- */

/* Parts of a rule's conditions that are about one and the same. NULL holds. */
struct stage {
	const struct condition *where;  /* never unknown; not asked again of each subject */
	const struct condition *when;   /* where it fails there is nothing to find; asked again of each subject */
	const struct condition *expect; /* where it holds there is nothing to find; NULL: cannot be told here */
};

/* Bits for what texts end in, see base/ending.h: those that a file holds, or those of which a rule needs one to find anything;
 * 0: it needs none. */
struct endings {
	uint64_t sections, keys, values, faults;
};

struct prefilter {
	struct endings endings;
	struct stage file, section, name;
	const struct condition *form;  /* where no form of the file's statements satisfies it there is nothing to find */
	struct POINTERS_TO(struct use_of_filter) needed; /* likewise where one of these never gives a value */
	const struct condition *where; /* what is left to ask of each subject */
	bool expect_is_local;          /* `expect` can be judged before `when`, and mostly holds */
	enum subject_kind groups_repeat; /* SUBJECT_KEY or SUBJECT_SECTION: where a file repeats none, each is a group alone; else 0 */
	bool only_repeats;             /* the rule finds nothing in such a file */
};
