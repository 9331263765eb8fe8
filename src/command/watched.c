#include "command/watched.h"

#include "base/buffer.h"
#include "base/file.h"

static void add(struct buffer *read, char kind, struct text path) {
	buffer_add_byte(read, kind);
	buffer_add(read, path);
	buffer_add_byte(read, '\0');
}

static void add_all(struct buffer *read, char kind, const struct text_list *paths) {
	for (size_t i = 0; i < paths->count; i++)
		add(read, kind, paths->items[i]);
}

/* The mode counts as well: rules speak of it. */
static uint64_t hash_of(const struct source_list *sources) {
	uint64_t held = 0;
	for (size_t i = 0; i < sources->count; i++) {
		const struct source *source = sources->items[i];
		held = held * 31 + text_hash(source->path);
		held = held * 31 + (text_hash(source->bytes) ^ source->status.st_mode);
	}
	return held;
}

void watched_leave(int list, const struct call *call, const struct discovery *discovery, const struct source_list *sources) {
	const struct options *options = &call->options;
	const struct diagnostics *diagnostics = &call->diagnostics;
	const struct source *configuration = call->setup.configuration.source;
	struct buffer read = {.arena = call->arena};
	buffer_format(&read, "%016llx", (unsigned long long)hash_of(sources));
	buffer_add_byte(&read, '\0');
	for (size_t i = 0; i < sources->count; i++)
		add(&read, 'F', sources->items[i]->path);
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (diagnostics->found.items[i].unread)
			add(&read, 'F', diagnostics->found.items[i].place.source->path);
	add_all(&read, 'F', &options->rules);
	if (options->baseline.length)
		add(&read, 'F', options->baseline);
	if (configuration || options->config.length)
		add(&read, 'F', configuration ? configuration->path : options->config);
	add_all(&read, 'D', &discovery->walked);
	file_write_all(list, buffer_text(&read));
}
