/* Any bytes as the manifest of a run: what is read of it is written as it was read. */
#include "apply/manifest.h"
#include "target.h"

void take_manifest(struct text bytes) {
	struct arena arena = {0};
	struct run first = {.arena = &arena}, second = {.arena = &arena};
	if (manifest_read(&first, bytes)) {
		struct text written = manifest_write(&first);
		require(manifest_read(&second, written), "what it writes it does not read");
		require(text_equal(written, manifest_write(&second)), "what it writes it reads otherwise");
		for (size_t i = 0; i < first.patches.count; i++)
			require(text_starts_with(first.patches.items[i].path, TEXT("/")), "a path that is not absolute");
	}
	arena_release(&arena);
}
