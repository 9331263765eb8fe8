/* Findings as diagnostics of the protocol. */
#pragma once

#include "lsp/client.h"
#include "lsp/workspace.h"

/* What was published of files that are not open: faults of configuration and packs. Zero-initialise. */
struct published {
	struct arena arena;
	struct text_list uris;
};

/* Publishes what has changed of all open texts, and the faults of the set-up. */
void publish_findings(struct client *client, struct workspace *workspace, struct published *published);

/* Takes back what was published of a text that is closed. */
void publish_nothing(struct client *client, struct text uri);
