/* Any bytes as a file of handlers: they load, each with a program of its own path, or there is a diagnostic. */
#include "handler/load.h"
#include "target.h"

static void check_handlers(const struct handler_list *handlers) {
	for (size_t i = 0; i < handlers->count; i++) {
		const struct handler *handler = handlers->items[i];
		const struct text_list *words = &handler->command.words;
		require(handler->name.length, "a handler without a name");
		require(words->count && text_starts_with(words->items[0], TEXT("/")), "a program without its whole path");
		require(handler->timeout > 0, "a handler without an end");
		require(handler_find(handlers, handler->name) != NULL, "a handler that is not found");
	}
}

void take_handlers(struct text bytes) {
	struct arena arena = {0};
	struct diagnostics diagnostics = {.arena = &arena};
	struct handler_list handlers = {0};
	struct source *source = source_from_text(&arena, TEXT("fuzz.yaml"), bytes);
	const struct node *tree = node_read_as(&diagnostics, source, TEXT("arilint/handlers"));
	if (tree)
		handlers_load(&diagnostics, source, tree, &handlers);
	handlers_order(&diagnostics, &handlers);
	require_told(tree != NULL, &diagnostics, source);
	if (!diagnostics.found.count)
		check_handlers(&handlers);
	arena_release(&arena);
}
