/* Markdown that holds texts of others, in the words of GitHub's and GitLab's. */
#pragma once

#include "report/report.h"

/* Adds the lines of a text as code in one line of any block, a table's cell too: nothing in it is markup, a link, an
 * image, HTML, or calls somebody by name. */
void markup_add_code(struct arena *arena, struct buffer *out, struct text text);

/* The same without its look: for texts of packs, in which a name that is called is the pack's. */
void markup_add_text(struct arena *arena, struct buffer *out, struct text text);
