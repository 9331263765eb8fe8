/* What a run's folder says about it, as text: fields separated by tabs, one line a file.
 *
 *   arilint 1 <tab> ID <tab> keep|drop <tab> ID of the run it undoes <tab> key
 *   handler <tab> name
 *   file <tab> path <tab> temporary <tab> backup <tab> mode, user, group, old then new
 *        <tab> size, hash, old then new <tab> rules (all on one line)
 *   end <tab> number of files
 *
 * Paths and names hold any byte: see run_escape(). The hashes are keyed, and the key lies in the same file of mode
 * 0600, beside the originals: whoever can read it needs no hash, and nobody else can look one up. */
#pragma once

#include "apply/run.h"

struct text manifest_write(const struct run *run);

/* Fills id, keep, undoes, key and the patches, these without bytes and folders. False when the text is damaged. */
bool manifest_read(struct run *run, struct text text);
