/* What may stand in members of shapes: plain values, and names of what a pack has. Maps: see loader.h. */
#pragma once

#include "rule/loader.h"

extern const struct member_type member_format;       /* `arilint: 1` */
extern const struct member_type member_text, member_texts;
extern const struct member_type member_globs;        /* texts; `{LIST}` stands for those of a list of the pack */
extern const struct member_type member_text_set;     /* a pointer */
extern const struct member_type member_truth;
extern const struct member_type member_number;       /* a whole number from `least` to `most`; int64_t */
extern const struct member_type member_name;
extern const struct member_type member_word;         /* one of `words`; an enum or bool */
extern const struct member_type member_word_text;    /* the same, kept as it is written */
extern const struct member_type member_effect, member_effects, member_effect_or_none;
extern const struct member_type member_role;         /* a pointer to the role of that name; */
extern const struct member_type member_role_name;    /* its name */
extern const struct member_type member_handler_name;
extern const struct member_type member_readers;      /* struct reader *[ROLE_MOST_READERS], then size_t */
extern const struct member_type member_id;           /* the name of a rule or symptom; kept as PACK/NAME */

extern const struct word severity_words[];
