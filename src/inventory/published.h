/* At which ports programs in containers are reached from outside of them, as maps of containers say. */
#pragma once

#include "inventory/lint.h"

/* Whether maps say that nobody outside of the machine reaches the program of a file at some ports: "8088/tcp", or "5060" by
 * whatever protocol, several with commas between. False where one says otherwise, and where it can't be told. */
bool published_nowhere(struct lint *lint, const struct file *file, struct text ports);

/* Sets the machine's ports, with commas between, that lead to a port of the program of a file; empty where none does, and where
 * the program is in no container. False with
 * the reason where it can't be told. */
bool published_as(struct lint *lint, const struct file *file, struct text port, struct text *ports, struct text *reason);

/* Whether another service of the map than this one and the client may answer at a port of the machine. */
bool published_by_others(struct lint *lint, const struct file *map, const struct file *client, struct text port);
