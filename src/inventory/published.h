/* At which ports programs in containers are reached from outside of them, as maps of containers say. */
#pragma once

#include "inventory/lint.h"

/* A map by which nobody outside of the machine reaches the program of a file at some ports: "8088/tcp", or "5060" by whatever
 * protocol, several with commas between. NULL where there is none, where a map says otherwise, and where it can't be told. */
const struct source *published_nowhere(struct lint *lint, const struct file *file, struct text ports);
