/* Whatever is not known to be harmless counts as secret in a role that holds secrets, and what its name says is one in any. */
#include "inventory/redact.h"

/* One file while its secrets are marked. */
struct marking {
	struct arena *arena;
	const struct file *file;
	const struct role *role; /* the file's, or that of what it includes */
};

static struct span span_at(uint32_t start, size_t from, size_t to) {
	return (struct span){start + (uint32_t)from, start + (uint32_t)to};
}

/* Where a role hides nothing, what counts is the name; "key" names a file or a word as often. */
static bool is_hidden(const struct marking *marking, struct text name, struct text value) {
	bool own = marking->role == marking->file->role;
	if (own ? file_hides(marking->file, name) : role_hides(marking->role, name))
		return true;
	return !marking->role->secret && redact_names_secret(name) && !redact_is_everyday(value) && redact_is_distinct(value);
}

/* What a URL may carry beside an address: `//user:password@`, and every query. */
static void mark_url(struct arena *arena, struct source *source, struct span span) {
	size_t count = source->secrets.count;
	redact_mark_address(arena, source, span);
	uint32_t from = source->secrets.count > count ? source->secrets.items[count].end : span.start;
	size_t query = text_find_byte(source_slice(source, (struct span){from, span.end}), '?');
	if (query != TEXT_NOT_FOUND)
		redact_mark(arena, source, span_at(from, query + 1, span.end - from));
	for (size_t i = count; i < source->secrets.count; i++) {
		struct text secret = source_slice(source, source->secrets.items[i]);
		size_t colon = text_find_byte(secret, ':');
		redact_know(i == count && colon != TEXT_NOT_FOUND ? text_from(secret, colon + 1) : secret, i == count);
	}
}

static void know(struct text name, struct text value) {
	if (value.length >= REDACT_SHORT)
		redact_know(value, redact_names_secret(name));
}

static void mark_entry(const struct marking *marking, const struct entry *entry) {
	struct arena *arena = marking->arena;
	if (marking->role->secret && redact_is_rest(entry->source, entry->key)) {
		redact_mark(arena, entry->source, entry->key);
		redact_know(source_slice(entry->source, entry->key), true);
	}
	bool glued = entry->comment.end > entry->comment.start && entry->comment.start == entry->value.end;
	if (!is_hidden(marking, entry->name, entry->content)) {
		/* A comment sign may stand in a password, too. */
		mark_url(arena, entry->source, (struct span){entry->value.start, glued ? entry->comment.end : entry->value.end});
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
	know(entry->name, entry->content);
	if (!text_equal(source_slice(entry->source, inner), entry->content))
		know(entry->name, source_slice(entry->source, inner));
	/* What a comment sign without a blank before it cuts off is most likely the rest of the secret. */
	if (glued) {
		redact_mark(arena, entry->source, entry->comment);
		know(entry->name, text_trim(source_slice(entry->source, entry->comment), "#; \t\r\n"));
	}
}

/* Whether nothing but signs of a comment, or `export`, stands before a word. */
static bool begins_statement(struct text before) {
	before = text_trim(before, " \t#;-");
	return !before.length || text_is(before, "export") || text_is(before, "set");
}

/* What was in force may be so again, elsewhere. A remark may go on behind it. */
static void know_statement(struct text value) {
	struct text rest = value, word = text_cut(&rest, ' ');
	redact_know(value, false);
	if (redact_is_distinct(word))
		redact_know(word, false);
}

/* A statement that is commented out, or "password: ..." in a line of a remark: all behind the first such name, unless its key is
 * harmless. */
static void mark_statement(const struct marking *marking, struct source *source, struct span span) {
	struct text text = source_slice(source, span);
	for (size_t sign = 0; sign < text.length; sign++) {
		if (text.bytes[sign] != '=' && text.bytes[sign] != ':') continue;
		size_t name_end = sign;
		while (name_end > 0 && (text.bytes[name_end - 1] == ' ' || text.bytes[name_end - 1] == '\t'))
			name_end--;
		size_t name = name_end;
		while (name > 0 && text_is_word_byte(text.bytes[name - 1]))
			name--;
		struct text word = text_slice(text, name, name_end), value = text_trim(text_from(text, sign + 1), " \t\r\n>\"'");
		bool statement = text.bytes[sign] == '=' && word.length && begins_statement(text_slice(text, 0, name));
		if (redact_ends_in_name(word) ||
		    (statement && is_hidden(marking, word, value) && !redact_is_plain(word, value))) {
			redact_mark(marking->arena, source, span_at(span.start, sign + 1, text.length));
			know_statement(value);
			return;
		}
		if (statement) return;
	}
}

static void mark_statements(const struct marking *marking, struct source *source, struct span span) {
	struct text rest = source_slice(source, span);
	while (rest.length) {
		uint32_t start = span.end - (uint32_t)rest.length;
		struct text line = text_cut(&rest, '\n');
		mark_statement(marking, source, span_at(start, 0, line.length));
	}
}

/* A line that the reader can't make sense of may be a secret by itself: only its first word, before others, stays. */
static void mark_garbage(struct arena *arena, struct source *source, struct span span) {
	struct text text = source_slice(source, span);
	size_t word = 0;
	while (word < text.length && text_is_word_byte(text.bytes[word]))
		word++;
	if (word == text.length || redact_is_distinct(text_slice(text, 0, word)))
		word = 0;
	redact_mark(arena, source, span_at(span.start, word, text.length));
	redact_know(text_from(text, word), false);
}

static void mark_tokens(const struct marking *marking, struct source *source, const struct token_list *tokens) {
	struct arena *arena = marking->arena;
	for (size_t i = 0; i < tokens->count; i++) {
		struct token token = tokens->items[i];
		if (token.kind == TOKEN_GARBAGE && marking->role->secret)
			mark_garbage(arena, source, token.span);
		else if (token.kind == TOKEN_GARBAGE)
			redact_mark_shapes(arena, source, token.span);
		if (token.kind != TOKEN_COMMENT) continue;
		mark_statements(marking, source, token.span);
		redact_mark_shapes(arena, source, token.span);
		redact_mark_known(arena, redact_known(), source, token.span);
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

/* What a file includes may have a role of its own that hides more. */
static const struct role *role_of(struct lint *lint, const struct file *file, struct source *source) {
	const struct role *own = source == file->source || file->role->secret ? NULL : lint_role(lint->arena, lint->options, source->path);
	return own ? own : file->role;
}

static void mark_entries(struct lint *lint, const struct file *file) {
	struct marking marking = {.arena = lint->arena, .file = file};
	const struct source *last = NULL;
	for (size_t i = 0; i < file->view->entries.count; i++) {
		const struct entry *entry = file->view->entries.items[i];
		if (entry->source != last)
			marking.role = role_of(lint, file, entry->source);
		last = entry->source;
		mark_entry(&marking, entry);
	}
}

void lint_redact(struct lint *lint) {
	struct arena scratch = {0};
	redact_known()->scratch = &scratch;
	for (size_t i = 0; i < lint->sources.count; i++) {
		struct source *source = lint->sources.items[i];
		redact_mark_blocks(lint->arena, true, source, (struct span){0, (uint32_t)source->bytes.length});
	}
	for (size_t i = 0; i < lint->files.count; i++)
		mark_entries(lint, lint->files.items[i]);
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		for (size_t j = 0; j < file->view->sources.count; j++) {
			struct marking marking = {lint->arena, file, role_of(lint, file, file->view->sources.items[j])};
			mark_tokens(&marking, file->view->sources.items[j], file->view->tokens.items[j]);
		}
	}
	for (size_t i = 0; i < lint->sources.count; i++)
		redact_settle(lint->sources.items[i]);
	redact_known()->scratch = NULL;
	arena_release(&scratch);
}
