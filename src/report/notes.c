#include "report/notes.h"

#include "diagnostic/effect.h"

static void add(struct arena *arena, struct note_list *notes, const char *name, struct text text) {
	text = text_trim(text, " \t\r\n");
	if (text.length)
		*list_add(arena, notes) = (struct note){name, text};
}

struct note_list notes_of(struct arena *arena, const struct diagnostic *diagnostic) {
	struct note_list notes = {0};
	const struct fix *fix = diagnostic->fix;
	add(arena, &notes, "effect", effect_meaning(diagnostic->effect));
	add(arena, &notes, "why", diagnostic->why);
	add(arena, &notes, "help", diagnostic->help);
	add(arena, &notes, "only likely", diagnostic->doubt);
	add(arena, &notes, "versions", diagnostic->targets);
	if (fix && fix->withheld.length)
		add(arena, &notes, "no fix", fix->withheld);
	else if (fix)
		add(arena, &notes, text_format(arena, "fix (%s)", safety_name(fix->safety)).bytes, fix->title);
	return notes;
}

struct text notes_with_message(struct arena *arena, const struct diagnostic *diagnostic) {
	struct buffer out = {.arena = arena};
	struct note_list notes = notes_of(arena, diagnostic);
	buffer_add(&out, diagnostic->message);
	for (size_t i = 0; i < notes.count; i++) {
		buffer_format(&out, "\n%s: ", notes.items[i].name);
		buffer_add(&out, notes.items[i].text);
	}
	return buffer_text(&out);
}
