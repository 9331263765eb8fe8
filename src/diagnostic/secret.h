/* Secrets never leave the program: every text that goes out passes here. */
#ifndef ARILINT_DIAGNOSTIC_SECRET_H
#define ARILINT_DIAGNOSTIC_SECRET_H

#include "source/source.h"

/* "<secret:7c1e>": four hex digits of a keyed hash whose key is new in every run, so that equal secrets look equal and
 * nothing can be looked up. Of a secret over 8 KiB its length and its ends are hashed. With secret_show_all() the
 * secret itself. */
struct text secret_mask(struct arena *arena, struct text secret);

/* --show-secrets: from now on nothing is masked. */
void secret_show_all(void);

/* Marks a span as secret; spans may come in any order and overlap: secret_settle() sorts and joins them. Spans that
 * only touch stay apart, and an empty span marks nothing. */
void secret_mark(struct arena *arena, struct source *source, struct span span);
void secret_settle(struct source *source);

/* The bytes of a span of the source with each secret in it masked. A secret that the span cuts is masked whole.
 * When `offset` is not NULL, it is an offset into the source on entry and becomes the offset of the same place in the
 * returned text: inside a secret it becomes the mask's start, outside the span the nearer end of the text. */
struct text secret_hide(struct arena *arena, const struct source *source, struct span span, size_t *offset);

/* The span, grown so that neither of its ends lies inside a secret. */
struct span secret_cover(const struct source *source, struct span span);

#endif
