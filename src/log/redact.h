/* What a log may not give away: secrets that are known, and what stands where secrets stand. */
#ifndef ARILINT_LOG_REDACT_H
#define ARILINT_LOG_REDACT_H

#include "base/map.h"
#include "source/source.h"

struct redaction {
	struct arena *arena;
	struct map known;          /* secrets in every spelling that is sought, each once */
	struct text_list sought;
};

/* From now on a secret is masked wherever it stands: as it is, percent-encoded, and as JSON writes it. Of more than 512
 * the first count. One of three bytes or less is sought as a whole word only, or every line would be full of masks. */
void redact_learn(struct redaction *redaction, struct text secret);

/* A source of the line's bytes with all secrets marked: those known, users and passwords in URLs, `api_key=`, what
 * authenticates in HTTP headers, and values behind names that speak of a secret. Ask secret_hide() for its parts. */
struct source *redact_line(struct arena *arena, const struct redaction *redaction, struct text line);

#endif
