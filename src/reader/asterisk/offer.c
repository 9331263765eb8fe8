/* Writing a value. */
#include "base/buffer.h"
#include "reader/asterisk/asterisk.h"

static bool has_form(struct text value) {
	for (size_t i = 0; i < value.length; i++)
		if (value.bytes[i] == '\n' || value.bytes[i] == '\r' || value.bytes[i] == '\0')
			return false;
	return !value.length ||
	       ((unsigned char)value.bytes[0] > 32 && (unsigned char)value.bytes[value.length - 1] > 32);
}

bool asterisk_offer(const struct reader *reader, struct arena *arena, struct text value, unsigned attempt, struct text *offer) {
	if (attempt > 0 || !has_form(value)) return false;
	struct buffer buffer = {.arena = arena};
	for (struct text rest = value; rest.length;) {
		bool cut = text_has_byte(rest, ';');
		buffer_add(&buffer, text_cut(&rest, ';'));
		if (cut)
			buffer_add_string(&buffer, "\\;");
	}
	*offer = buffer_text(&buffer);
	return true;
}
