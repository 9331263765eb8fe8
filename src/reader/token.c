#include "reader/token.h"

/* Of a file that is remarks or garbage by the ten thousand the further ones of a kind are one token: they are only masked. */
static bool goes_on(const struct token_list *tokens, enum token_kind kind, size_t start) {
	enum { MANY = 65536 };
	const struct token *last = tokens->count > MANY ? &tokens->items[tokens->count - 1] : NULL;
	return last && tokens->choice == TOKENS_REMARKS && last->kind == kind && start <= last->span.end + 2;
}

/* A list of tokens grows to megabytes: its older places are given back. */
static void append(struct token_list *tokens, struct token token) {
	struct token_list before = *tokens;
	*list_add(tokens->arena, tokens) = token;
	if (tokens->items != before.items)
		arena_discard(before.items, before.capacity * sizeof(*before.items));
}

void token_add(struct token_list *tokens, enum token_kind kind, size_t start, size_t end) {
	bool remark = kind == TOKEN_COMMENT || kind == TOKEN_GARBAGE;
	if (remark && start < end && goes_on(tokens, kind, start))
		tokens->items[tokens->count - 1].span.end = (uint32_t)end;
	else if (start < end && (tokens->choice == TOKENS_ALL || (tokens->choice == TOKENS_REMARKS && remark)))
		append(tokens, (struct token){kind, {(uint32_t)start, (uint32_t)end}});
}

const char *token_kind_name(enum token_kind kind) {
	static const char *const names[] = {
#define TOKEN_KIND(kind) #kind,
#include "reader/token_kinds.def"
#undef TOKEN_KIND
	};
	return names[kind];
}
