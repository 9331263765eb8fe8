/* Objects of any shape as C: constants that are used where they lie. */
#pragma once

#include "base/buffer.h"
#include "base/map.h"
#include "rule/shape.h"

struct constants {
	struct arena *arena;
	struct buffer out; /* definitions, each behind those that it points to */
	struct map names;  /* an object's shape and address, or its shape and values -> its name in C: what is alike stands once */
	size_t count;
};

/* Adds the definition of an object, unless it is there, and of all that it points to; returns the name of the array in
 * which it stands alone. Ends the program when a struct holds something that its shape does not tell of. */
struct text constant_add(struct constants *constants, const struct shape *shape, const void *object);
