/* Texts that are open in the editor, as they stand there. */
#pragma once

#include "lsp/layout.h"

struct json_object;

struct document {
	struct document *next;
	struct arena arena;      /* of its names, */
	struct arena text_arena; /* and of its text: a change has a new one */
	struct text uri;         /* as the editor writes it */
	struct text path;        /* absolute; empty when it is no file */
	int64_t version;
	struct text text;
	struct arena told_arena;
	struct text told;        /* what was published of it last */
	bool changed;            /* since then */
};

/* Zero-initialised none is open. */
struct documents {
	struct document *first;  /* in the order in which they were opened, the last one first */
};

struct document *documents_find(const struct documents *documents, struct text uri);

/* Opens one, in place of one of its name. */
struct document *documents_open(struct documents *documents, struct text uri, int64_t version, struct text text);
void documents_close(struct documents *documents, struct text uri);
void documents_close_all(struct documents *documents);

/* Makes the changes of a list of TextDocumentContentChangeEvent, one after the other. */
void document_change(struct document *document, const struct json_object *changes, enum encoding encoding);

/* Keeps what was published. */
void document_tell(struct document *document, struct text told);
