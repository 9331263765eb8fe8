#include "handler/mask.h"

#include <string.h>

#include "base/buffer.h"
#include "diagnostic/secret.h"

enum { MOST_SECRETS = 5000, SHORT = 4, LONGEST = 8192 };

static void add(struct mask *mask, struct text secret)
{
	secret = text_trim(secret, " \t\r\n");
	if (!secret.length || map_get(&mask->known, secret))
		return;
	if (mask->secrets.count == MOST_SECRETS) {
		mask->overrun = true;
		return;
	}
	map_put(mask->arena, &mask->known, secret, mask);
	*list_add(mask->arena, &mask->secrets) = secret;
	if (secret.length > mask->longest)
		mask->longest = secret.length;
}

static void add_view(struct mask *mask, const struct role *role, const struct view *view)
{
	for (size_t i = 0; i < view->entries.count; i++)
		if (role_hides(role, view->entries.items[i]->name))
			add(mask, view->entries.items[i]->content);
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = 0; j < variables->count; j++)
			if (role_hides(role, variables->items[j].name))
				add(mask, variables->items[j].value);
	}
}

void mask_add(struct mask *mask, const struct lint *lint)
{
	for (size_t i = 0; i < lint->files.count; i++)
		add_view(mask, lint->files.items[i]->role, lint->files.items[i]->view);
	for (size_t i = 0; i < lint->sources.count; i++) {
		const struct source *source = lint->sources.items[i];
		for (size_t j = 0; j < source->secrets.count; j++)
			add(mask, source_slice(source, source->secrets.items[j]));
	}
}

static bool is_word_byte(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_';
}

static bool stands_alone(struct text text, size_t start, size_t end)
{
	return (!start || !is_word_byte(text.bytes[start - 1])) && (end == text.length || !is_word_byte(text.bytes[end]));
}

/* Marks the bytes of a secret wherever it occurs. */
static void mark(struct text text, struct text secret, char *marks)
{
	const char *end = text.bytes + text.length;
	for (const char *at = text.bytes; (size_t)(end - at) >= secret.length;) {
		const char *hit = memmem(at, (size_t)(end - at), secret.bytes, secret.length);
		if (!hit)
			return;
		size_t start = (size_t)(hit - text.bytes);
		if (secret.length >= SHORT || stands_alone(text, start, start + secret.length))
			memset(marks + start, 1, secret.length);
		at = secret.length >= SHORT ? hit + secret.length : hit + 1;
	}
}

struct text mask_apply(const struct mask *mask, struct text text, bool cut)
{
	struct arena *arena = mask->arena;
	struct buffer out = {.arena = arena};
	size_t longest = mask->longest < LONGEST ? mask->longest : LONGEST;
	if (mask->overrun)
		return TEXT("(not shown: the files hold too many secrets to look for)");
	char *marks = arena_allocate(arena, text.length + 1);
	for (size_t i = 0; text.length && i < mask->secrets.count; i++)
		mark(text, mask->secrets.items[i], marks);
	size_t length = cut && text.length > longest ? text.length - longest : cut ? 0 : text.length;
	for (size_t i = 0; i < length;) {
		size_t end = i + 1;
		while (end < text.length && marks[end] == marks[i] && (marks[i] || end < length))
			end++;
		if (marks[i])
			buffer_add(&out, secret_mask(arena, text_slice(text, i, end)));
		else
			buffer_add(&out, text_slice(text, i, end));
		i = end;
	}
	return buffer_text(&out);
}
