#include "verify/veil.h"

#include "base/buffer.h"
#include "diagnostic/secret.h"

enum { LONGEST_SHOWN = 200, LONGEST_REFERENCE = 8 };

static void add_secret(struct arena *arena, struct text secret, struct text_list *secrets)
{
	if (secret.length)
		*list_add(arena, secrets) = secret;
}

void veil_make(struct arena *arena, struct text secret, struct text authorization, struct text_list *secrets)
{
	struct buffer base64 = {.arena = arena};
	buffer_add_base64(&base64, secret);
	add_secret(arena, secret, secrets);
	add_secret(arena, text_trim(authorization, "="), secrets);
	add_secret(arena, text_trim(buffer_text(&base64), "="), secrets);
}

/* --- one byte in its disguises: how many bytes of the text it takes, or 0 --- */

static int digit_of(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* Whether digits say the number; none do not. */
static bool says(struct text digits, int base, unsigned char number)
{
	int said = 0;
	for (size_t i = 0; i < digits.length && said < 256; i++) {
		int digit = digit_of(digits.bytes[i]);
		if (digit < 0 || digit >= base)
			return false;
		said = said * base + digit;
	}
	return digits.length && said == number;
}

/* %26, \u0026 */
static size_t as_code(struct text text, const char *start, size_t digits, unsigned char byte)
{
	struct text before = text_of(start);
	size_t length = before.length + digits;
	if (text.length < length || !text_starts_with(text, before))
		return 0;
	return says(text_slice(text, before.length, length), 16, byte) ? length : 0;
}

/* &amp; &#38; &#x26; */
static size_t as_reference(struct text text, unsigned char byte)
{
	static const char *const names[] = {['&'] = "amp", ['<'] = "lt", ['>'] = "gt", ['"'] = "quot", ['\''] = "apos"};
	size_t end = text_find_byte(text_slice(text, 0, LONGEST_REFERENCE), ';');
	if (text.bytes[0] != '&' || end == TEXT_NOT_FOUND)
		return 0;
	struct text name = text_slice(text, 1, end);
	bool named = byte < sizeof(names) / sizeof(names[0]) && names[byte] && text_is(name, names[byte]);
	bool hexadecimal = text_starts_with(name, TEXT("#x")) || text_starts_with(name, TEXT("#X"));
	bool numbered = text_starts_with(name, TEXT("#")) &&
	                says(text_from(name, hexadecimal ? 2 : 1), hexadecimal ? 16 : 10, byte);
	return named || numbered ? end + 1 : 0;
}

static size_t disguised_byte(struct text text, unsigned char byte)
{
	size_t length = as_code(text, "%", 2, byte);
	if (!length)
		length = as_code(text, "\\u", 4, byte);
	if (!length)
		length = as_reference(text, byte);
	if (!length && text.length > 1 && text.bytes[0] == '\\' && (unsigned char)text.bytes[1] == byte)
		length = 2;
	return length;
}

static size_t match_secret(struct text text, struct text secret)
{
	size_t at = 0;
	for (size_t i = 0; i < secret.length; i++) {
		struct text rest = text_from(text, at);
		unsigned char byte = (unsigned char)secret.bytes[i];
		if (!rest.length)
			return 0;
		size_t length = disguised_byte(rest, byte);
		if (!length && (unsigned char)rest.bytes[0] == byte)
			length = 1;
		if (!length)
			return 0;
		at += length;
	}
	return at;
}

struct text veil_apply(struct arena *arena, const struct text_list *secrets, struct text text)
{
	struct buffer out = {.arena = arena};
	while (text.length && out.length < LONGEST_SHOWN) {
		size_t longest = 0, length;
		struct text secret = TEXT("");
		for (size_t i = 0; i < secrets->count; i++)
			if ((length = match_secret(text, secrets->items[i])) > longest) {
				longest = length;
				secret = secrets->items[i];
			}
		if (longest)
			buffer_add(&out, secret_mask(arena, secret));
		else
			buffer_add_byte(&out, text.bytes[0]);
		text = text_from(text, longest ? longest : 1);
	}
	if (text.length)
		buffer_add_string(&out, "...");
	return buffer_text(&out);
}
