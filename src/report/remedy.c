#include "report/remedy.h"

#include "redact/redact.h"

static bool is_told(struct arena *arena, const struct edit *edit) {
	return !edit->secret && text_is_utf8(edit->replacement) &&
	       text_equal(redact_output(arena, redact_words(arena, edit->replacement)), edit->replacement);
}

bool remedy_is_told(struct arena *arena, const struct fix *fix) {
	if (!fix_is_possible(fix) || fix->safety == SAFETY_SUGGEST) return false;
	for (size_t i = 0; i < fix->edits.count; i++)
		if (!is_told(arena, &fix->edits.items[i])) return false;
	return fix->edits.count;
}
