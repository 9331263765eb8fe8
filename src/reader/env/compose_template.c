#include "reader/dollar.h"
#include "reader/env/compose.h"

struct place_in_scan {
	struct env_scan *scan;
	struct span place;
};

static const struct text *value_of(void *context, struct text name, char operator) {
	struct place_in_scan *here = context;
	return env_lookup(here->scan, name);
}

static bool may_add(void *context, size_t length) {
	struct place_in_scan *here = context;
	return env_can_expand(here->scan, length, here->place);
}

static bool in_doubt(void *context) {
	struct place_in_scan *here = context;
	return env_is_in_doubt(here->scan);
}

static void refuse(void *context) {
	struct place_in_scan *here = context;
	env_fault(here->scan, "invalid-expansion-refused", here->place);
}

struct text compose_expand(struct env_scan *scan, const struct env_statement *statement) {
	struct place_in_scan here = {scan, statement->value};
	struct dollar dollar = {scan->arena, &here, value_of, may_add, in_doubt, refuse, false};
	struct buffer out = {.arena = scan->arena};
	if (statement->quote == '\'' || !text_has_byte(statement->content, '$'))
		return statement->content;
	dollar_expand(&dollar, statement->content, &out);
	return out.length ? buffer_text(&out) : TEXT("");
}
