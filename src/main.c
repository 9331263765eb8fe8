#include <string.h>

#include "command/command.h"

struct verb_row {
	const char *name;
	int (*run)(struct arena *arena, size_t argument_count, char **arguments);
};

static const struct verb_row verbs[] = {
	{"check", command_check},
	{"diagnose", command_diagnose},
	{"dump", command_dump},
	{"undo", command_undo},
	{"recover", command_recover},
	{"rule", command_rule},
	{"config", command_config},
	{"test", command_test},
	{"schema", command_schema},
	{"validate", command_validate},
	{"verify", command_verify},
};

int main(int count, char **arguments)
{
	struct arena arena = {0};
	size_t left = count > 1 ? (size_t)count - 1 : 0;
	char **words = arguments + 1;
	int (*run)(struct arena *, size_t, char **) = command_check;
	for (size_t i = 0; left && i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(words[0], verbs[i].name)) {
			run = verbs[i].run;
			left--;
			words++;
			break;
		}
	int status = run(&arena, left, words);
	arena_release(&arena);
	return status;
}
