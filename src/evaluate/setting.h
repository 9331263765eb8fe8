/* Settings of a pack: what they are as seen from a subject, and where. */
#pragma once

#include "evaluate/context.h"
#include "evaluate/match.h"

/* As seen from the context's subject: itself, or in the nearest file of the setting's role, or the layer over it that has one;
 * of several matches the one of the subject's account. Unknown when there is no such file, or when several keys could be
 * meant. Notes what it asks for, as rules do. */
struct value setting_value(struct context *context, const struct setting *setting);

/* All matches of a setting in one file, in its order; NULL where the setting's section is not there or can't be told. Sets
 * `*doubt` where it can't be told whether they are the setting's, to the reason. */
const struct match_list *setting_matches(struct context *context, const struct setting *setting, struct file *file,
                                         struct text *doubt);

/* The subject that a match of a setting in a file is. */
struct subject match_subject(const struct match *match, struct file *file);
