/* Markdown that holds texts of others, in the words of GitHub's and GitLab's. */
#pragma once

#include "report/report.h"

/* Adds the lines of a text as code in one line of any block, a table's cell too: nothing in it is markup, a link, an
 * image, HTML, or calls somebody by name. */
void markup_add_code(struct arena *arena, struct buffer *out, struct text text);

/* The same without its look, for texts of packs; what they put between backquotes is code. */
void markup_add_prose(struct arena *arena, struct buffer *out, struct text text);
