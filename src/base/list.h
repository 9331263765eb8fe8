/* Growing arrays whose memory belongs to an arena. A list is any struct with the members `items`, `count` and
 * `capacity`; LIST_OF declares one. Zero-initialised lists are empty and ready. */
#pragma once

#include <stdlib.h>

#include "base/arena.h"

#define LIST_OF(type)            \
	{                        \
		type *items;     \
		size_t count;    \
		size_t capacity; \
	}

/* What no longer grows: declares a struct, as LIST_OF does. */
#define ARRAY_OF(type)             \
	{                          \
		const type *items; \
		size_t count;      \
	}

#define POINTERS_TO(type)                 \
	{                                 \
		const type *const *items; \
		size_t count;             \
	}

/* Makes room for one more element and gives its address; the element is zeroed memory. */
#define list_add(arena, list)                                                                                        \
	((list)->count < (list)->capacity                                                                            \
	         ? (void)0                                                                                           \
	         : (void)((list)->items = arena_grow((arena), (list)->items, (list)->count, &(list)->capacity,       \
	                                             sizeof(*(list)->items))),                                       \
	 &(list)->items[(list)->count++])

/* As qsort(), which takes no NULL for an empty array. */
#define list_sort(list, compare)                                                                                     \
	((list)->count ? qsort((list)->items, (list)->count, sizeof(*(list)->items), (compare)) : (void)0)
