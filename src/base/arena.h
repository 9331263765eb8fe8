/* Memory of one run: size in, zeroed memory out; nothing is freed before the run ends.
 * In: sizes, bytes, numbers, paths. Out: memory, texts, lists, maps, buffers, whole files. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

/* Zero-initialise to use: `struct arena arena = {0};`. */
struct arena {
	struct arena_chunk *chunk; /* the newest; older ones hang behind it */
	size_t used;               /* bytes of the newest chunk that are given away */
	size_t total;              /* bytes given away so far, of all chunks */
};

/* Returns `size` zeroed bytes aligned for any type. Never returns NULL: when the system has no memory left the
 * run ends (base/exhaustion.h). */
void *arena_allocate(struct arena *arena, size_t size);

/* The same for `count` elements of `size` bytes; a product that overflows ends the run as above. */
void *arena_allocate_array(struct arena *arena, size_t count, size_t size);

/* Gives an array of `*capacity` elements at least twice the room, where it stands or elsewhere, and returns it;
 * `*capacity` is updated. The old array stays valid until the arena is released. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

/* Gives the newest allocation, of `size` bytes, the room for `wanted` bytes (not fewer) where it stands; false when it is
 * not the newest, or its chunk has no room left: then nothing has changed. */
bool arena_extend(struct arena *arena, const void *memory, size_t size, size_t wanted);

/* Gives the pages of a large allocation back, which nobody uses any more: they read as zeros until the arena is released. */
void arena_discard(void *memory, size_t size);

/* Makes sure that the next `size` bytes can be had without asking the system, for a part that must not end midway. */
void arena_reserve(struct arena *arena, size_t size);

/* How far an arena is filled, to go back to. */
struct arena_mark {
	struct arena_chunk *chunk;
	size_t used;
};

static inline struct arena_mark arena_mark(const struct arena *arena) {
	return (struct arena_mark){arena->chunk, arena->used};
}

void arena_take_back(struct arena *arena, struct arena_mark mark);

/* Takes back all that was given away since the mark; the memory is zeroed for its next use. */
static inline void arena_rewind(struct arena *arena, struct arena_mark mark) {
	if (arena->chunk != mark.chunk || arena->used != mark.used)
		arena_take_back(arena, mark);
}

/* The same of all, for an arena that is filled much alike again and again: it keeps memory for as much as it held, in one piece. */
void arena_renew(struct arena *arena);

/* Gives all memory back; the arena is empty and usable again. */
void arena_release(struct arena *arena);

#define arena_new(arena, type) ((type *)arena_allocate((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_allocate_array((arena), (count), sizeof(type)))
