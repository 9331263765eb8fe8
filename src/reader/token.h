/* Tokens: what each byte of a file is to the program that reads it. The tokens of a file touch and cover every byte,
 * whatever the bytes are: written one after another they are the file. */
#pragma once

#include "source/source.h"

enum token_kind {
#define TOKEN_KIND(kind) TOKEN_##kind,
#include "reader/token_kinds.def"
#undef TOKEN_KIND
};

struct token {
	enum token_kind kind;
	struct span span;
};

/* Which tokens are asked for. */
enum token_choice {
	TOKENS_NONE,
	TOKENS_REMARKS, /* comments and garbage: what is no statement */
	TOKENS_ALL
};

/* The tokens of one source, while its reader cuts them and after. */
struct token_list {
	struct token *items;
	size_t count, capacity;
	struct arena *arena;
	enum token_choice choice;
};

/* Adds a token, unless it is empty or not asked for. */
void token_add(struct token_list *tokens, enum token_kind kind, size_t start, size_t end);

/* The kind's name in lower case, for tests and dumps. */
const char *token_kind_name(enum token_kind kind);
