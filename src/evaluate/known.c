#include "evaluate/known.h"

#include <string.h>

struct known_value {
	const struct known_value *next; /* as seen from elsewhere */
	const struct pack *pack;
	const struct file *file;
	const struct variable *variable; /* of a place of a setting; NULL: as seen from the file */
	struct text account;
	struct value value;
	size_t asked_count, other_count;
	struct file *others[CONTEXT_MOST_OTHERS];
	struct asked asked[CONTEXT_MOST_ASKED]; /* cut to what is there */
};

/* Few places of one file are asked about one setting, but a hostile file can have a million; and what is long is rare. */
enum { MOST_KNOWN = 16, LONGEST_KNOWN = 4096 };

static const struct variable *place_of(const struct context *context) {
	return context->selector->kind & (SUBJECT_SETTING | SUBJECT_ANSWER) ? context->subject.variable : NULL;
}

static bool is_seen_from(const struct known_value *known, const struct context *context) {
	return known->variable == place_of(context) && known->file == context->subject.file &&
	       known->pack == context->pack && (!known->variable || text_equal(known->account, context->subject.account));
}

static void note(struct context *context, const struct asked *asked, size_t asked_count, struct file *const *others,
                 size_t other_count) {
	for (size_t i = 0; i < asked_count && context->asked_count < CONTEXT_MOST_ASKED; i++)
		context->asked[context->asked_count++] = asked[i];
	for (size_t i = 0; i < other_count; i++)
		context_note_file(context, others[i]);
}

bool known_take(struct context *context, const struct setting *setting, struct value *value) {
	if (!context->known || !context->known->of) return false;
	const struct known_value *known = context->known->of[setting->number];
	while (known && !is_seen_from(known, context))
		known = known->next;
	if (!known) return false;
	note(context, known->asked, known->asked_count, known->others, known->other_count);
	*value = known->value;
	return true;
}

static bool has_room(const struct known_values *known, const struct setting *setting) {
	size_t count = 0;
	for (const struct known_value *one = known->of[setting->number]; one; one = one->next)
		count++;
	return count < MOST_KNOWN;
}

void known_keep(struct context *context, const struct setting *setting, const struct context *asking, struct value value) {
	struct known_values *known = context->known;
	note(context, asking->asked, asking->asked_count, asking->others, asking->other_count);
	if (!known || value.text.length > LONGEST_KNOWN) return;
	if (!known->of)
		known->of = arena_array(&known->arena, const struct known_value *, context->lint->setting_count);
	if (!has_room(known, setting)) return;
	size_t size = offsetof(struct known_value, asked) + asking->asked_count * sizeof(struct asked);
	struct known_value *kept = arena_allocate(&known->arena, size);
	kept->next = known->of[setting->number];
	kept->pack = context->pack;
	kept->file = context->subject.file;
	kept->variable = place_of(context);
	kept->account = context->subject.account;
	kept->value = value;
	kept->value.text = text_copy(&known->arena, value.text);
	kept->asked_count = asking->asked_count;
	kept->other_count = asking->other_count;
	memcpy(kept->others, asking->others, sizeof(kept->others));
	memcpy(kept->asked, asking->asked, asking->asked_count * sizeof(struct asked));
	known->of[setting->number] = kept;
}

void known_forget(struct known_values *known) {
	arena_rewind(&known->arena, (struct arena_mark){0});
	known->of = NULL;
}
