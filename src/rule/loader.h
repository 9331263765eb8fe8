/* What reads maps of YAML by their shapes: packs, and for others the configuration and files of handlers. */
#pragma once

#include "base/buffer.h"
#include "diagnostic/diagnostic.h"
#include "rule/pack.h"
#include "rule/shape.h"
#include "yaml/node.h"

struct catalogue;

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
	const struct selector *selector; /* what the rule that is being loaded looks at; NULL outside of a rule */
	bool selector_failed;        /* what it looks at can't be told: names in it are not judged */
	size_t faults;
};

/* Reads the file that is to be loaded: `what` is "the rule pack". False with a fault where it cannot be read. */
bool loader_read(struct loader *loader, struct text path, const char *what);

/* Says why a file is not even opened. */
void loader_refuse(struct loader *loader, struct text path, struct text sentence);

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
bool load_text_set(struct loader *loader, const struct node *node, const struct text_set **set); /* likewise */
bool load_truth(struct loader *loader, const struct node *node, bool *truth);
bool load_map(struct loader *loader, const struct node *node, const char *what);
bool load_list(struct loader *loader, const struct node *node, const char *what);

/* A name as packs may define them: [a-z][a-z0-9_-]*. */
bool load_name(struct loader *loader, const struct node *node, struct text *name);

/* Where a member lies in the object. */
static inline void *member_at(const struct member *member, void *object) { return (char *)object + member->offset; }

/* A function that keeps in the member's place what the loader makes of the node. */
#define READ(name, statement)                                                                                             \
	static void name(struct loader *loader, const struct node *node, const struct member *member, void *object)       \
	{                                                                                                                 \
		void *field = member_at(member, object);                                                                         \
		statement;                                                                                                \
	}

/* Types of members that are maps. */
extern const struct member_type member_same;         /* a map whose members lie in the same struct */
extern const struct member_type member_pointer;      /* a map, in memory of its own */
extern const struct member_type member_array;        /* a list of maps */
extern const struct member_type member_array_or_one; /* the same, or one map */
extern const struct member_type member_pointers;     /* a map from names to maps; the name becomes the first member */
