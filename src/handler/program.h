/* Whether a handler can be run, before anything is changed that it would be needed for. */
#pragma once

#include "handler/handler.h"
#include "model/account.h"

/* Finds the handler's user (whoever runs arilint where it names none). False with a reason when there is no such user,
 * or we can't become him. */
bool program_account(struct arena *arena, const struct handler *handler, struct account *account, struct text *reason);

/* Whether its user, its folder and its programs are there, can be run, and nobody but root and its user (or we) may change
 * them; `*reason` else says what is wrong. */
bool program_check(struct arena *arena, const struct handler *handler, struct text *reason);
