#include "model/entry.h"

static bool is_blank_at(const struct source *source, uint32_t at) {
	return at < source->bytes.length && (source->bytes.bytes[at] == ' ' || source->bytes.bytes[at] == '\t');
}

struct span entry_separator(const struct entry *entry) {
	uint32_t end = entry->value.start > entry->operator.end ? entry->value.start : entry->operator.end;
	/* All blanks behind the operator stand before a value that is empty. */
	while (entry->value.end <= end && is_blank_at(entry->source, end))
		end++;
	return entry->operator.end == entry->operator.start ? (struct span){0, 0} : (struct span){entry->key.end, end};
}

struct span entry_comment(const struct entry *entry) {
	bool none = entry->comment.end == entry->comment.start || entry->comment.start < entry->value.end;
	return none ? (struct span){0, 0} : (struct span){entry->value.end, entry->comment.end};
}

struct span entry_quote(const struct entry *entry) {
	return entry->quote ? (struct span){entry->value.start, entry->value.start + 1} : (struct span){0, 0};
}
