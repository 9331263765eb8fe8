/* Which of many words a text holds, found in one pass over its bytes (Aho and Corasick, 1975). */
#pragma once

#include "base/list.h"
#include "base/text.h"

/* What is called when a word is found: `owner` is the one that came with it. */
typedef void scan_visitor(void *context, uint32_t owner);

struct scan_node;

/* Zero-initialise with the arena set. */
struct scan {
	struct arena *arena;
	struct LIST_OF(struct scan_node) nodes;
	unsigned char letter[256]; /* of each byte: its column; 0: of no word */
	unsigned letters;          /* columns that are in use, with that of 0 */
	uint32_t *next;            /* a row for each node: to which one a letter leads */
};

/* Will seek a word, in ASCII letters of either case; it is not empty. All words come before scan_settle(). */
void scan_add(struct scan *scan, struct text word, uint32_t owner);
void scan_settle(struct scan *scan);

/* Calls `visit` for each word that ends somewhere in the text, as often as it does. */
void scan_text(const struct scan *scan, struct text text, scan_visitor *visit, void *context);
