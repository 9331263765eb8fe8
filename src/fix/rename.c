/* rename: gives a key or a section another name. */
#include "fix/operator.h"

static void intend_section(struct fix_run *run, const struct file *file, const struct section *section,
                           struct text name)
{
	for (size_t i = 0; i < section->variables.count; i++) {
		fix_intend(run, file, section->name, section->variables.items[i].name);
		fix_intend(run, file, name, section->variables.items[i].name);
	}
}

static void rename_place(struct fix_run *run)
{
	struct value place = run->places[0];
	struct text to = run->texts[1].text, section = place.section ? place.section->name : TEXT("");
	fix_edit(run, place.place.source, place.place.span, to, false);
	if (place.entry) {
		fix_intend(run, place.file, section, place.entry->name);
		fix_intend(run, place.file, section, to);
	} else if (place.section) {
		intend_section(run, place.file, place.section, to);
	}
}

const struct fix_operator fix_rename = {
	"rename", "gives a key or a section another name", {{"place", FIX_PLACE, false}, {"to", FIX_TEXT, false}},
	rename_place};
