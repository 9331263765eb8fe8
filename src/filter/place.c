/* Filters that tell where a value stands. */
#include "base/path.h"
#include "filter/filter.h"

static struct value line(struct arena *arena, struct value value, const struct argument *argument) {
	struct place place = value_place(value);
	if (!place.source || !value.file)
		return value_absent(value.file, value.section);
	/* The source keeps its index of lines, which must outlive this value. */
	struct position position = source_position(place.source, place.span.start);
	return value_with_fact(value, text_format(arena, "%u", position.line));
}

static struct value path(struct arena *arena, struct value value, const struct argument *argument) {
	const struct source *source = value_place(value).source;
	return source ? value_with_fact(value, source->path) : value_absent(value.file, value.section);
}

static struct value absolute(struct arena *arena, struct value value, const struct argument *argument) {
	const struct source *source = value_place(value).source;
	return source ? value_with_fact(value, path_absolute(arena, path_here(), source->path))
	              : value_absent(value.file, value.section);
}

static struct value folder(struct arena *arena, struct value value, const struct argument *argument) {
	struct value full = absolute(arena, value, argument);
	return full.state == VALUE_PRESENT ? value_with_text(full, path_name(path_folder(full.text))) : full;
}

static struct value name(struct arena *arena, struct value value, const struct argument *argument) {
	struct value full = path(arena, value, argument);
	return value_with_text(full, path_name(full.text));
}

const struct filter filter_folder = {"folder", ARGUMENT_NONE, "the name of the folder that its file lies in, without those above",
	folder, .takes_absent = true, .asks_machine = true};
const struct filter filter_line = {
	"line", ARGUMENT_NONE, "the number of the line it stands in", line, .takes_absent = true};
const struct filter filter_path = {
	"path", ARGUMENT_NONE, "the path of the file it stands in", path, .takes_absent = true};
const struct filter filter_name = {
	"name", ARGUMENT_NONE, "the name of the file it stands in, without folders", name, .takes_absent = true};
const struct filter filter_absolute = {"absolute", ARGUMENT_NONE, "the path, from the root, of the file it stands in",
	absolute, .takes_absent = true, .asks_machine = true};
