/* A handler at work: its command, until the output says what it must; then the state that it is to leave. */
#pragma once

#include "handler/handler.h"
#include "process/process.h"
#include "redact/redact.h"

struct handler_run {
	struct arena *arena;
	const struct handler_list *handlers;  /* all that the machine defines */
	struct redaction *redaction;          /* of what programs print */
	struct process_watch watch;
	struct text reason;                   /* why it failed, in a sentence */
	struct text output;                   /* the end of what was printed then, masked; may be empty */
	struct text note;                     /* what the user should know although it worked; may be empty */
};

/* Whether the handler has succeeded. Its fallback has to, where its output asks for that. */
bool handler_run(struct handler_run *run, const struct handler *handler);
