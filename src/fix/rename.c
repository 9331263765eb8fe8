/* rename: gives a key or a section another name. */
#include "fix/operator.h"

static void intend_section(struct fix_run *run, const struct file *file, const struct section *section,
                           struct text name) {
	for (size_t i = 0; i < section->variables.count; i++) {
		fix_intend(run, file, section->name, section->variables.items[i].name);
		fix_intend(run, file, name, section->variables.items[i].name);
	}
}

/* Under its new name the value must not take the place of one that counts now. */
static bool is_taken(const struct value *place, const struct entry *entry, struct text to) {
	const struct section_group *group = place->section ? file_group(place->file, place->section->name) : NULL;
	const struct variable *there = group ? file_variable(place->file, group, to) : NULL;
	bool same = place->file->role->any_case_keys && text_equal_ignoring_case(entry->name, to);
	return there && !same && there->entry != entry;
}

static struct text rename_place(struct fix_run *run) {
	struct value place = run->places[0];
	struct text to = run->texts[1].text, section = place.section ? place.section->name : TEXT("");
	const struct entry *entry = value_entry(place);
	struct place at = value_place(place);
	if (entry && entry->shared)
		return fix_obstacle(run, entry);
	if (entry && is_taken(&place, entry, to))
		return text_format(run->arena, "there is a value of %.*s already; delete one of the two", TEXT_ARGUMENTS(to));
	fix_edit(run, at.source, at.span, to, false);
	/* Where only the case changes, no value does. */
	if (entry && !(place.file->role->any_case_keys && text_equal_ignoring_case(entry->name, to))) {
		fix_intend(run, place.file, section, entry->name);
		fix_intend(run, place.file, section, to);
	} else if (!entry && place.section) {
		intend_section(run, place.file, place.section, to);
	}
	return TEXT("");
}

const struct fix_operator fix_operator_rename = {
	"rename", "gives a key or a section another name", {{"place", FIX_PLACE, false}, {"to", FIX_TEXT, false}},
	rename_place};
