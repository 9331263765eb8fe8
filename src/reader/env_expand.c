#include "reader/env_expand.h"

enum { LARGEST_EXPANSION = 1024 * 1024 };

bool env_expand(struct env_scan *scan, struct buffer *out, struct text value, struct span place)
{
	if (scan->expanded > LARGEST_EXPANSION)
		return false;
	scan->expanded += value.length;
	if (scan->expanded > LARGEST_EXPANSION) {
		env_fault(scan, "expansion-too-large", place.start, place.end);
		return false;
	}
	buffer_add(out, value);
	return true;
}
