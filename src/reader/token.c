#include "reader/token.h"

const char *token_kind_name(enum token_kind kind)
{
	static const char *const names[] = {
#define TOKEN_KIND(kind) #kind,
#include "reader/token_kinds.def"
#undef TOKEN_KIND
	};
	return names[kind];
}
