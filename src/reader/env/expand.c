#include "reader/env/expand.h"

enum { LARGEST_EXPANSION = 1024 * 1024 };

bool env_can_expand(struct env_scan *scan, size_t length, struct span place)
{
	if (scan->expanded > LARGEST_EXPANSION)
		return false;
	scan->expanded += length;
	if (scan->expanded <= LARGEST_EXPANSION)
		return true;
	env_fault(scan, "expansion-too-large", place.start, place.end);
	return false;
}

void env_expand(struct env_scan *scan, struct buffer *out, struct text value, struct span place)
{
	if (env_can_expand(scan, value.length, place))
		buffer_add(out, value);
}
