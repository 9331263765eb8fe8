/* A server may send back what it was sent: secrets in its words are masked, however they are encoded there. */
#ifndef ARILINT_VERIFY_VEIL_H
#define ARILINT_VERIFY_VEIL_H

#include "base/text.h"

/* Adds what must not be shown: the secret, and it and `authorization` in base64. */
void veil_make(struct arena *arena, struct text secret, struct text authorization, struct text_list *secrets);

/* The text with each secret in it replaced by a mask, and then cut to what a report has room for. Each byte of a secret
 * may stand there as it is, percent-encoded, or escaped as in JSON or HTML. */
struct text veil_apply(struct arena *arena, const struct text_list *secrets, struct text text);

#endif
