/* What docker compose gives to the programs of a compose file: a section for each service, with the variables of its
 * `environment` and its env_files. What the caller's environment decides is not settled. */
#include "base/buffer.h"
#include "reader/compose/project.h"

static struct view *read_services(const struct reader *reader, struct reading *reading) {
	struct view *view = view_new(reading);
	struct compose_project project;
	if (compose_project_read(&project, reading, view)) {
		for (size_t i = 0; i < project.services.count; i++)
			compose_environment(&project, project.services.items[i]);
	} else {
		view->ok = false;
		view->error = TEXT("this is no YAML");
	}
	compose_project_release(&project);
	return view;
}

/* --- writing --- */

/* Of these a plain scalar may be made; a digit or a sign at its start could make something else of it. */
static bool is_plain(struct text value) {
	for (size_t i = 0; i < value.length; i++)
		if (!text_is_word_byte(value.bytes[i]) && !text_has_byte(TEXT("-./+%=~^"), value.bytes[i]))
			return false;
	return value.length && ((value.bytes[0] | 0x20) >= 'a' && (value.bytes[0] | 0x20) <= 'z');
}

static bool offer_scalar(const struct reader *reader, struct arena *arena, struct text value, unsigned attempt, struct text *offer) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < value.length; i++)
		if ((unsigned char)value.bytes[i] < ' ' || value.bytes[i] == 0x7F)
			return false;
	if (attempt == 0 && is_plain(value)) {
		*offer = value;
		return true;
	}
	if (attempt > 1) return false;
	buffer_add_byte(&out, '\'');
	for (size_t i = 0; i < value.length; i++)
		buffer_add(&out, value.bytes[i] == '\'' ? TEXT("''") : value.bytes[i] == '$' ? TEXT("$$") : text_slice(value, i, i + 1));
	buffer_add_byte(&out, '\'');
	*offer = buffer_text(&out);
	return true;
}

static struct text sample(struct arena *arena, struct text written) {
	return text_format(arena, "services:\n  section:\n    environment:\n      key: %.*s\n      other: after\n", TEXT_ARGUMENTS(written));
}

const struct reader reader_compose_file = {
	.name = "compose-file",
	.summary = "docker compose: what `environment` and `env_file` of each service of a compose file give to its program",
	.comment = "#",
	.has_sections = true,
	.read = read_services,
	.offer = offer_scalar,
	.sample = sample,
};
