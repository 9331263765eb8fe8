/* The check of a password against its hash. */
#include <crypt.h>
#include <errno.h>

#include "base/exhaustion.h"
#include "check/check.h"

/* Longer ones are refused by crypt(3) itself (CRYPT_MAX_PASSPHRASE_SIZE); an Asterisk password is shorter by far. */
enum { LONGEST_PASSWORD = 511 };

/* crypt(3), as Asterisk's ast_crypt_validate() (main/crypt.c, 16 and 22) does: the hash of the password under the
 * hash's own salt is the hash. */
static bool hash_of(struct arena *arena, struct value value, const struct argument *argument) {
	struct text password = argument->value->text;
	if (argument->value->state != VALUE_PRESENT || password.length > LONGEST_PASSWORD ||
	    text_find_byte(password, '\0') != TEXT_NOT_FOUND)
		return false;
	struct crypt_data *data = arena_new(arena, struct crypt_data);
	errno = 0;
	const char *hash = crypt_r(text_string(arena, password), text_string(arena, value.text), data);
	/* Some hashes take memory of their own; without it no password is wrong. */
	if ((!hash || hash[0] == '*') && errno == ENOMEM)
		exhaustion_end();
	return hash && hash[0] != '*' && text_is(value.text, hash);
}

const struct check check_hash_of = {"hash_of", ARGUMENT_REFERENCE, "a crypt(3) hash of another value", hash_of};
