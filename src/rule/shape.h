/* What a map of YAML may hold, and the struct that it becomes: said once, in a table of members. The loader reads by it
 * (rule/loader.h), the JSON Schemas and the reference are held to it (command/schema.c), and the build prints packs as
 * constants by it (embed/). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loader;
struct node;
struct member;

/* How a member lies in its struct. */
enum memory {
	MEMORY_NONE,       /* nothing of it is kept */
	MEMORY_TEXT,       /* struct text */
	MEMORY_TEXTS,      /* struct text_list */
	MEMORY_NUMBER,     /* a truth, an enum or a whole number, of the member's size */
	MEMORY_STRUCT,     /* a struct of the shape `of` */
	MEMORY_SAME,       /* its members lie in the struct that it is a member of */
	MEMORY_POINTER,    /* to a struct of that shape, or NULL; several where the member is an array of pointers */
	MEMORY_ARRAY,      /* ARRAY_OF structs of that shape */
	MEMORY_POINTERS,   /* POINTERS_TO structs of that shape */
	MEMORY_REGISTERED, /* as MEMORY_POINTER, to a constant of the program that stands in a .def table */
	MEMORY_REGISTERED_ENDED /* to an array of such pointers, which ends with NULL; or NULL */
};

/* What may stand in a member. */
struct member_type {
	enum memory memory;
	void (*load)(struct loader *loader, const struct node *node, const struct member *member, void *object);
	const char *schema; /* the JSON Schema's definition of it, with ' for "; a name stands for a definition of that
	                     * name. NULL: told by `of` and `memory`, or by `words` */
};

/* One of a few words, and what it means in memory. */
struct word {
	const char *name;
	int value;
};

enum { OPTIONAL, NEEDED };

struct member {
	const char *field;   /* in the struct, ... */
	size_t offset, size; /* ... in bytes; the three are AT(struct, field) */
	const char *name;    /* in YAML; NULL: the loader finds it out */
	const struct member_type *type;
	int needed;
	const char *summary; /* one sentence */
	const struct shape *of;
	const struct word *words; /* of member_word; ends with a NULL name */
	int64_t least, most;      /* of member_number */
	size_t flag;              /* offset of a bool that says whether the member is there; 0: none */
};

#define AT(structure, field) #field, offsetof(struct structure, field), sizeof(((struct structure *)0)->field)

/* For members of which nothing is kept, or which lie in the struct itself. */
#define AT_WHOLE "", 0, 0

struct shape {
	const char *structure;        /* in C, without `struct`; the schema's definition is named so, too */
	size_t size;                  /* of the struct; 0: its members lie in another's. The two are STRUCT(structure) */
	const char *name;             /* in faults: "a rule" */
	const char *summary;
	const struct member *members; /* in the order in which they are read; ends with a NULL field */
	void (*load)(struct loader *loader, const struct node *node, void *object); /* NULL: load_members() does all */
	const char *schema; /* further JSON, with ' for "; may be NULL */
};

#define STRUCT(structure) #structure, sizeof(struct structure)

/* Types of what only the loader finds out. */
extern const struct member_type found_text, found_texts, found_number, found_struct, found_pointer, found_array,
	found_pointers, found_registered, found_registered_ended;
