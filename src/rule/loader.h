/* What reads maps of YAML by their shapes: packs, and for others the configuration and files of handlers. */
#ifndef ARILINT_RULE_LOADER_H
#define ARILINT_RULE_LOADER_H

#include "base/buffer.h"
#include "rule/catalogue.h"
#include "rule/load.h"
#include "rule/shape.h"

struct loader {
	struct diagnostics *diagnostics;
	struct arena *arena;
	struct source *source;
	const struct pack *pack;       /* that names are looked up in */
	const struct pack_list *packs; /* what `use` may name; of a file of cases, all that its tests may speak of */
	bool cases;                    /* what is read is a file of cases */
	struct catalogue *catalogues;  /* of each language; NULL: messages are in one, or in a map of languages */
	struct buffer path; /* where in the pack the loader is, as catalogues name texts: "rules.no-general.message" */
	struct text fault_rule;  /* the id that faults go under; empty: arilint/pack */
	const struct look *look; /* what the rule that is being loaded looks at; NULL outside of a rule */
	bool look_failed;        /* what it looks at can't be told: names in it are not judged */
	size_t faults;
};

/* Adds a fault at a node; `help` may be empty. */
void loader_fault(struct loader *loader, const struct node *node, struct text help, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The same at some bytes of a text node. */
void loader_fault_within(struct loader *loader, const struct node *node, struct text part, struct text help,
                         const char *format, ...) __attribute__((format(printf, 5, 6)));

/* "did you mean 'x'?" for the nearest of the names, or the list of all names when none is near. */
struct text loader_suggest(struct loader *loader, struct text wrong, const struct text_list *names);

/* Reads what is of a shape. */
void load_shape(struct loader *loader, const struct node *node, const struct shape *shape, void *object);

/* Reads a map by its shape, in the order of the shape's members; says what is unknown, twice there or missing. */
void load_members(struct loader *loader, const struct node *node, const struct shape *shape, void *object);

/* These say so and return false when the node is something else. */
bool load_text(struct loader *loader, const struct node *node, struct text *text);
bool load_texts(struct loader *loader, const struct node *node, struct text_list *texts); /* a list, or one text */
bool load_map(struct loader *loader, const struct node *node, const char *what);
bool load_list(struct loader *loader, const struct node *node, const char *what);

/* A name as packs may define them: [a-z][a-z0-9_-]*. */
bool load_name(struct loader *loader, const struct node *node, struct text *name);

/* Cuts the next part off a text with names in braces: with `*named` the name between two, else plain text (`{{` and
 * `}}` are braces). There must be some left. False after a fault. */
bool load_braced_part(struct loader *loader, const struct node *node, struct text *rest, struct text *part,
                      bool *named);

const struct reference *load_reference(struct loader *loader, const struct node *node);
const struct template *load_template(struct loader *loader, const struct node *node);
const struct condition *load_condition(struct loader *loader, const struct node *node);
const struct look *load_look(struct loader *loader, const struct node *node);

/* Names of what the pack, or another table, has: NULL (or false) with a fault when there is none. */
const struct role *load_role_name(struct loader *loader, const struct node *node);
const struct target *load_target_name(struct loader *loader, const struct node *node);
const struct list *load_list_name(struct loader *loader, const struct node *node, struct text name);
bool load_handler_name(struct loader *loader, const struct node *node, struct text *name);
void load_reader_names(struct loader *loader, const struct node *node, const struct reader **into, size_t *count);
bool load_effect(struct loader *loader, const struct node *node, struct text *effect);

/* A text in all languages: a text and what the catalogues say in its place, or a map of languages. Each is given to
 * `load` with its language's number. */
void load_in_languages(struct loader *loader, const struct node *node, void *object,
                       void (*load)(struct loader *loader, const struct node *node, enum language language,
                                    void *object));

/* --- types of members; each stands for a row's `type` --- */

extern const struct member_type member_format; /* `arilint: 1` */
extern const struct member_type member_text, member_texts;
extern const struct member_type member_truth;
extern const struct member_type member_number; /* a whole number from `least` to `most`; int64_t */
extern const struct member_type member_name;
extern const struct member_type member_id;        /* the name of a rule or symptom; kept as PACK/NAME */
extern const struct member_type member_word;      /* one of `words`; an enum or bool */
extern const struct member_type member_word_text; /* the same, kept as it is written */
extern const struct member_type member_effect, member_effects, member_effect_or_none;
extern const struct member_type member_role_name; /* the name of one of the pack's roles */
extern const struct member_type member_handler_name;
extern const struct member_type member_readers; /* struct reader *[ROLE_MOST_READERS], then size_t */
extern const struct member_type member_template, member_reference, member_condition, member_look; /* pointers */
extern const struct member_type member_role, member_text_set;                                     /* pointers, too */
extern const struct member_type member_message;                                                   /* struct message */
extern const struct member_type member_words;        /* struct words: a message without references */
extern const struct member_type member_same;         /* a map whose members lie in the same struct */
extern const struct member_type member_pointer;      /* a map, in memory of its own */
extern const struct member_type member_array;        /* a list of maps */
extern const struct member_type member_array_or_one; /* the same, or one map */
extern const struct member_type member_pointers;     /* a map from names to maps; the name becomes the first member */

/* What only the loader finds out; no type reads it. */
extern const struct member_type found_text, found_texts, found_number, found_struct, found_pointer, found_array,
	found_pointers, found_registered, found_registered_ended;

/* Shapes that more than one file speaks of. */
extern const struct shape shape_pack, shape_catalogue, shape_cases, shape_handler, shape_role, shape_target, shape_list,
	shape_setting, shape_look, shape_rule, shape_fix, shape_test, shape_symptom, shape_verification;
/* Of what is written as one text, or in a form of its own: only the loader makes them. */
extern const struct shape shape_reference, shape_template, shape_condition, shape_message, shape_words, shape_text_set,
	shape_reader, shape_file_place, shape_use_of_filter, shape_prefilter;

extern const struct word severity_words[];

#endif
