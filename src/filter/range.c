/* A filter that looks for an address among the ranges that a section names. */
#include <arpa/inet.h>

#include "filter/filter.h"

/* An address or a mask, as bytes in the order of the network. */
struct address {
	int family; /* 0: it is none */
	size_t length;
	unsigned char bytes[16];
};

enum covers { COVERS_NO, COVERS_YES, COVERS_CONTRARY };

static struct address address_of(struct arena *arena, struct text text) {
	struct address address = {0};
	const char *string = text_string(arena, text);
	if (inet_pton(AF_INET, string, address.bytes) == 1)
		address.family = AF_INET;
	else if (inet_pton(AF_INET6, string, address.bytes) == 1)
		address.family = AF_INET6;
	address.length = address.family == AF_INET ? 4 : 16;
	return address;
}

/* `24` or `255.255.255.0`; all bits where nothing is written. */
static struct address mask_of(struct arena *arena, struct text text, const struct address *base) {
	struct address mask = {.family = base->family, .length = base->length};
	int64_t bits = (int64_t)base->length * 8;
	if (text_find_byte(text, '.') != TEXT_NOT_FOUND || text_find_byte(text, ':') != TEXT_NOT_FOUND)
		return address_of(arena, text);
	if (text.length && (!text_to_integer(text, &bits) || bits < 0 || bits > (int64_t)base->length * 8))
		mask.family = 0;
	for (size_t i = 0; i < mask.length; i++)
		for (int bit = 0; bit < 8; bit++)
			mask.bytes[i] |= (int64_t)i * 8 + bit < bits ? 0x80 >> bit : 0;
	return mask;
}

/* `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `10.1.2.3`. */
static bool range_covers(struct arena *arena, struct text range, const struct address *address) {
	struct text base_text = text_trim(text_cut(&range, '/'), " \t");
	struct address base = address_of(arena, base_text);
	struct address mask = mask_of(arena, text_trim(range, " \t"), &base);
	if (!base.family || mask.family != base.family || base.family != address->family) return false;
	for (size_t i = 0; i < base.length; i++)
		if ((base.bytes[i] ^ address->bytes[i]) & mask.bytes[i]) return false;
	return true;
}

/* A list of ranges that commas part. One with `!` before it says the contrary of its key. */
static enum covers ranges_cover(struct arena *arena, struct text ranges, const struct address *address) {
	enum covers covers = COVERS_NO;
	while (ranges.length) {
		struct text range = text_trim(text_cut(&ranges, ','), " \t");
		bool contrary = text_starts_with(range, TEXT("!"));
		if (range_covers(arena, text_from(range, contrary), address))
			covers = contrary ? COVERS_CONTRARY : COVERS_YES;
	}
	return covers;
}

static struct value key_of(struct value section, const struct variable *variable) {
	struct value key = value_of_variable(section.file, section.section, variable);
	key.text = variable->name;
	key.at = AT_KEY;
	key.tie = TIE_STATEMENT;
	return key;
}

static bool is_of_group(const struct file *file, uint32_t number, const struct section *section) {
	return file->group_of[number] && file->group_of[number]->first == section;
}

/* Behind a contrary it can't be told by a key's name who is meant. */
static struct value last_range_over(struct arena *arena, struct value value, const struct argument *argument) {
	struct value last = value_absent(value.file, value.section);
	const struct file *file = value.file;
	if (!file || !value.section || argument->value->state != VALUE_PRESENT) return last;
	struct address address = address_of(arena, argument->value->text);
	for (uint32_t i = 0; address.family && i < file->view->sections.count; i++) {
		const struct variable_list *variables = &file->view->sections.items[i]->variables;
		for (size_t j = 0; is_of_group(file, i, value.section) && j < variables->count; j++) {
			enum covers covers = ranges_cover(arena, variables->items[j].value, &address);
			if (covers == COVERS_YES)
				last = key_of(value, &variables->items[j]);
			else if (covers == COVERS_CONTRARY)
				last = value_absent(value.file, value.section);
		}
	}
	return last;
}

const struct filter filter_last_range_over = {"last_range_over", ARGUMENT_REFERENCE,
	"of a section: its last key whose value is a range of addresses (`10.0.0.0/8`, commas between several) that holds the other value, an address; absent without one",
	last_range_over};
