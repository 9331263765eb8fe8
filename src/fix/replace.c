/* replace: other bytes at a place, as they are; delete_line: the lines that a place stands in. No reader may see another
 * value after either of them: that is checked before anything is written. Only where text before a header goes, what stands
 * below comes into that section. uncover: as replace, and whatever then comes to light is meant. */
#include "fix/operator.h"

#include <string.h>

#include "base/text.h"
#include "reader/view.h"

/* Means the statements below a passed-over header to leave the section above for that of the header. */
static void intend_section(struct fix_run *run, struct value value) {
	struct place place = value.fault->place;
	struct text name = text_from(place.source->bytes, place.span.end + 1);
	name = text_cut(&name, ']');
	for (size_t i = 0; i < value.file->view->entries.count; i++) {
		const struct entry *entry = value.file->view->entries.items[i];
		if (!entry->doubtful || entry->source != place.source || !entry->header ||
		    entry->lines.start < place.span.end)
			continue;
		fix_intend(run, value.file, entry->header->name, entry->name);
		fix_intend(run, value.file, name, entry->name);
	}
}

static struct text replace(struct fix_run *run) {
	struct place place = value_place(run->places[0]);
	struct value to = run->texts[1];
	struct text now = source_slice(place.source, place.span);
	if (text_find_byte(now, '\n') != TEXT_NOT_FOUND)
		return TEXT("it stands in several lines");
	fix_edit(run, place.source, place.span, to.text, value_is_secret(to));
	if (run->places[0].at == AT_FAULT && !strcmp(run->places[0].fault->kind, "hidden-header"))
		intend_section(run, run->places[0]);
	return TEXT("");
}

static struct text uncover(struct fix_run *run) {
	fix_intend(run, run->places[0].file, TEXT(""), TEXT(""));
	return replace(run);
}

static struct text delete_line(struct fix_run *run) {
	struct place place = value_place(run->places[0]);
	struct text bytes = place.source->bytes;
	struct span gone = place.span;
	while (gone.start > 0 && bytes.bytes[gone.start - 1] != '\n')
		gone.start--;
	while (gone.end < bytes.length && (gone.end == gone.start || bytes.bytes[gone.end - 1] != '\n'))
		gone.end++;
	fix_edit(run, place.source, gone, TEXT(""), false);
	return TEXT("");
}

const struct fix_operator fix_operator_replace = {
	"replace", "writes other bytes at a place, as they are", {{"place", FIX_PLACE, false}, {"to", FIX_TEXT, false}},
	replace};
const struct fix_operator fix_operator_uncover = {
	"uncover", "writes other bytes at a place that hides what follows; what then comes into force is meant",
	{{"place", FIX_PLACE, false}, {"to", FIX_TEXT, false}}, uncover};
const struct fix_operator fix_operator_delete_line = {
	"delete_line", "takes the line out that a place stands in", {{"place", FIX_PLACE, false}}, delete_line};
