/* Bytes found, compared and copied in blocks of 16: musl looks at one or eight at a time, and starts a loop of the processor's
 * for each copy, which is slow to begin; lines, names and values are most of what arilint does. Only the release build compiles this file; other processors than x86-64 keep musl's own. */
#ifdef __SSE2__
#include <emmintrin.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 16 };

/* The block that an address lies in: reading it whole never leaves the page. */
static const char *block_of(const char *at) { return at - ((uintptr_t)at % BLOCK); }

/* A bit for each byte of the block that is the wanted one. */
static unsigned find_in(const char *block, __m128i wanted) {
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_load_si128((const __m128i *)(const void *)block), wanted));
}

void *memchr(const void *memory, int byte, size_t length) {
	const __m128i wanted = _mm_set1_epi8((char)byte);
	const char *start = memory, *block = block_of(start);
	if (!length) return NULL;
	unsigned found = find_in(block, wanted) & ~0U << (start - block);
	while (!found) {
		block += BLOCK;
		if ((size_t)(block - start) >= length) return NULL;
		found = find_in(block, wanted);
	}
	block += __builtin_ctz(found);
	return (size_t)(block - start) < length ? (void *)(uintptr_t)block : NULL;
}

void *memrchr(const void *memory, int byte, size_t length) {
	const __m128i wanted = _mm_set1_epi8((char)byte);
	const char *start = memory;
	if (!length) return NULL;
	const char *last = start + length - 1, *block = block_of(last);
	unsigned found = find_in(block, wanted) & ((2U << (last - block)) - 1);
	while (!found) {
		if (block <= start) return NULL;
		block -= BLOCK;
		found = find_in(block, wanted);
	}
	block += 31 - __builtin_clz(found);
	return block >= start ? (void *)(uintptr_t)block : NULL;
}

int memcmp(const void *left, const void *right, size_t length) {
	const unsigned char *a = left, *b = right;
	for (; length >= BLOCK; a += BLOCK, b += BLOCK, length -= BLOCK) {
		__m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
		                              _mm_loadu_si128((const __m128i *)(const void *)b));
		if (_mm_movemask_epi8(same) != 0xffff) break;
	}
	while (length && *a == *b)
		a++, b++, length--;
	return length ? *a - *b : 0;
}

/* --- copies --- */

/* Or the compiler takes a loop that copies for memcpy(). */
#define COPIES __attribute__((optimize("no-tree-loop-distribute-patterns")))

static __m128i load(const char *at) { return _mm_loadu_si128((const __m128i *)(const void *)at); }

static void store(char *at, __m128i block) { _mm_storeu_si128((__m128i *)(void *)at, block); }

/* Fewer bytes than a block: the first and the last few, which may be the same ones, all read before any is written. */
static void copy_few(char *to, const char *from, size_t length) {
	uint64_t first, last;
	uint32_t start, end;
	if (length >= sizeof(first)) {
		__builtin_memcpy(&first, from, sizeof(first));
		__builtin_memcpy(&last, from + length - sizeof(last), sizeof(last));
		__builtin_memcpy(to, &first, sizeof(first));
		__builtin_memcpy(to + length - sizeof(last), &last, sizeof(last));
	} else if (length >= sizeof(start)) {
		__builtin_memcpy(&start, from, sizeof(start));
		__builtin_memcpy(&end, from + length - sizeof(end), sizeof(end));
		__builtin_memcpy(to, &start, sizeof(start));
		__builtin_memcpy(to + length - sizeof(end), &end, sizeof(end));
	} else if (length) {
		char head = from[0], middle = from[length / 2], tail = from[length - 1];
		to[0] = head;
		to[length / 2] = middle;
		to[length - 1] = tail;
	}
}

/* From the first byte on; `to` may lie within what is copied, but not behind its beginning. */
COPIES static void copy_forward(char *to, const char *from, size_t length) {
	__m128i last = load(from + length - BLOCK);
	char *end = to + length - BLOCK;
	for (; to < end; to += BLOCK, from += BLOCK)
		store(to, load(from));
	store(end, last);
}

COPIES static void copy_backward(char *to, const char *from, size_t length) {
	__m128i first = load(from);
	for (; length > BLOCK; length -= BLOCK)
		store(to + length - BLOCK, load(from + length - BLOCK));
	store(to, first);
}

/* Of many bytes the processor's own loop is the fastest. */
static void copy_many(void *to, const void *from, size_t length) { __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory"); }

enum { MANY = 1024 };

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
	if (length < BLOCK)
		copy_few(to, from, length);
	else if (length < MANY)
		copy_forward(to, from, length);
	else
		copy_many(to, from, length);
	return to;
}

void *memmove(void *to, const void *from, size_t length) {
	if (length < BLOCK)
		copy_few(to, from, length);
	else if ((uintptr_t)to - (uintptr_t)from >= length)
		copy_forward(to, from, length);
	else
		copy_backward(to, from, length);
	return to;
}
#endif
