#include "rule/load_reference.h"

#include <string.h>

#include "rule/load_language.h"
#include "rule/lookup.h"
#include "rule/shapes.h"

const struct field_row field_rows[FIELD_COUNT] = {
#define FIELD(name, subjects) {#name, subjects},
#include "rule/fields.def"
#undef FIELD
};

const struct word subject_names[] = {
	{"a file", SUBJECT_FILE}, {"a section", SUBJECT_SECTION}, {"a key", SUBJECT_KEY},       {"a fault", SUBJECT_FAULT},
	{"a line", SUBJECT_LINE}, {"a setting", SUBJECT_SETTING}, {"an answer", SUBJECT_ANSWER}, {0},
};

static const char *subject_name(enum subject_kind kind) {
	const struct word *name = subject_names;
	while (name->name && name->value != (int)kind)
		name++;
	return name->name ? name->name : "a finding";
}

static struct text_list names_here(struct loader *loader) {
	struct text_list names = {0};
	for (size_t i = 0; loader->selector && i < FIELD_COUNT; i++)
		if (field_rows[i].subjects & loader->selector->kind)
			*list_add(loader->arena, &names) = text_of(field_rows[i].name);
	if (loader->selector && loader->selector->group_by.count) {
		*list_add(loader->arena, &names) = TEXT("first");
		*list_add(loader->arena, &names) = TEXT("previous");
	}
	for (size_t i = 0; i < loader->pack->settings.count; i++)
		*list_add(loader->arena, &names) = loader->pack->settings.items[i]->name;
	return names;
}

static bool resolve_field(struct loader *loader, struct text name, struct reference *reference) {
	for (size_t i = 0; loader->selector && i < FIELD_COUNT; i++)
		if (text_is(name, field_rows[i].name) && field_rows[i].subjects & loader->selector->kind) {
			reference->kind = REFERENCE_FIELD;
			reference->field = (enum field)i;
			return true;
		}
	return false;
}

static bool resolve_setting(struct loader *loader, struct text name, struct reference *reference) {
	for (size_t i = 0; i < loader->pack->settings.count; i++)
		if (text_equal(name, loader->pack->settings.items[i]->name)) {
			reference->kind = REFERENCE_SETTING;
			reference->setting = loader->pack->settings.items[i];
			return true;
		}
	return false;
}

static bool resolve_group(struct loader *loader, struct text name, struct reference *reference) {
	struct text key = name;
	struct text which = text_cut(&key, '.');
	bool dotted = which.length < name.length;
	if (!loader->selector || !loader->selector->group_by.count ||
	    (!text_is(which, "first") && !text_is(which, "previous")) ||
	    (dotted && (!key.length || loader->selector->kind != SUBJECT_SECTION)))
		return false;
	reference->kind = REFERENCE_GROUP;
	reference->previous = text_is(which, "previous");
	reference->key = key;
	return true;
}

static bool resolve_key(struct loader *loader, struct text name, struct reference *reference) {
	const unsigned with_section = SUBJECT_SECTION | SUBJECT_KEY;
	bool own = text_starts_with(name, TEXT("own."));
	size_t start = own ? 4 : 1;
	if (name.length <= start || (!own && name.bytes[0] != '.') || !loader->selector ||
	    !(loader->selector->kind & with_section))
		return false;
	reference->kind = own ? REFERENCE_OWN : REFERENCE_KEY;
	reference->key = text_from(name, start);
	return true;
}

static void fault_unknown_name(struct loader *loader, const struct node *node, struct text name) {
	struct text_list names = names_here(loader);
	struct text help = loader_suggest(loader, name, &names);
	if (loader->selector_failed) return;
	if (loader->selector)
		loader_fault_within(loader, node, name, help, "'%.*s' is neither a field of %s nor a setting",
		                    TEXT_ARGUMENTS(name), subject_name(loader->selector->kind));
	else
		loader_fault_within(loader, node, name, help, "there is no setting '%.*s'", TEXT_ARGUMENTS(name));
}

static const struct reference *parse_reference(struct loader *loader, const struct node *node, struct text text);

static bool parse_readers(struct loader *loader, const struct node *node, struct text names, struct use_of_filter *use) {
	const struct reader **found = arena_array(loader->arena, const struct reader *, ROLE_MOST_READERS + 1);
	size_t count = 0;
	while (names.length) {
		struct text name = text_cut(&names, ' ');
		const struct reader *reader = LOAD_REGISTERED(loader, node, name, name, readers, "reader");
		if (reader && count == ROLE_MOST_READERS)
			loader_fault_within(loader, node, name, TEXT(""), "at most %d readers can be named",
			                    ROLE_MOST_READERS);
		if (!reader || count == ROLE_MOST_READERS) return false;
		found[count++] = reader;
	}
	use->readers = count ? found : NULL;
	return true;
}

static bool parse_argument(struct loader *loader, const struct node *node, struct text argument,
                           struct use_of_filter *use) {
	switch (use->filter->argument) {
	case ARGUMENT_REFERENCE: return (use->reference = parse_reference(loader, node, argument)) != NULL;
	case ARGUMENT_LIST: return (use->list = load_list_name(loader, node, argument)) != NULL;
	case ARGUMENT_READERS: return parse_readers(loader, node, argument, use);
	default: use->text = argument; return true;
	}
}

static bool parse_filter(struct loader *loader, const struct node *node, struct text text, struct use_of_filter *use) {
	size_t open = text_find_byte(text, '(');
	struct text name = text_slice(text, 0, open == TEXT_NOT_FOUND ? text.length : open);
	use->filter = LOAD_REGISTERED(loader, node, name, name, filters, "filter");
	if (!use->filter) return false;
	if (open != TEXT_NOT_FOUND && text.bytes[text.length - 1] != ')') {
		loader_fault_within(loader, node, text, TEXT(""), "'%s' lacks its closing ')'", use->filter->name);
		return false;
	}
	struct text argument = open == TEXT_NOT_FOUND ? TEXT("") : text_slice(text, open + 1, text.length - 1);
	if (use->filter->argument == ARGUMENT_NONE ? open != TEXT_NOT_FOUND
	                                           : open == TEXT_NOT_FOUND && use->filter->argument != ARGUMENT_TEXT &&
	                                                     use->filter->argument != ARGUMENT_READERS) {
		loader_fault_within(loader, node, text, TEXT(""), "the filter '%s' takes %s argument",
		                    use->filter->name, use->filter->argument == ARGUMENT_NONE ? "no" : "an");
		return false;
	}
	return parse_argument(loader, node, argument, use);
}

static const struct reference *parse_reference(struct loader *loader, const struct node *node, struct text text) {
	struct reference *reference = arena_new(loader->arena, struct reference);
	struct text rest = text;
	struct text name = text_cut(&rest, '|');
	if (!resolve_key(loader, name, reference) && !resolve_group(loader, name, reference) &&
	    !resolve_field(loader, name, reference) && !resolve_setting(loader, name, reference)) {
		fault_unknown_name(loader, node, name);
		return NULL;
	}
	if (name.length == text.length)
		return reference;
	size_t most = 1;
	for (size_t i = 0; i < rest.length; i++)
		most += rest.bytes[i] == '|';
	struct use_of_filter *uses = arena_array(loader->arena, struct use_of_filter, most);
	reference->filters.items = uses;
	for (size_t i = 0; i < most; i++) {
		struct text filter = text_cut(&rest, '|');
		if (!parse_filter(loader, node, filter, &uses[i])) return NULL;
		reference->filters.count++;
	}
	return reference;
}

const struct reference *load_reference(struct loader *loader, const struct node *node) {
	struct text text;
	return load_text(loader, node, &text) ? parse_reference(loader, node, text) : NULL;
}

bool load_braced_part(struct loader *loader, const struct node *node, struct text *rest, struct text *part, bool *named) {
	size_t brace = 0;
	while (brace < rest->length && rest->bytes[brace] != '{' && rest->bytes[brace] != '}')
		brace++;
	*named = false;
	if (brace) {
		*part = text_slice(*rest, 0, brace);
		*rest = text_from(*rest, brace);
		return true;
	}
	if (rest->length > 1 && rest->bytes[1] == rest->bytes[0]) {
		*part = text_slice(*rest, 0, 1);
		*rest = text_from(*rest, 2);
		return true;
	}
	size_t end = text_find_byte(*rest, '}');
	if (rest->bytes[0] == '}' || end == TEXT_NOT_FOUND) {
		loader_fault_within(loader, node, text_slice(*rest, 0, 1), TEXT("write {{ or }} for a brace itself"),
		                    "a brace without its partner");
		return false;
	}
	*named = true;
	*part = text_slice(*rest, 1, end);
	*rest = text_from(*rest, end + 1);
	return true;
}

struct part_list LIST_OF(struct template_part);

static bool parse_parts(struct loader *loader, const struct node *node, struct part_list *parts) {
	struct text rest = node->text, part;
	bool named;
	while (rest.length) {
		if (!load_braced_part(loader, node, &rest, &part, &named)) return false;
		const struct reference *reference = named ? parse_reference(loader, node, part) : NULL;
		if (named && !reference) return false;
		*list_add(loader->arena, parts) = (struct template_part){named ? TEXT("") : part, reference};
	}
	return true;
}

const struct template *load_template(struct loader *loader, const struct node *node) {
	struct text text;
	struct part_list parts = {0};
	if (!load_text(loader, node, &text) || !parse_parts(loader, node, &parts)) return NULL;
	struct template *template = arena_new(loader->arena, struct template);
	*template = (struct template){{parts.items, parts.count}, text};
	return template;
}

/* --- as members --- */

READ(load_reference_member, *(const struct reference **)field = load_reference(loader, node))
READ(load_template_member, *(const struct template **)field = load_template(loader, node))

static void load_one_message(struct loader *loader, const struct node *node, enum language language, void *object) {
	((struct message *)object)->in[language] = load_template(loader, node);
}

READ(load_message, load_in_languages(loader, node, field, load_one_message))

const struct member_type member_reference = {MEMORY_POINTER, load_reference_member, "reference"};
const struct member_type member_template = {MEMORY_POINTER, load_template_member, "template"};
const struct member_type member_message = {MEMORY_STRUCT, load_message, "message"};

/* --- as constants --- */

static const struct shape shape_registered_filter = {"filter"};
const struct shape shape_reader = {"reader"};

static const struct member filter_members[] = {
	{AT(use_of_filter, filter), NULL, &found_registered, .of = &shape_registered_filter},
	{AT(use_of_filter, text), NULL, &found_text},
	{AT(use_of_filter, reference), NULL, &found_pointer, .of = &shape_reference},
	{AT(use_of_filter, list), NULL, &found_pointer, .of = &shape_list},
	{AT(use_of_filter, readers), NULL, &found_registered_ended, .of = &shape_reader},
	{0},
};
const struct shape shape_use_of_filter = {STRUCT(use_of_filter), .members = filter_members};

static const struct member reference_members[] = {
	{AT(reference, kind), NULL, &found_number},
	{AT(reference, field), NULL, &found_number},
	{AT(reference, key), NULL, &found_text},
	{AT(reference, setting), NULL, &found_pointer, .of = &shape_setting},
	{AT(reference, previous), NULL, &found_number},
	{AT(reference, filters), NULL, &found_array, .of = &shape_use_of_filter},
	{0},
};
const struct shape shape_reference = {STRUCT(reference), .members = reference_members};

static const struct member part_members[] = {
	{AT(template_part, text), NULL, &found_text},
	{AT(template_part, reference), NULL, &found_pointer, .of = &shape_reference},
	{0},
};
static const struct shape shape_part = {STRUCT(template_part), .members = part_members};

static const struct member template_members[] = {
	{AT(template, parts), NULL, &found_array, .of = &shape_part},
	{AT(template, spelled), NULL, &found_text},
	{0},
};
const struct shape shape_template = {STRUCT(template), .members = template_members};

static const struct member message_members[] = {
	{AT(message, in), NULL, &found_pointer, .of = &shape_template},
	{0},
};
const struct shape shape_message = {STRUCT(message), .members = message_members};

static const struct member words_members[] = {{AT(words, in), NULL, &found_text}, {0}};
const struct shape shape_words = {STRUCT(words), .members = words_members};
