#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "base/exhaustion.h"

enum { FIRST_CHUNK = 256 * 1024, LARGEST_CHUNK = 32 * 1024 * 1024 };

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;          /* of its memory */
	max_align_t memory[];
};

static void add_chunk(struct arena *arena, size_t wanted) {
	size_t size = arena->chunk ? arena->chunk->size * 2 : FIRST_CHUNK;
	if (size > LARGEST_CHUNK)
		size = LARGEST_CHUNK;
	if (size < wanted)
		size = wanted;
	if (size > SIZE_MAX / 2)
		exhaustion_end();
	/* From the kernel, zeroed page by page as it is touched: what calloc() gives again it must clear itself. */
	struct arena_chunk *chunk =
		mmap(NULL, sizeof(*chunk) + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (chunk == MAP_FAILED)
		exhaustion_end();
	chunk->older = arena->chunk;
	chunk->size = size;
	arena->chunk = chunk;
	arena->used = 0;
}

static void drop_chunk(struct arena *arena) {
	struct arena_chunk *chunk = arena->chunk;
	arena->chunk = chunk->older;
	munmap(chunk, sizeof(*chunk) + chunk->size);
}

/* The room that `size` bytes take. */
static size_t aligned(size_t size) {
	size_t alignment = alignof(max_align_t);
	if (size > SIZE_MAX / 4)
		exhaustion_end();
	return (size + alignment - 1) / alignment * alignment;
}

void *arena_allocate(struct arena *arena, size_t size) {
	size = aligned(size);
	if (!arena->chunk || arena->chunk->size - arena->used < size)
		add_chunk(arena, size);
	void *memory = (char *)arena->chunk->memory + arena->used;
	arena->used += size;
	arena->total += size;
	return memory;
}

void *arena_allocate_array(struct arena *arena, size_t count, size_t size) {
	if (size && count > SIZE_MAX / 4 / size)
		exhaustion_end();
	return arena_allocate(arena, count * size);
}

bool arena_extend(struct arena *arena, const void *memory, size_t size, size_t wanted) {
	size_t before = aligned(size), after = aligned(wanted);
	if (!size || !arena->chunk || before > arena->used || after - before > arena->chunk->size - arena->used ||
	    memory != (const char *)arena->chunk->memory + arena->used - before)
		return false;
	arena->used += after - before;
	arena->total += after - before;
	return true;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
	/* Most lists stay short: a first array of large elements would mostly be waste. */
	size_t first = size > 64 ? 1 : size > 16 ? 4 : 8;
	size_t wanted = *capacity ? *capacity * 2 : first;
	/* The array is in memory, so twice its size is no overflow. */
	if (!arena_extend(arena, items, *capacity * size, wanted * size)) {
		void *moved = arena_allocate_array(arena, wanted, size);
		if (count)
			memcpy(moved, items, count * size);
		items = moved;
	}
	*capacity = wanted;
	return items;
}

enum { WORTH_A_CALL = 64 * 1024, PAGE = 4096 };

/* Zeroes memory; of much of it the pages are given back. */
static void clear(char *memory, size_t size) {
	size_t head = (PAGE - (uintptr_t)memory % PAGE) % PAGE, pages = size < WORTH_A_CALL ? 0 : (size - head) / PAGE * PAGE;
	if (!pages || madvise(memory + head, pages, MADV_DONTNEED) < 0) {
		memset(memory, 0, size);
		return;
	}
	memset(memory, 0, head);
	memset(memory + head + pages, 0, size - head - pages);
}

void arena_discard(void *memory, size_t size) {
	if (size >= WORTH_A_CALL)
		clear(memory, size);
}

void arena_reserve(struct arena *arena, size_t size) {
	size_t total = arena->total;
	arena_allocate(arena, size);
	arena->used -= arena->total - total;
	arena->total = total;
}

void arena_take_back(struct arena *arena, struct arena_mark mark) {
	/* The first chunk stays although the mark is older than it: it would be needed again at once. */
	while (arena->chunk && arena->chunk != mark.chunk && arena->chunk->older) {
		drop_chunk(arena);
		arena->used = arena->chunk->size;
	}
	size_t used = arena->chunk == mark.chunk ? mark.used : 0;
	if (arena->used > used)
		clear((char *)arena->chunk->memory + used, arena->used - used);
	arena->used = used;
}

void arena_renew(struct arena *arena) {
	size_t held = arena->total;
	bool whole = arena->chunk && !arena->chunk->older;
	if (whole)
		memset(arena->chunk->memory, 0, arena->used);
	else
		arena_release(arena);
	if (!whole && held)
		add_chunk(arena, held);
	arena->used = arena->total = 0;
}

void arena_release(struct arena *arena) {
	while (arena->chunk)
		drop_chunk(arena);
	arena->used = 0;
	arena->total = 0;
}
