/* The parts of the pack format that no other table holds: maps with their members, and what stands in them. */
#ifndef ARILINT_COMMAND_SCHEMA_SHAPES_H
#define ARILINT_COMMAND_SCHEMA_SHAPES_H

#include <stdbool.h>

/* How a property holds what its type names. */
enum holding {
	ONE,
	ONE_OR_LIST,
	LIST,
	MAP,         /* under names of the pack's own */
	MAP_OF_FILES /* under names of files */
};

struct property {
	const char *name;
	enum holding holding;
	const char *type;        /* a shape, or a definition */
	bool required;
	const char *description;
};

/* A map with known members. */
struct shape {
	const char *name;
	const char *description;
	const struct property *properties; /* ends with a NULL name */
	const char *more;                  /* further JSON, with ' for "; may be NULL */
};

/* Anything else: its JSON, with ' for ". */
struct definition {
	const char *name;
	const char *json;
};

/* The first shape is a whole pack; both end with a NULL name. */
extern const struct shape schema_shapes[];
extern const struct definition schema_definitions[];

#endif
