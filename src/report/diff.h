/* A unified diff of one file, before and after its edits, with secrets masked on both sides. */
#pragma once

#include "base/buffer.h"
#include "redact/redact.h"

/* `before` and `after` both carry their secrets (source->secrets). Adds nothing when their bytes are equal. A changed
 * secret shows as another `<secret:…>`, so the line is there although its text is hidden. Three lines of context;
 * "\ No newline at end of file" as diff(1) prints it; with `colour`, as git colours it. Paths are a/PATH and b/PATH,
 * without a leading "/" or "./", quoted as git quotes them, so that `git apply` and `patch -p1` take a diff in which
 * nothing is masked. Control characters are shown, not sent (see terminal_add_line()). */
void diff_write(struct arena *arena, struct source *before, struct source *after, bool colour, struct buffer *out);
