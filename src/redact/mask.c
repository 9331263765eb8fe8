#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>

#include "base/siphash.h"
#include "redact/redact.h"

enum { LONGEST_HASHED_WHOLE = 8192 };

/* The one state that lives as long as the process: two runs must not share a key, and no caller may bring his own. */
static struct {
	struct siphash_key key;
	bool keyed;
	bool show_all;
} run;

static const struct siphash_key *run_key(void) {
	if (!run.keyed) {
		/* Never wait for randomness: while a machine boots, the 16 random bytes of each process will do. */
		if (getrandom(run.key.bytes, sizeof(run.key.bytes), GRND_NONBLOCK) != (ssize_t)sizeof(run.key.bytes)) {
			const void *given = (const void *)getauxval(AT_RANDOM);
			if (given)
				memcpy(run.key.bytes, given, sizeof(run.key.bytes));
		}
		run.keyed = true;
	}
	return &run.key;
}

/* A secret that spans many lines is masked once for each of them: its hash must not cost its whole length each time. */
static uint64_t hash_secret(struct text secret) {
	if (secret.length <= LONGEST_HASHED_WHOLE)
		return siphash(run_key(), secret);
	size_t half = LONGEST_HASHED_WHOLE / 2;
	uint64_t hashes[] = {
		siphash(run_key(), text_slice(secret, 0, half)),
		siphash(run_key(), text_from(secret, secret.length - half)),
		secret.length,
	};
	return siphash(run_key(), (struct text){(const char *)hashes, sizeof(hashes)});
}

struct text redact_mask(struct arena *arena, struct text secret) {
	if (run.show_all)
		return secret;
	return text_format(arena, "<secret:%04x>", (unsigned)(hash_secret(secret) & 0xffff));
}

void redact_show_all(void) { run.show_all = true; }

bool redact_shows_all(void) { return run.show_all; }
