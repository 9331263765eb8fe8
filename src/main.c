#include <string.h>

#include "command/command.h"

static const struct verb *const verbs[] = {
	&verb_check,  &verb_diagnose, &verb_dump,   &verb_undo,     &verb_recover, &verb_rule,
	&verb_config, &verb_test,     &verb_schema, &verb_validate, &verb_verify,
};

int main(int count, char **arguments) {
	struct arena arena = {0};
	size_t left = count > 1 ? (size_t)count - 1 : 0;
	char **words = arguments + 1;
	const struct verb *verb = &verb_check;
	for (size_t i = 0; left && i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(words[0], verbs[i]->name)) {
			verb = verbs[i];
			left--;
			words++;
			break;
		}
	int status = command_run(verb, &arena, left, words);
	arena_release(&arena);
	return status;
}
