/* What the readers of Node.js packages share: the characters and the quotes of JavaScript's regular expressions. */
#pragma once

#include "reader/env/env.h"

/* The value without its quotes, as `value.replace(/^(['"`])([\s\S]*)\1$/mg, '$2')` leaves it; `^` and `$` hold at each
 * line. `*quote` becomes the quote that stood around all of it, or 0. */
struct text javascript_strip_quotes(struct arena *arena, struct text value, char *quote);

/* Whether [A-Za-z0-9_.-] holds the byte: what npm dotenv takes as a part of a key. */
bool javascript_is_key_byte(char byte);
