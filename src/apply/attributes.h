/* Extended attributes: access control lists, security labels, the user's own. */
#pragma once

#include "apply/run.h"

/* Gives the file `to` the attributes of the file `from` and takes away those that it has beyond them (a default list of
 * its folder). Fails with a reason when one cannot be kept. */
bool attributes_copy(struct run *run, const struct patch *patch, int from, int to);
