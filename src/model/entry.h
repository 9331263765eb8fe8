/* Parts of a statement as it is written, empty where it has no such part. */
#pragma once

#include "reader/view.h"

struct span entry_separator(const struct entry *entry); /* what stands between key and value */
struct span entry_quote(const struct entry *entry);     /* the one before the value */
struct span entry_comment(const struct entry *entry);   /* with the blanks before it */
