#include "fix/operator.h"

#define FIX_OPERATOR(name) extern const struct fix_operator fix_operator_##name;
#include "fix/operators.def"
#undef FIX_OPERATOR

const struct fix_operator *const fix_operators[] = {
#define FIX_OPERATOR(name) &fix_operator_##name,
#include "fix/operators.def"
#undef FIX_OPERATOR
	NULL,
};

void fix_edit(struct fix_run *run, struct source *source, struct span span, struct text replacement, bool secret) {
	*list_add(run->arena, &run->fix->edits) = (struct edit){source, span, replacement, secret, false};
}

void fix_intend(struct fix_run *run, const struct file *file, struct text section, struct text key) {
	*list_add(run->arena, &run->fix->intents) = (struct intent){file->source->path, section, key};
}

uint32_t fix_value_end(const struct entry *entry, const struct reader *reader) {
	bool glued = entry->comment.end > entry->comment.start && entry->comment.start == entry->value.end;
	if (!glued || reader->has_sections)
		return entry->value.end;
	struct text cut = source_slice(entry->source, entry->comment);
	for (size_t i = 1; i < cut.length; i++)
		if (cut.bytes[i] == '#' && (cut.bytes[i - 1] == ' ' || cut.bytes[i - 1] == '\t'))
			cut.length = i;
	return entry->comment.start + (uint32_t)text_trim(cut, " \t\r").length;
}

struct text fix_line_end(const struct source *source) {
	size_t end = text_find_byte(source->bytes, '\n');
	return end != TEXT_NOT_FOUND && end > 0 && source->bytes.bytes[end - 1] == '\r' ? TEXT("\r\n") : TEXT("\n");
}

struct text fix_obstacle(struct fix_run *run, const struct entry *entry) {
	if (entry->interrupted)
		return TEXT("comments stand between the lines of the value; change it by hand");
	if (!entry->shared)
		return TEXT("");
	if (!entry->header)
		return TEXT("what stands here is taken for others, too; change it by hand");
	return text_format(run->arena, "other sections take the value from [%.*s], too; change it by hand",
	                   TEXT_ARGUMENTS(entry->header->name));
}
