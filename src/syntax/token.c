#include "syntax/token.h"

const char *token_kind_name(enum token_kind kind)
{
	static const char *const names[] = {
#define TOKEN_KIND(kind) #kind,
#include "syntax/token_kinds.def"
#undef TOKEN_KIND
	};
	return names[kind];
}
