/* Filters about parts of values: what stands behind a text, how it is spelled within a URL, and the whole with another part. */
#include "base/buffer.h"
#include "filter/filter.h"

static struct value after(struct arena *arena, struct value value, const struct argument *argument) {
	size_t at = text_find(value.text, argument->text);
	return at == TEXT_NOT_FOUND ? value_absent(value.file, value.section)
	                            : value_with_text(value, text_from(value.text, at + argument->text.length));
}

static struct value secret(struct arena *arena, struct value value, const struct argument *argument) {
	value.secret = true;
	return value;
}

static struct value as(struct arena *arena, struct value value, const struct argument *argument) {
	return value_with_fact(value, argument->text);
}

static struct value key(struct arena *arena, struct value value, const struct argument *argument) {
	const struct entry *entry = value_entry(value);
	value.secret = false;
	return entry ? value_with_fact(value, value.variable->name) : value_absent(value.file, value.section);
}

/* Only bytes of the value itself are a part of it: not what a filter has put together or spelled otherwise. */
static struct value replaced_by(struct arena *arena, struct value value, const struct argument *argument) {
	const struct variable *variable = value_variable(value);
	struct text whole = variable ? variable->value : TEXT(""), part = value.text;
	if (argument->value->state != VALUE_PRESENT || !variable || part.bytes < whole.bytes ||
	    part.bytes + part.length > whole.bytes + whole.length)
		return value_absent(value.file, value.section);
	size_t start = (size_t)(part.bytes - whole.bytes);
	/* Where it is a part of a URL, others may be a password. */
	value.secret = value.secret || (part.length < whole.length && (text_has_byte(whole, '@') || text_has_byte(whole, '?')));
	struct text before = text_slice(whole, 0, start), behind = text_from(whole, start + part.length);
	return value_with_text(value, text_format(arena, "%.*s%.*s%.*s", TEXT_ARGUMENTS(before),
	                                          TEXT_ARGUMENTS(argument->value->text), TEXT_ARGUMENTS(behind)));
}

/* --- percent-encoding (RFC 3986, section 2.1) --- */

static int digit(char byte) {
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	char letter = (char)(byte | 0x20);
	return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static struct text decode(struct arena *arena, struct text text, bool plus_is_blank) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < text.length; i++) {
		bool code = text.bytes[i] == '%' && i + 2 < text.length && digit(text.bytes[i + 1]) >= 0 && digit(text.bytes[i + 2]) >= 0;
		buffer_add_byte(&out, code ? (char)(digit(text.bytes[i + 1]) * 16 + digit(text.bytes[i + 2]))
		                      : plus_is_blank && text.bytes[i] == '+' ? ' '
		                                                              : text.bytes[i]);
		i += code ? 2 : 0;
	}
	return buffer_text(&out);
}

/* Most texts are spelled as they are. */
static struct value percent_decoded(struct arena *arena, struct value value, const struct argument *argument) {
	return text_has_byte(value.text, '%') ? value_with_text(value, decode(arena, value.text, false)) : value;
}

static struct value query_decoded(struct arena *arena, struct value value, const struct argument *argument) {
	bool encoded = text_has_byte(value.text, '%') || text_has_byte(value.text, '+');
	return encoded ? value_with_text(value, decode(arena, value.text, true)) : value;
}

static struct value percent_encoded(struct arena *arena, struct value value, const struct argument *argument) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < value.text.length; i++) {
		char byte = value.text.bytes[i];
		if ((unsigned char)byte < 0x80 && (text_is_word_byte(byte) || byte == '-' || byte == '.' || byte == '~'))
			buffer_add_byte(&out, byte);
		else
			buffer_format(&out, "%%%02X", (unsigned)(unsigned char)byte);
	}
	return value_with_text(value, buffer_text(&out));
}

const struct filter filter_after = {"after", ARGUMENT_TEXT, "what stands behind the argument; absent where that is not in it", after};
const struct filter filter_secret = {"secret", ARGUMENT_NONE, "itself, never shown", secret};
const struct filter filter_as = {"as", ARGUMENT_TEXT, "the argument, in the place of any value", as};
const struct filter filter_key = {"key", ARGUMENT_NONE, "the name of the key whose value it is, or is a part of", key};
const struct filter filter_replaced_by = {"replaced_by", ARGUMENT_REFERENCE,
	"the whole value that it is a part of, with the other value in its place; absent where it is none", replaced_by};
const struct filter filter_percent_decoded = {"percent_decoded", ARGUMENT_NONE, "with `%41` as A", percent_decoded};
const struct filter filter_percent_encoded = {
	"percent_encoded", ARGUMENT_NONE, "as it is spelled within a URL", percent_encoded};
const struct filter filter_query_decoded = {
	"query_decoded", ARGUMENT_NONE, "with `%41` as A and `+` as a blank, as servers read a URL's query", query_decoded};
