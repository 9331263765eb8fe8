#include "base/self.h"
#include "command/choose.h"
#include "command/output.h"
#include "command/tell.h"

static const struct verb *const verbs[] = {
	&verb_check,  &verb_diagnose, &verb_dump,   &verb_undo,     &verb_recover, &verb_rule,
	&verb_config, &verb_test,     &verb_schema, &verb_validate, &verb_verify,
	&verb_lsp,
};

int main(int count, char **arguments) {
	self_begin();
	struct arena arena = {0};
	struct text fault = TEXT("");
	size_t left = count > 1 ? (size_t)count - 1 : 0;
	const struct verb *verb = verb_choose(&arena, verbs, sizeof(verbs) / sizeof(verbs[0]), &left, arguments + 1, &fault);
	int status = EXIT_USAGE;
	if (verb)
		status = command_run(verb, &arena, left, arguments + 1);
	else
		tell_error(&arena, "", fault);
	arena_release(&arena);
	return output_status(status);
}
