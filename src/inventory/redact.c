/* Whatever is not known to be harmless counts as secret in a role that holds secrets. */
#include "inventory/redact.h"

enum { MOST_KNOWN = 256 }; /* of more, the first: a file full of everyday values has no comments left otherwise */

struct marking {
	struct arena *arena;
	struct redaction known; /* secret values of all files, to be found in comments too */
	size_t known_count;
};

static struct span span_at(uint32_t start, size_t from, size_t to) {
	return (struct span){start + (uint32_t)from, start + (uint32_t)to};
}

/* What a URL may carry beside an address: `//user:password@`, and every query. */
static void mark_url(struct arena *arena, struct source *source, struct span span) {
	size_t query = text_find_byte(source_slice(source, span), '?');
	struct span address = span;
	if (query != TEXT_NOT_FOUND) {
		address.end = span.start + (uint32_t)query;
		redact_mark(arena, source, (struct span){address.end + 1, span.end});
	}
	redact_mark_address(arena, source, address);
}

static void mark_entry(struct marking *marking, const struct file *file, const struct entry *entry) {
	struct arena *arena = marking->arena;
	if (!file_hides(file, entry->name)) {
		mark_url(arena, entry->source, entry->value);
		return;
	}
	if (entry->value.end == entry->value.start) return;
	struct span inner = entry->value;
	/* Without its quotes, so that equal secrets look equal however they are written. */
	if (entry->quote && inner.end - inner.start > 1) {
		inner.start++;
		inner.end--;
	}
	redact_mark(arena, entry->source, inner);
	/* What a comment sign without a blank before it cuts off is most likely the rest of the secret. */
	if (entry->comment.start == entry->value.end)
		redact_mark(arena, entry->source, entry->comment);
	if (entry->content.length >= REDACT_SHORT && marking->known_count++ < MOST_KNOWN)
		redact_learn(&marking->known, entry->content);
}

/* A statement that is commented out: all behind its first `=`, unless its key is harmless; or "password: ...". */
static void mark_remark(struct arena *arena, struct source *source, const struct file *file, struct span span) {
	struct text text = source_slice(source, span);
	for (size_t sign = 0; sign < text.length; sign++) {
		if (text.bytes[sign] != '=' && text.bytes[sign] != ':') continue;
		size_t name_end = sign;
		while (name_end > 0 && (text.bytes[name_end - 1] == ' ' || text.bytes[name_end - 1] == '\t'))
			name_end--;
		size_t name = name_end;
		while (name > 0 && text_is_word_byte(text.bytes[name - 1]))
			name--;
		struct text word = text_slice(text, name, name_end);
		bool hidden = text.bytes[sign] == '=' ? file_hides(file, word) : redact_names_secret(word);
		if (hidden)
			redact_mark(arena, source, span_at(span.start, sign + 1, text.length));
		if (hidden || text.bytes[sign] == '=') return;
	}
}

/* A line that the reader can't make sense of may be a secret by itself: only its first word, before others, stays. */
static void mark_garbage(struct arena *arena, struct source *source, struct span span) {
	struct text text = source_slice(source, span);
	size_t word = 0;
	while (word < text.length && text_is_word_byte(text.bytes[word]))
		word++;
	if (word == text.length)
		word = 0;
	redact_mark(arena, source, span_at(span.start, word, text.length));
}

static void mark_tokens(struct marking *marking, struct source *source, const struct file *file,
                        const struct token_list *tokens) {
	struct arena *arena = marking->arena;
	for (size_t i = 0; i < tokens->count; i++) {
		struct token token = tokens->items[i];
		if (token.kind == TOKEN_GARBAGE)
			mark_garbage(arena, source, token.span);
		if (token.kind != TOKEN_COMMENT) continue;
		mark_remark(arena, source, file, token.span);
		redact_mark_known(arena, &marking->known, source, token.span);
	}
}

/* --- for the words of others --- */

static void learn(struct redaction *redaction, enum learning learning, struct text name, struct text value) {
	if (learning == LEARN_ALL || redact_names_secret(name) || !redact_is_everyday(value))
		redact_learn(redaction, value);
}

static void learn_file(struct redaction *redaction, enum learning learning, const struct file *file) {
	const struct view *view = file->view;
	for (size_t i = 0; i < view->entries.count; i++)
		if (file_hides(file, view->entries.items[i]->name))
			learn(redaction, learning, view->entries.items[i]->name, view->entries.items[i]->content);
	/* Joined and expanded, a value may be another than any that is written. */
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = 0; j < variables->count; j++)
			if (file_hides(file, variables->items[j].name))
				learn(redaction, learning, variables->items[j].name, variables->items[j].value);
	}
}

void lint_learn(const struct lint *lint, enum learning learning, struct redaction *redaction) {
	for (size_t i = 0; i < lint->files.count; i++)
		learn_file(redaction, learning, lint->files.items[i]);
	for (size_t i = 0; i < lint->sources.count; i++) {
		const struct source *source = lint->sources.items[i];
		for (size_t j = 0; j < source->secrets.count; j++)
			learn(redaction, learning, TEXT(""), source_slice(source, source->secrets.items[j]));
	}
}

/* --- the files --- */

void lint_redact(struct lint *lint) {
	struct arena scratch = {0};
	struct marking marking = {.arena = lint->arena, .known = {.arena = lint->arena, .scratch = &scratch}};
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		for (size_t j = 0; j < file->view->entries.count; j++)
			mark_entry(&marking, file, file->view->entries.items[j]);
	}
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		for (size_t j = 0; file_has_secrets(file) && j < file->view->sources.count; j++)
			mark_tokens(&marking, file->view->sources.items[j], file, file->view->tokens.items[j]);
	}
	for (size_t i = 0; i < lint->sources.count; i++)
		redact_settle(lint->sources.items[i]);
	arena_release(&scratch);
}
