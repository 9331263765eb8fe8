/* Bytes copied, found and compared, at all places of blocks and for all lengths around their size. */
#include <string.h>

#include "test.h"

enum { ROOM = 4096, LONGEST = 80 };

/* Not so simple that the compiler knows what it does. */
static void copy_slowly(volatile char *to, const volatile char *from, size_t length) {
	char kept[ROOM];
	for (size_t i = 0; i < length; i++)
		kept[i] = from[i];
	for (size_t i = 0; i < length; i++)
		to[i] = kept[i];
}

static void fill(char *bytes, size_t size) {
	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)(i * 7 + i / 256);
}

static bool moves(size_t to, size_t from, size_t length) {
	static char bytes[ROOM], expected[ROOM];
	fill(bytes, sizeof(bytes));
	fill(expected, sizeof(expected));
	copy_slowly(expected + to, expected + from, length);
	bool apart = to + length <= from || from + length <= to;
	void *result = apart ? memcpy(bytes + to, bytes + from, length) : memmove(bytes + to, bytes + from, length);
	return result == bytes + to && !memcmp(bytes, expected, sizeof(bytes));
}

static bool finds(size_t start, size_t length) {
	char bytes[2 * LONGEST] = {0}, other[2 * LONGEST] = {0};
	for (size_t i = 0; i < length; i++) {
		bytes[start + i] = 'x';
		bool one = memchr(bytes + start, 'x', length) == bytes + start + i && memrchr(bytes + start, 'x', length) == bytes + start + i;
		bool none = !memchr(bytes + start, 'x', i) && !memrchr(bytes + start + i + 1, 'x', length - i - 1);
		bool differs = memcmp(bytes + start, other + start, length) > 0 && !memcmp(bytes + start, other + start, i);
		if (!one || !none || !differs) return false;
		bytes[start + i] = 0;
	}
	return true;
}

int main(void) {
	for (size_t length = 0; length <= LONGEST; length++) {
		bool moved = true, found = true;
		for (size_t to = 0; to < 40; to++)
			moved = moved && moves(to, 20, length) && moves(to, 200, length) && moves(200, to, length);
		for (size_t start = 0; start < 16; start++)
			found = found && finds(start, length);
		test_check(moved, "a copy", "other bytes");
		test_check(found, "a search", "another place");
	}
	test_check(moves(0, 2000, 1023) && moves(1, 2000, 1024) && moves(3, 2000, 1900), "a long copy", "other bytes");
	test_check(moves(0, 1, 3000) && moves(1, 0, 3000) && moves(17, 0, 3000), "a long move", "other bytes");
	return test_end();
}
