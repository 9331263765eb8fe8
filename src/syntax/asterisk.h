/* Tokens of an Asterisk configuration file. */
#ifndef ARILINT_SYNTAX_ASTERISK_H
#define ARILINT_SYNTAX_ASTERISK_H

#include "syntax/token.h"

/* Cuts the bytes of one file into tokens that cover all of them. */
void asterisk_lex(struct arena *arena, struct text bytes, struct token_list *tokens);

#endif
