/* New texts of open files, as an edit of the protocol. */
#pragma once

#include "fixer/result.h"
#include "json/write.h"
#include "lsp/client.h"
#include "lsp/workspace.h"

/* Adds a WorkspaceEdit that replaces of each text only what differs. False, with nothing added, where a text is not open, or
 * would no longer be UTF-8: an editor has no other. What is written may hold secrets: it is for the file alone. */
bool change_write(const struct workspace *workspace, const struct client *client, struct analysis *analysis,
                  const struct fixed_list *files, struct json *json, const char *key);
