/* What an editor shows beside a text: Markdown where it takes that, else the same as plain text. Nothing of a file or a pack is
 * markup in it, a link or an image; all of it passes the redaction. */
#pragma once

#include "base/buffer.h"

/* Zero-initialise with the buffer's arena set. */
struct prose {
	struct buffer out;
	bool marked; /* Markdown */
};

void prose_paragraph(struct prose *prose);                    /* begins one */
void prose_item(struct prose *prose);                         /* begins an item of a list */
void prose_add(struct prose *prose, struct text text);        /* words; what stands between backquotes is code */
void prose_add_code(struct prose *prose, struct text text);   /* of one line, cut when it is long */
