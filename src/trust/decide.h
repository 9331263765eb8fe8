/* What one person can do on a way. */
#pragma once

#include "trust/people.h"

enum deciding { OWNS, OWNS_LINK, WRITES };

/* Where somebody decides; `at` NULL: nowhere. */
struct decision {
	const struct account *person;
	const struct object *at;   /* of a link the folder it is in */
	enum deciding by;
};

/* The first place of a way, what it leads to included, where a person decides. */
struct decision decide(const struct way *way, const struct object *last, const struct account *person);

/* Whether a person can come to what the way leads to and read it, or make himself able to. What is his he has read. */
bool decide_reads(const struct way *way, const struct object *last, const struct account *person);

/* All who could have rights on these. */
struct people decide_people(struct arena *arena, const struct found *found, size_t count);
