#include "log/scan.h"

struct owners LIST_OF(uint32_t);

/* A word, or the beginning of one. */
struct scan_node {
	struct LIST_OF(struct { unsigned char letter; uint32_t node; }) children;
	struct owners owners;  /* of the word */
	uint32_t back;         /* the longest end of it that begins a word, too */
	uint32_t also;         /* the longest end of it that is a word; 0: none is */
};

static unsigned char lower(unsigned char byte) { return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte; }

static unsigned char letter_of(struct scan *scan, unsigned char byte) {
	unsigned char small = lower(byte);
	if (!scan->letter[small]) {
		scan->letters += scan->letters ? 1 : 2;
		scan->letter[small] = (unsigned char)(scan->letters - 1);
		if (small >= 'a' && small <= 'z')
			scan->letter[small - 32] = scan->letter[small];
	}
	return scan->letter[small];
}

static uint32_t child_of(struct scan *scan, uint32_t node, unsigned char letter) {
	struct scan_node *parent = &scan->nodes.items[node];
	for (size_t i = 0; i < parent->children.count; i++)
		if (parent->children.items[i].letter == letter)
			return parent->children.items[i].node;
	uint32_t child = (uint32_t)scan->nodes.count;
	list_add(scan->arena, &parent->children)->letter = letter;
	parent->children.items[parent->children.count - 1].node = child;
	(void)list_add(scan->arena, &scan->nodes);
	return child;
}

void scan_add(struct scan *scan, struct text word, uint32_t owner) {
	uint32_t node = 0;
	if (!scan->nodes.count)
		(void)list_add(scan->arena, &scan->nodes);
	for (size_t i = 0; i < word.length; i++)
		node = child_of(scan, node, letter_of(scan, (unsigned char)word.bytes[i]));
	*list_add(scan->arena, &scan->nodes.items[node].owners) = owner;
}

/* Fills in the node's row, and where its children go back to; the node's own row of `back` is there already. */
static void settle(struct scan *scan, uint32_t number) {
	struct scan_node *node = &scan->nodes.items[number];
	uint32_t *row = &scan->next[number * scan->letters];
	const uint32_t *back = &scan->next[node->back * scan->letters];
	for (unsigned i = 0; number && i < scan->letters; i++)
		row[i] = back[i];
	for (size_t i = 0; i < node->children.count; i++) {
		unsigned char letter = node->children.items[i].letter;
		struct scan_node *child = &scan->nodes.items[node->children.items[i].node];
		child->back = number ? back[letter] : 0;
		child->also = scan->nodes.items[child->back].owners.count ? child->back : scan->nodes.items[child->back].also;
		row[letter] = node->children.items[i].node;
	}
}

/* Nearest to the root first: what a node goes back to is nearer than it. */
void scan_settle(struct scan *scan) {
	struct owners queue = {0};
	if (!scan->nodes.count) return;
	scan->next = arena_array(scan->arena, uint32_t, scan->nodes.count * scan->letters);
	*list_add(scan->arena, &queue) = 0;
	for (size_t i = 0; i < queue.count; i++) {
		const struct scan_node *node = &scan->nodes.items[queue.items[i]];
		settle(scan, queue.items[i]);
		for (size_t j = 0; j < node->children.count; j++)
			*list_add(scan->arena, &queue) = node->children.items[j].node;
	}
}

void scan_text(const struct scan *scan, struct text text, scan_visitor *visit, void *context) {
	uint32_t at = 0;
	for (size_t i = 0; scan->next && i < text.length; i++) {
		at = scan->next[at * scan->letters + scan->letter[(unsigned char)text.bytes[i]]];
		uint32_t word = scan->nodes.items[at].owners.count ? at : scan->nodes.items[at].also;
		for (; word; word = scan->nodes.items[word].also)
			for (size_t j = 0; j < scan->nodes.items[word].owners.count; j++)
				visit(context, scan->nodes.items[word].owners.items[j]);
	}
}
