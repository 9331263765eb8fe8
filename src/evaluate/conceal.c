/* Marks what may not be shown. Whatever is not known to be harmless counts as secret in a role that holds secrets. */
#include "diagnostic/secret.h"
#include "inventory/lint.h"

enum { SHORTEST_SOUGHT = 4, MOST_SOUGHT = 256, SHORTEST_UNNAMED = 8 };

struct concealment {
	struct lint *lint;
	struct text_list secrets; /* the secret values of all files, to be found in comments too */
};

static struct span span_at(uint32_t start, size_t from, size_t to)
{
	return (struct span){start + (uint32_t)from, start + (uint32_t)to};
}

/* What a URL may carry beside an address: `//user:password@`, and every query. */
static void mark_url(struct arena *arena, struct source *source, struct span span)
{
	struct text text = source_slice(source, span);
	size_t scheme = text_find(text, TEXT("://")), query = text_find_byte(text, '?');
	if (query != TEXT_NOT_FOUND)
		secret_mark(arena, source, span_at(span.start, query + 1, text.length));
	if (scheme == TEXT_NOT_FOUND)
		return;
	struct text rest = text_slice(text, scheme + 3, query);
	size_t user_end = text_find_last_byte(rest, '@');
	if (user_end != TEXT_NOT_FOUND)
		secret_mark(arena, source, span_at(span.start, scheme + 3, scheme + 3 + user_end));
}

static void mark_entry(struct concealment *concealment, const struct role *role, const struct entry *entry)
{
	struct arena *arena = concealment->lint->arena;
	if (!role_hides(role, entry->name)) {
		mark_url(arena, entry->source, entry->value);
		return;
	}
	if (entry->value.end == entry->value.start)
		return;
	struct span inner = entry->value;
	/* Without its quotes, so that equal secrets look equal however they are written. */
	if (entry->quote && inner.end - inner.start > 1) {
		inner.start++;
		inner.end--;
	}
	secret_mark(arena, entry->source, inner);
	/* What a comment sign without a blank before it cuts off is most likely the rest of the secret. */
	if (entry->comment.start == entry->value.end)
		secret_mark(arena, entry->source, entry->comment);
	if (entry->content.length >= SHORTEST_SOUGHT && concealment->secrets.count < MOST_SOUGHT)
		*list_add(arena, &concealment->secrets) = entry->content;
}

static bool is_name_byte(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* Whether a word before a `:` speaks of a secret; in prose, most do not. */
static bool names_secret(struct arena *arena, struct text word)
{
	static const char *const parts[] = {"pass", "secret", "token", "key", "pwd", "parol", NULL};
	struct text spelled = text_lower(arena, word);
	for (size_t i = 0; parts[i]; i++)
		if (text_find(spelled, text_of(parts[i])) != TEXT_NOT_FOUND)
			return true;
	return false;
}

/* A statement that is commented out: all behind its first `=`, unless its key is harmless; or "password: ...". */
static void mark_remark(struct arena *arena, struct source *source, const struct role *role, struct span span)
{
	struct text text = source_slice(source, span);
	for (size_t sign = 0; sign < text.length; sign++) {
		if (text.bytes[sign] != '=' && text.bytes[sign] != ':')
			continue;
		size_t name_end = sign;
		while (name_end > 0 && (text.bytes[name_end - 1] == ' ' || text.bytes[name_end - 1] == '\t'))
			name_end--;
		size_t name = name_end;
		while (name > 0 && is_name_byte(text.bytes[name - 1]))
			name--;
		struct text word = text_slice(text, name, name_end);
		bool hidden = text.bytes[sign] == '=' ? role_hides(role, word) : names_secret(arena, word);
		if (hidden)
			secret_mark(arena, source, span_at(span.start, sign + 1, text.length));
		if (hidden || text.bytes[sign] == '=')
			return;
	}
}

/* A line that the reader can't make sense of may be a secret by itself: only its first word, before others, stays. */
static void mark_garbage(struct arena *arena, struct source *source, struct span span)
{
	struct text text = source_slice(source, span);
	size_t word = 0;
	while (word < text.length && is_name_byte(text.bytes[word]))
		word++;
	if (word == text.length)
		word = 0;
	secret_mark(arena, source, span_at(span.start, word, text.length));
}

static void mark_known(struct concealment *concealment, struct source *source, struct span span)
{
	struct text text = source_slice(source, span);
	for (size_t i = 0; i < concealment->secrets.count; i++) {
		struct text secret = concealment->secrets.items[i];
		size_t from = 0, hit;
		while ((hit = text_find(text_from(text, from), secret)) != TEXT_NOT_FOUND) {
			secret_mark(concealment->lint->arena, source,
			            span_at(span.start, from + hit, from + hit + secret.length));
			from += hit + secret.length;
		}
	}
}

static void mark_tokens(struct concealment *concealment, struct source *source, const struct file *file)
{
	struct arena *arena = concealment->lint->arena;
	struct token_list tokens = {0};
	file->readers[0]->lex(arena, source->bytes, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		struct token token = tokens.items[i];
		if (token.kind == TOKEN_GARBAGE)
			mark_garbage(arena, source, token.span);
		if (token.kind != TOKEN_COMMENT)
			continue;
		mark_remark(arena, source, file->role, token.span);
		mark_known(concealment, source, token.span);
	}
}

/* Values of hidden keys that log lines are full of. */
static bool is_everyday(struct text value)
{
	static const char *const words[] = {"localhost", "production", "development", NULL};
	size_t digits = 0;
	for (size_t i = 0; words[i]; i++)
		if (text_is(value, words[i]))
			return true;
	while (digits < value.length && ((value.bytes[digits] >= '0' && value.bytes[digits] <= '9') || value.bytes[digits] == '.'))
		digits++;
	return value.length < SHORTEST_UNNAMED || digits == value.length;
}

static void add_secret(const struct lint *lint, const struct role *role, struct text name, struct text value,
                       struct text_list *secrets)
{
	if (value.length && role_hides(role, name) && (names_secret(lint->arena, name) || !is_everyday(value)))
		*list_add(lint->arena, secrets) = value;
}

void lint_secrets(const struct lint *lint, struct text_list *secrets)
{
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		const struct view *view = file->view;
		for (size_t j = 0; j < view->entries.count; j++)
			add_secret(lint, file->role, view->entries.items[j]->name, view->entries.items[j]->content, secrets);
		/* Joined and expanded, a value may be another than any that is written. */
		for (size_t j = 0; j < view->sections.count; j++)
			for (size_t k = 0; k < view->sections.items[j]->variables.count; k++) {
				const struct variable *variable = &view->sections.items[j]->variables.items[k];
				add_secret(lint, file->role, variable->name, variable->value, secrets);
			}
	}
}

void lint_conceal(struct lint *lint)
{
	struct concealment concealment = {.lint = lint};
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		for (size_t j = 0; j < file->view->entries.count; j++)
			mark_entry(&concealment, file->role, file->view->entries.items[j]);
	}
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		for (size_t j = 0; file->role->secret && j < file->view->sources.count; j++)
			mark_tokens(&concealment, file->view->sources.items[j], file);
	}
	for (size_t i = 0; i < lint->sources.count; i++)
		secret_settle(lint->sources.items[i]);
}
