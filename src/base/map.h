/* A hash table from texts to pointers, in an arena; keys are kept by view, not copied. Zero-initialise to use. */
#pragma once

#include "base/text.h"

/* A map may have a key for each statement of a file: a slot is kept small. */
struct map_slot {
	const char *key;
	uint32_t length, hash; /* of the key; no text of 4 GiB is ever one */
	void *value;           /* NULL marks a free slot */
};

struct map {
	struct map_slot *slots;
	size_t count;
	size_t capacity; /* 0 or a power of two */
};

/* Makes room for so many keys, as a map that grows leaves older tables behind; for an empty map. */
void map_reserve(struct arena *arena, struct map *map, size_t count);

/* The value stored under `key`, or NULL. */
void *map_get(const struct map *map, struct text key);

/* The same, and stores another value (not NULL) in its place, where there is one. */
void *map_exchange(const struct map *map, struct text key, void *value);

/* Stores `value` (not NULL) unless the key is there already; returns the value that is stored now. */
void *map_put(struct arena *arena, struct map *map, struct text key, void *value);

/* The memory that is stored under `key`; when there is none, `size` zeroed bytes, and the key is copied. */
void *map_place(struct arena *arena, struct map *map, struct text key, size_t size);
