/* lsp: becomes arilint-lsp, which answers an editor. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "command/command.h"
#include "process/companion.h"

#define PROGRAM "arilint-lsp"

static int run(struct call *call) {
	struct text fault = TEXT("");
	struct LIST_OF(char *) words = {0};
	int program = companion_open(call->arena, PROGRAM, &fault);
	if (program < 0)
		return call_fail(call, fault, EXIT_USAGE);
	*list_add(call->arena, &words) = text_string(call->arena, TEXT(PROGRAM));
	for (size_t i = 0; i < call->word_count; i++)
		*list_add(call->arena, &words) = call->words[i];
	*list_add(call->arena, &words) = NULL;
	fexecve(program, words.items, environ);
	return call_fail(call, text_format(call->arena, "can't start " PROGRAM ": %s", strerror(errno)), EXIT_USAGE);
}

const struct verb verb_lsp = {
	.name = "lsp", .flag = VERB_LSP, .run = run,
	.usage = "arilint lsp [OPTIONS]",
	.summary =
		"Answers an editor: a language server on standard input and output. It judges the open files as they stand in the\n"
		"editor, together with those of the workspace, and offers fixes; it tells what programs see of a value, completes what\n"
		"is typed, and goes to the other side of a comparison. It writes no file itself.",
	.examples = "  arilint lsp\n"
	            "  arilint lsp --target asterisk=22.10",
	.statuses = "Exit status: 0 the editor has ended it as it should, 1 the editor went away or talked nonsense, 2 wrong usage,\n"
	            "4 memory ran out.",
};
