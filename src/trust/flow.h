/* Values have owners: which may go from the files that hold them into another.
 *
 * - Who has a say in what a value is, or in where it is read, and is neither root nor we, can change the target himself as well;
 *   or his is the account of the program whose file it is (asterisk's ari.conf).
 * - He can read each file that holds the value: else he has others fetch what he may not read.
 * - What root alone may read does not go where anybody else reads it.
 * - What a file of a repository leads to outside of it, by a link or an include, does not go into the repository.
 * - On standard output root prints nothing of a file that another has a say in. */
#pragma once

#include "base/list.h"
#include "base/text.h"

struct flow {
	struct text_list holders;  /* paths of the files that hold the values */
	struct text_list through;  /* of all that were read to come to them, the holders among them */
	struct text_list accounts; /* users whose programs read those files */
};

struct flow_list LIST_OF(struct flow);

enum flow_answer {
	FLOW_ALLOWED,
	FLOW_REFUSED,
	FLOW_UNKNOWN /* a file can't be looked at */
};

/* With a reason, unless it is allowed; so is the next. */
enum flow_answer flow_ask(struct arena *arena, const struct flow *flow, struct text target, struct text *reason);

/* The same of a value that is printed, in a text that stands for the file `as`: who reads the file reads the text, so the flow
 * into it must be allowed, and the file be there. What we may read as a user is ours to see; root sees no value of a file that
 * anybody else has a say in. */
enum flow_answer flow_ask_printing(struct arena *arena, const struct flow *flow, struct text as, struct text *reason);
