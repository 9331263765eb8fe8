/* Bytes found and compared in blocks of 16: musl looks at one or eight at a time, and lines, names and values are most of
 * what arilint does. Only the release build compiles this file; other processors than x86-64 keep musl's own. */
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
#endif
