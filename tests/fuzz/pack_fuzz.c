/* Any bytes as a rule pack: it loads, or there is a diagnostic that points into it. */
#include "base/arena.h"
#include "fuzz.h"
#include "rule/load.h"

#include <stdio.h>
#include <stdlib.h>

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "pack: %s\n", what);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct diagnostics diagnostics = {.arena = &arena};
	struct source *source = source_from_text(&arena, TEXT("fuzz.yaml"), (struct text){(const char *)data, size});
	const struct pack_list none = {0};
	const struct pack *pack = pack_load(&diagnostics, source, &none);
	require(pack || diagnostics.found.count, "it does not load and nothing says why");
	for (size_t i = 0; i < diagnostics.found.count; i++) {
		struct span span = diagnostics.found.items[i].place.span;
		require(span.start <= span.end && span.end <= size, "a diagnostic points outside the file");
		require(diagnostics.found.items[i].message.length, "a diagnostic without a message");
	}
	arena_release(&arena);
	return 0;
}
