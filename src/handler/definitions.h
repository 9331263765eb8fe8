/* The handlers that this machine defines: /etc/arilint/handlers.d/NAME.yaml, and for others than root those of
 * $XDG_CONFIG_HOME/arilint/handlers.d too. A repository can neither add nor change one. */
#pragma once

#include "handler/handler.h"

#define DEFINITIONS_FOLDER "/etc/arilint/handlers.d"

/* The folder that whoever runs arilint may define handlers in; empty when HOME is not set. */
struct text definitions_folder(struct arena *arena);

/* Reads them all. What is wrong with a file, or with who may write to it, goes to the diagnostics under
 * `arilint/handlers`; then no handler may be run. No folder means no handlers. */
void definitions_read(struct diagnostics *diagnostics, struct handler_list *handlers);
