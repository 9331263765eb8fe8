#include "command/tell.h"


#include "command/exit.h"
#include "command/output.h"
#include "report/terminal.h"

struct text tell_shown(struct arena *arena, struct text text) {
	struct buffer out = {.arena = arena};
	terminal_add(&out, text);
	return buffer_text(&out);
}

void tell_error(struct arena *arena, const char *before, struct text sentence) {
	output_tell("arilint: error: %s%.*s\n", before, TEXT_ARGUMENTS(tell_shown(arena, sentence)));
}

void tell_note(struct arena *arena, struct text sentence) {
	output_tell("arilint: note: %.*s\n", TEXT_ARGUMENTS(tell_shown(arena, sentence)));
}

bool tell_unread(const struct diagnostics *diagnostics) {
	bool any = false;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct diagnostic *found = &diagnostics->found.items[i];
		if (found->unread)
			tell_error(diagnostics->arena, "", text_format(diagnostics->arena, "%.*s: %.*s",
			                                               TEXT_ARGUMENTS(found->place.source->path),
			                                               TEXT_ARGUMENTS(found->message)));
		any = any || found->unread;
	}
	return any;
}

void tell_notes(struct arena *arena, const struct apply_outcome *outcome) {
	for (size_t i = 0; i < outcome->notes.count; i++)
		tell_note(arena, outcome->notes.items[i]);
}

int tell_status(const struct apply_outcome *outcome) {
	return outcome->result == APPLY_DONE ? EXIT_CLEAN : outcome->result == APPLY_BROKEN ? EXIT_BROKEN : EXIT_NOT_FIXED;
}

int tell_outcome(struct arena *arena, const struct apply_outcome *outcome) {
	tell_notes(arena, outcome);
	if (outcome->result != APPLY_DONE)
		tell_error(arena, "", outcome->reason);
	return tell_status(outcome);
}
