/* The words of a shell script, as far as they tell which files its commands are about. Nothing is expanded, and what is no
 * script gives words, too. */
#pragma once

#include "base/list.h"
#include "base/text.h"

enum piece_kind {
	PIECE_WORD, /* quotes are taken off */
	PIECE_OUT,  /* the next word is a file that is written */
	PIECE_IN,   /* the next word is a file that is read, or a text */
	PIECE_OPEN, /* a parenthesis, which ends a command, too */
	PIECE_END,
};

struct piece {
	enum piece_kind kind;
	struct text word;
};

struct piece_list LIST_OF(struct piece);

/* Takes time and memory in proportion to the script. Here-documents are passed over. */
struct piece_list shell_pieces(struct arena *arena, struct text script);
