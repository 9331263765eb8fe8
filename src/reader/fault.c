#include "reader/fault.h"

#include <assert.h>
#include <string.h>

/* Nobody reads more of them; what refuses the file does so all the same. */
enum { MOST_FAULTS = 16384 };

struct fault_row {
	const char *kind;
	bool refuses;
	const char *words;
};

static const struct fault_row rows[] = {
#define FAULT(kind, refuses, words) {kind, refuses, words},
#include "reader/faults.def"
#undef FAULT
	{NULL, false, NULL},
};

const char *const fault_kinds[] = {
#define FAULT(kind, refuses, words) kind,
#include "reader/faults.def"
#undef FAULT
	NULL,
};

static const struct fault_row *find_row(const char *kind) {
	const struct fault_row *row = rows;
	while (row->kind && strcmp(row->kind, kind))
		row++;
	assert(row->kind && "a fault's kind stands in faults.def");
	return row;
}

bool fault_refuses(const char *kind) { return find_row(kind)->refuses; }

bool fault_is_lack(const char *kind) {
	static const char *const kinds[] = {"key-before-section", "unknown-template", "missing-section-to-extend", NULL};
	return text_is_one_of(text_of(kind), kinds);
}

struct text fault_words(struct arena *arena, const struct fault *fault) {
	const char *words = find_row(fault->kind)->words;
	if (!fault->detail.length)
		return text_of(words);
	return text_format(arena, "%s: %.*s", words, TEXT_ARGUMENTS(fault->detail));
}

void fault_add(struct arena *arena, struct view *view, const char *kind, struct place place, struct text detail) {
	const struct fault_row *row = find_row(kind);
	if (view->faults.count < MOST_FAULTS)
		*list_add(arena, &view->faults) = (struct fault){row->kind, place, detail};
	if (row->refuses && view->ok) {
		view->ok = false;
		view->error = text_of(row->kind);
	}
}
