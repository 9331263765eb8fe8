/* Tokens: what each byte of a file is to the program that reads it. The tokens of a file touch and cover every byte,
 * whatever the bytes are: written one after another they are the file. */
#ifndef ARILINT_READER_TOKEN_H
#define ARILINT_READER_TOKEN_H

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

struct token_list LIST_OF(struct token);

/* The kind's name in lower case, for tests and dumps. */
const char *token_kind_name(enum token_kind kind);

#endif
