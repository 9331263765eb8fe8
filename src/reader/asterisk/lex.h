/* Tokens of an Asterisk configuration file. */
#ifndef ARILINT_READER_ASTERISK_LEX_H
#define ARILINT_READER_ASTERISK_LEX_H

#include "reader/token.h"

/* Cuts the bytes of one file into tokens that cover all of them. */
void asterisk_lex(struct arena *arena, struct text bytes, struct token_list *tokens);

#endif
