/* What docker compose gives to the programs of a compose file: a section for each service, with the variables of its
 * `environment`. Held against docker-compose 1.29.2 (`config`), which takes a number in YAML for what Python makes of it;
 * what other files, `extends` or the caller's environment decide is not settled. */
#include "base/buffer.h"
#include "base/map.h"
#include "reader/compose/tree.h"
#include "reader/reader.h"

struct services {
	struct reading *reading;
	struct view *view;
	struct compose_tree tree;
	struct section *section;
	struct span place;    /* of the service that is read: what lies elsewhere is others', too */
	struct map variables; /* of the section: name -> place in its list, from 1 */
	bool looked_beside;   /* for the .env that compose reads, too ... */
	bool unreadable;
	struct text beside;   /* ... and its bytes */
};

/* --- values --- */

static const struct text *doubt(struct services *services, struct text name, const char *words) {
	struct text *reason = arena_new(services->reading->arena, struct text);
	*reason = text_join(services->reading->arena, name, text_of(words));
	return reason;
}

/* The name behind `$` or `${`; empty without one. */
static struct text name_in(struct text text, size_t dollar) {
	size_t start = dollar + 1 + (dollar + 1 < text.length && text.bytes[dollar + 1] == '{');
	size_t end = start;
	while (end < text.length && text_is_word_byte(text.bytes[end]))
		end++;
	return text_slice(text, start, end);
}

/* `${X:-default}` and `${X-default}` that are all of the value. */
static bool is_default(struct text text, struct text name, struct text *value) {
	struct text rest = text_from(text, name.length + 2);
	size_t sign = text_starts_with(rest, TEXT(":-")) ? 2 : text_starts_with(rest, TEXT("-")) ? 1 : 0;
	if (!sign || !text_starts_with(text, TEXT("${")) || text_find_byte(text, '}') != text.length - 1) return false;
	*value = text_slice(rest, sign, rest.length - 1);
	return value->length && text_find_byte(*value, '$') == TEXT_NOT_FOUND; /* an empty one only keeps compose quiet */
}

static void look_beside(struct services *services) {
	const struct reading *reading = services->reading;
	struct text path = source_beside(reading->arena, reading->source, TEXT(".env"), reading->memory), fault = TEXT("");
	services->looked_beside = true;
	for (size_t i = 0; path.length && reading->memory && i < reading->memory->count; i++)
		if (text_equal(reading->memory->items[i]->path, path))
			services->beside = reading->memory->items[i]->bytes;
	if (path.length && !reading->memory)
		services->beside = source_read(reading->arena, path, &fault)->bytes;
	services->unreadable = fault.length > 0;
}

/* Whether a .env beside the file speaks of the name. */
static bool is_set_beside(struct services *services, struct text name) {
	if (!services->looked_beside)
		look_beside(services);
	struct text bytes = services->beside;
	size_t at = 0, hit;
	while ((hit = text_find(text_from(bytes, at), name)) != TEXT_NOT_FOUND) {
		at += hit;
		if ((at == 0 || !text_is_word_byte(bytes.bytes[at - 1])) && at + name.length < bytes.length &&
		    !text_is_word_byte(bytes.bytes[at + name.length]))
			return true;
		at += name.length;
	}
	return services->unreadable;
}

/* Replaces `$$`; tells what else stands for a value from elsewhere. */
static void settle(struct services *services, struct text text, struct variable *variable) {
	struct buffer value = {.arena = services->reading->arena};
	for (size_t at = 0; at < text.length; at++) {
		bool dollar = text.bytes[at] == '$';
		if (dollar && at + 1 < text.length && text.bytes[at + 1] == '$') {
			at++;
		} else if (dollar) {
			struct text name = name_in(text, at);
			bool beside = !name.length || is_set_beside(services, name);
			if (!beside && at == 0 && is_default(text, name, &variable->value))
				variable->presumed = doubt(services, name, " may be set where docker compose is started");
			else
				variable->unsettled = doubt(services, name, " is set outside of the compose file");
			return;
		}
		buffer_add_byte(&value, text.bytes[at]);
	}
	variable->value = buffer_text(&value);
}

/* --- variables --- */

static struct span lines_of(const struct source *source, struct span span) {
	struct text bytes = source->bytes;
	size_t before = text_find_last_byte(text_slice(bytes, 0, span.start), '\n');
	size_t feed = text_find_byte(text_from(bytes, span.end), '\n');
	return (struct span){before == TEXT_NOT_FOUND ? 0 : (uint32_t)before + 1,
	                     feed == TEXT_NOT_FOUND ? (uint32_t)bytes.length : span.end + (uint32_t)feed + 1};
}

/* Of a key that is there already the later value counts. */
static struct variable *add(struct services *services, struct entry *entry, struct text text, bool absent) {
	struct arena *arena = services->reading->arena;
	struct variable variable = {.name = entry->name, .absent = absent, .entry = entry};
	entry->source = services->tree.source;
	entry->shared = entry->key.start < services->place.start || entry->value.start < entry->key.end ||
	                entry->value.end > services->place.end;
	if (entry->value.start < entry->key.end) /* an alias: its value stands elsewhere */
		entry->value = entry->operator = (struct span){entry->key.end, entry->key.end};
	entry->lines = lines_of(entry->source, (struct span){entry->key.start, entry->value.end});
	settle(services, text, &variable);
	entry->content = variable.value;
	if (absent)
		variable.unsettled = doubt(services, entry->name, " is taken from where docker compose is started");
	*list_add(arena, &services->view->entries) = entry;
	uintptr_t place = (uintptr_t)map_get(&services->variables, entry->name);
	struct variable *slot = place ? &services->section->variables.items[place - 1]
	                              : list_add(arena, &services->section->variables);
	*slot = variable;
	map_put(arena, &services->variables, entry->name, (void *)(uintptr_t)services->section->variables.count);
	return slot;
}

/* Whether YAML takes a plain scalar for a number that compose may write otherwise: 0644 becomes 420, 1.50 becomes 1.5. */
static bool is_odd_number(struct text text) {
	size_t start = text.length && text_has_byte(TEXT("+-."), text.bytes[0]);
	bool digits = start < text.length && text.bytes[start] >= '0' && text.bytes[start] <= '9';
	bool whole = !text_trim(text, "0123456789").length && (text.length == 1 || text.bytes[0] != '0') && text.length < 16;
	return digits && !whole && !text_trim(text, "0123456789abcdefABCDEFxo+-._:").length;
}

/* `KEY: value` */
static void add_pair(void *context, yaml_node_t *key, yaml_node_t *value) {
	struct services *services = context;
	if (value->type != YAML_SCALAR_NODE) return;
	struct entry *entry = arena_new(services->reading->arena, struct entry);
	struct text text = compose_tree_text(&services->tree, value);
	bool plain = value->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	entry->name = compose_tree_text(&services->tree, key);
	entry->key = compose_tree_span(&services->tree, key);
	entry->value = compose_tree_span(&services->tree, value);
	entry->operator = (struct span){entry->key.end, entry->key.end + 1};
	entry->quote = plain ? 0 : value->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ? '\'' : '"';
	struct variable *variable = add(services, entry, text, plain && (!text.length || text_is(text, "~") || text_is(text, "null")));
	if (plain && is_odd_number(text))
		variable->unsettled = doubt(services, entry->name, " is a number without quotes, which compose may write otherwise");
}

/* `- KEY=value`, all of it in quotes or not. */
static void add_item(struct services *services, yaml_node_t *item) {
	if (!item || item->type != YAML_SCALAR_NODE) return;
	struct text text = compose_tree_text(&services->tree, item);
	struct span span = compose_tree_span(&services->tree, item);
	uint32_t quoted = item->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	size_t sign = text_find_byte(text, '=');
	size_t written = text_find_byte(source_slice(services->tree.source, span), '=');
	struct entry *entry = arena_new(services->reading->arena, struct entry);
	entry->name = sign == TEXT_NOT_FOUND ? text : text_slice(text, 0, sign);
	entry->key = (struct span){span.start + quoted, span.end - quoted};
	if (sign != TEXT_NOT_FOUND && written != TEXT_NOT_FOUND)
		entry->key.end = span.start + (uint32_t)written;
	entry->operator = (struct span){entry->key.end, entry->key.end + (sign != TEXT_NOT_FOUND)};
	entry->value = (struct span){entry->operator.end, span.end - quoted};
	add(services, entry, sign == TEXT_NOT_FOUND ? TEXT("") : text_from(text, sign + 1), sign == TEXT_NOT_FOUND);
}

/* --- services --- */

static void add_service(void *context, yaml_node_t *key, yaml_node_t *service) {
	struct services *services = context;
	struct arena *arena = services->reading->arena;
	services->place = compose_tree_span(&services->tree, service);
	yaml_node_t *environment = compose_tree_get(&services->tree, service, "environment");
	struct header *header = arena_new(arena, struct header);
	header->source = services->tree.source;
	header->name = compose_tree_text(&services->tree, key);
	header->name_span = compose_tree_span(&services->tree, key);
	header->lines = lines_of(header->source, header->name_span);
	services->section = arena_new(arena, struct section);
	*services->section = (struct section){.name = header->name, .header = header};
	services->variables = (struct map){0};
	*list_add(arena, &services->view->headers) = header;
	*list_add(arena, &services->view->sections) = services->section;
	compose_tree_each(&services->tree, environment, add_pair, services);
	if (!environment || environment->type != YAML_SEQUENCE_NODE) return;
	for (yaml_node_item_t *item = environment->data.sequence.items.start; item < environment->data.sequence.items.top; item++)
		add_item(services, compose_tree_node(&services->tree, *item));
}

/* Whatever else stands in a line is looked at like a remark. */
static void add_tokens(struct token_list *tokens, struct text bytes) {
	for (size_t start = 0, end; start < bytes.length; start = end) {
		size_t feed = text_find_byte(text_from(bytes, start), '\n');
		end = feed == TEXT_NOT_FOUND ? bytes.length : start + feed + 1;
		token_add(tokens, TOKEN_COMMENT, start, feed == TEXT_NOT_FOUND ? end : end - 1);
		token_add(tokens, TOKEN_LINE_END, feed == TEXT_NOT_FOUND ? end : end - 1, end);
	}
}

static struct view *read_services(const struct reader *reader, struct reading *reading) {
	struct services services = {.reading = reading, .view = view_new(reading)};
	add_tokens(services.view->tokens.items[0], reading->source->bytes);
	if (!compose_tree_read(reading->arena, reading->source, &services.tree)) {
		services.view->ok = false;
		services.view->error = TEXT("this is no YAML");
		return services.view;
	}
	yaml_node_t *root = yaml_document_get_root_node(&services.tree.document);
	compose_tree_each(&services.tree, compose_tree_get(&services.tree, root, "services"), add_service, &services);
	compose_tree_release(&services.tree);
	return services.view;
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
	.summary = "docker compose: what `environment` of each service of a compose file gives to its program",
	.comment = "#",
	.has_sections = true,
	.read = read_services,
	.offer = offer_scalar,
	.sample = sample,
};
