/* Sections: which one a header opens, extends and inherits from. */
#include <string.h>

#include "reader/asterisk/asterisk.h"

/* Room that a section gets first, as most have few keys. */
enum { FEW_VARIABLES = 4 };

struct asterisk_namesakes {
	struct asterisk_section *first, *last;
};

/* The lower-case form of a name, in `folded`; false when no section can have it. */
static bool fold(struct text name, char folded[ASTERISK_NAME_LENGTH], struct text *key) {
	if (name.length > ASTERISK_NAME_LENGTH) return false;
	*key = text_lower_into(NULL, folded, ASTERISK_NAME_LENGTH, name);
	return true;
}

static struct asterisk_section *first_of(struct asterisk_reading *reading, struct text name) {
	char folded[ASTERISK_NAME_LENGTH];
	struct text key;
	struct asterisk_namesakes *namesakes = fold(name, folded, &key) ? map_get(&reading->names, key) : NULL;
	return namesakes ? namesakes->first : NULL;
}

static void add_section(struct asterisk_reading *reading, struct asterisk_section *section) {
	char folded[ASTERISK_NAME_LENGTH];
	struct text key;
	*list_add(reading->arena, &reading->view->sections) = &section->section;
	reading->current = &section->section;
	if (!fold(section->section.name, folded, &key)) return;
	struct asterisk_namesakes *namesakes = map_get(&reading->names, key);
	if (!namesakes) {
		namesakes = arena_new(reading->scratch, struct asterisk_namesakes);
		map_put(reading->scratch, &reading->names, text_copy(reading->scratch, key), namesakes);
		namesakes->first = section;
	} else {
		namesakes->last->next = section;
	}
	namesakes->last = section;
}

static bool fits(struct asterisk_file *file, const struct section *section, const struct asterisk_filter *filter,
                 struct span span) {
	return asterisk_work(file, span, 1) &&
	       (filter ? asterisk_filter_matches(file, filter, section, span) : !section->template);
}

static struct section *search(struct asterisk_file *file, struct text name, const struct asterisk_filter *filter,
                              struct span span) {
	const struct view *view = file->reading->view;
	if (name.length) {
		struct asterisk_section *section = first_of(file->reading, name);
		while (section && !fits(file, &section->section, filter, span))
			section = section->next;
		return section ? &section->section : NULL;
	}
	/* The empty name is any name. */
	for (size_t i = 0; i < view->sections.count; i++)
		if (fits(file, view->sections.items[i], filter, span))
			return view->sections.items[i];
	return NULL;
}

struct section *asterisk_find_section(struct asterisk_file *file, struct text name, struct text filter,
                                      struct span span) {
	if (!filter.length)
		return search(file, name, NULL, span);
	struct asterisk_filter *compiled = asterisk_filter_compile(file->reading->arena, filter);
	if (!compiled) {
		asterisk_stop(file, span, "filter");
		return NULL;
	}
	return search(file, name, compiled, span);
}

/* Any earlier section can be a base; the empty name is the first section's. */
static struct section *find_base(struct asterisk_file *file, struct text name) {
	const struct view *view = file->reading->view;
	if (!name.length)
		return view->sections.count ? view->sections.items[0] : NULL;
	struct asterisk_section *section = first_of(file->reading, name);
	return section ? &section->section : NULL;
}

static void reserve(struct arena *arena, struct variable_list *list, size_t more) {
	size_t wanted = list->count + more;
	if (wanted <= list->capacity) return;
	if (list->count && wanted < list->capacity * 2)
		wanted = list->capacity * 2;
	struct variable *moved = arena_array(arena, struct variable, wanted);
	if (list->count)
		memcpy(moved, list->items, list->count * sizeof(*moved));
	arena_discard(list->items, list->capacity * sizeof(*moved));
	list->items = moved;
	list->capacity = wanted;
}

void asterisk_add_variable(struct arena *arena, struct section *section, struct variable variable) {
	struct variable_list *list = &section->variables;
	if (list->count == list->capacity)
		reserve(arena, list, list->count ? list->count : FEW_VARIABLES);
	list->items[list->count++] = variable;
}

static void add_variables(struct arena *arena, struct section *target, const struct variable_list *from) {
	if (!from->count) return;
	reserve(arena, &target->variables, from->count);
	memcpy(target->variables.items + target->variables.count, from->items, from->count * sizeof(*from->items));
	target->variables.count += from->count;
}

static bool inherit(struct asterisk_file *file, struct section *target, struct text name, struct span span) {
	struct asterisk_reading *reading = file->reading;
	struct section *base = find_base(file, name);
	if (!base)
		return reading->lacking || asterisk_refuse(file, "unknown-template", span, name);
	if (base == target && base->variables.count)
		return asterisk_refuse_all(file, "endless-inheritance", span, base->name);
	if (base->variables.count + reading->inherited > reader_most_inherited(reading->bytes)) {
		asterisk_stop(file, span, "inherited variables");
		return false;
	}
	reading->inherited += base->variables.count;
	size_t before = target->variables.count;
	add_variables(reading->arena, target, &base->variables);
	for (size_t i = before; i < target->variables.count; i++)
		target->variables.items[i].inherited = true;
	return true;
}

/* A header being carried out: `fresh` is the section it opens, until a `+` finds another one. */
struct opening {
	struct asterisk_file *file;
	struct header *header;
	struct text name;              /* before it is cut: that is how `+` looks for it */
	struct span span;
	struct asterisk_section *fresh;
	struct section *target;
};

static bool extend(struct opening *opening, struct text filter) {
	struct asterisk_reading *reading = opening->file->reading;
	struct section *found = asterisk_find_section(opening->file, opening->name, filter, opening->span);
	if (reading->stopped) return false;
	if (!found)
		return reading->lacking || asterisk_refuse(opening->file, "missing-section-to-extend", opening->span,
		                                           opening->header->name);
	if (opening->fresh) {
		reading->current = found;
		found->template = found->template || opening->fresh->section.template;
		add_variables(reading->arena, found, &opening->fresh->section.variables);
		opening->fresh = NULL;
	}
	opening->target = found;
	opening->header->appends = true;
	return true;
}

static bool carry_out(struct opening *opening, struct text option) {
	if (text_is(option, "!")) {
		opening->target->template = opening->header->template = true;
		return true;
	}
	if (option.length && option.bytes[0] == '+')
		return extend(opening, text_from(option, 1));
	opening->header->inherits = true;
	return inherit(opening->file, opening->target, option, opening->span);
}

bool asterisk_open_section(struct asterisk_file *file, struct header *header, struct text name, struct text options,
                           struct span span) {
	struct asterisk_section *fresh = arena_new(file->reading->arena, struct asterisk_section);
	struct opening opening = {file, header, name, span, fresh, &fresh->section};
	fresh->section.name = header->name;
	fresh->section.header = header;
	bool more = options.bytes != NULL;
	while (more) {
		more = text_has_byte(options, ',');
		if (!carry_out(&opening, text_cut(&options, ','))) return false;
	}
	if (opening.fresh)
		add_section(file->reading, fresh);
	file->section = opening.target;
	return true;
}

static bool same_value(struct text a, struct text b) { return !b.length || text_equal_ignoring_case(a, b); }

/* As ast_variable_update(): it looks for the name again, this time ignoring case, and for the same value, so that an
 * earlier variable may be the one that changes. */
static struct variable *find_updated(struct variable_list *variables, size_t last) {
	struct text name = variables->items[last].name, value = variables->items[last].value;
	for (size_t i = 0; i < last; i++)
		if (text_equal_ignoring_case(variables->items[i].name, name) &&
		    same_value(variables->items[i].value, value))
			return &variables->items[i];
	return &variables->items[last];
}

bool asterisk_append(struct asterisk_file *file, struct section *section, const struct entry *entry) {
	struct variable_list *variables = &section->variables;
	size_t at = variables->count;
	while (at > 0 && !text_equal(variables->items[at - 1].name, entry->name))
		at--;
	if (!asterisk_work(file, entry->key, variables->count - at) || at == 0) return false;
	struct variable last = variables->items[at - 1], *updated = find_updated(variables, at - 1);
	asterisk_work(file, entry->key, (size_t)(updated - variables->items));
	struct text more = entry->content;
	while (!last.value.length && more.length && (unsigned char)more.bytes[0] < 33)
		more = text_from(more, 1);
	file->reading->joined += last.value.length + more.length;
	if (file->reading->joined > ASTERISK_MOST_JOINED) {
		asterisk_stop(file, entry->key, "bytes appended");
		return true;
	}
	updated->name = last.name;
	updated->value = text_join(file->reading->arena, last.value, more);
	updated->entry = entry;
	return true;
}
