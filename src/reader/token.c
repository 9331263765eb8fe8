#include "reader/token.h"

void token_add(struct token_list *tokens, enum token_kind kind, size_t start, size_t end) {
	bool remark = kind == TOKEN_COMMENT || kind == TOKEN_GARBAGE;
	if (start < end && (tokens->choice == TOKENS_ALL || (tokens->choice == TOKENS_REMARKS && remark)))
		*list_add(tokens->arena, tokens) = (struct token){kind, {(uint32_t)start, (uint32_t)end}};
}

const char *token_kind_name(enum token_kind kind) {
	static const char *const names[] = {
#define TOKEN_KIND(kind) #kind,
#include "reader/token_kinds.def"
#undef TOKEN_KIND
	};
	return names[kind];
}
