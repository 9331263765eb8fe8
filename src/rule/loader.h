/* What reads maps of YAML: for the loader's own files and for the configuration. */
#ifndef ARILINT_RULE_LOADER_H
#define ARILINT_RULE_LOADER_H

#include "rule/load.h"

struct loader {
	struct diagnostics *diagnostics;
	struct arena *arena;
	struct source *source;
	struct pack *pack;
	const struct pack_list *packs; /* of a file of cases: all that its tests may speak of; else NULL */
	struct text language;
	struct text fault_rule;  /* the id that faults go under; empty: arilint/pack */
	const struct look *look; /* what the rule that is being loaded looks at; NULL outside of a rule */
	bool look_failed;        /* what it looks at can't be told: names in it are not judged */
	size_t faults;
};

/* One key that a map of the pack may have, and what reads its value into `object`. */
struct member {
	const char *name;
	bool required;
	void (*load)(struct loader *loader, const struct node *node, void *object);
};

/* Adds a fault at a node; `help` may be empty. */
void loader_fault(struct loader *loader, const struct node *node, struct text help, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The same at some bytes of a text node. */
void loader_fault_within(struct loader *loader, const struct node *node, struct text part, struct text help,
                         const char *format, ...) __attribute__((format(printf, 5, 6)));

/* "did you mean 'x'?" for the nearest of the names, or the list of all names when none is near. */
struct text loader_suggest(struct loader *loader, struct text wrong, const struct text_list *names);

/* Reads a map by its table of members, which ends with a NULL name; says what is unknown, twice there or missing.
 * `what` names the thing: "a rule". */
void load_members(struct loader *loader, const struct node *node, const struct member *members, const char *what,
                  void *object);

/* The same of a map that is known to be right: passes over what is not in the table. */
void load_some_members(struct loader *loader, const struct node *node, const struct member *members, void *object);

/* These say so and return false when the node is something else. */
bool load_text(struct loader *loader, const struct node *node, struct text *text);
bool load_truth(struct loader *loader, const struct node *node, bool *truth);
bool load_texts(struct loader *loader, const struct node *node, struct text_list *texts); /* a list, or one text */
bool load_map(struct loader *loader, const struct node *node, const char *what);
bool load_list(struct loader *loader, const struct node *node, const char *what);

void load_format(struct loader *loader, const struct node *node, void *object); /* `arilint: 1`; no object */

/* Cuts the next part off a text with names in braces: with `*named` the name between two, else plain text (`{{` and `}}` are
 * braces). There must be some left. False after a fault. */
bool load_braced_part(struct loader *loader, const struct node *node, struct text *rest, struct text *part, bool *named);

/* A name as packs may define them: [a-z][a-z0-9_-]*. */
bool load_name(struct loader *loader, const struct node *node, struct text *name);

const struct reference *load_reference(struct loader *loader, const struct node *node);
const struct template *load_template(struct loader *loader, const struct node *node);
const struct template *load_message(struct loader *loader, const struct node *node); /* a text, or a map of languages */
const struct condition *load_condition(struct loader *loader, const struct node *node);
const struct look *load_look(struct loader *loader, const struct node *node);
void load_languages(struct loader *loader, const struct node *node); /* whether a map is one of languages */
void load_severity(struct loader *loader, const struct node *node, enum severity *severity);
void load_effect(struct loader *loader, const struct node *node, struct text *effect);
void load_effect_or_none(struct loader *loader, const struct node *node, struct text *effect); /* none: the empty text */
void load_tests(struct loader *loader, const struct node *node, void *object); /* object: the rule; rule/test.h */
void load_fixes(struct loader *loader, const struct node *node, void *object); /* a fix or a list; object: the rule */
const struct list *load_list_name(struct loader *loader, const struct node *node, struct text name);
const struct target *load_target_name(struct loader *loader, const struct node *node);
const struct role *load_role_name(struct loader *loader, const struct node *node);
bool load_handler_name(struct loader *loader, const struct node *node, struct text *name);

/* Names of readers: a list, or one text. `into` has room for ROLE_MOST_READERS. */
void load_reader_names(struct loader *loader, const struct node *node, const struct reader **into, size_t *count);

/* The pack's own names: `handlers`, `roles`, `targets`, `placeholders`, `settings`, `lists`, in this order. */
void load_names(struct loader *loader, const struct node *tree);
void load_verify(struct loader *loader, const struct node *tree);
void load_rules(struct loader *loader, const struct node *rules);
void load_symptoms(struct loader *loader, const struct node *node); /* after the rules: they are named there */

#endif
