/* `environment` and `env_file` of a service. Held against docker-compose 2.40.3 (`config`), which takes a number in
 * YAML for what its language makes of it. */
#include "base/path.h"
#include "reader/compose/project.h"

struct environment {
	struct compose_project *project;
	struct compose_service *service;
	const struct compose_piece *piece; /* that is read */
	struct span place;                 /* of it: what lies elsewhere is others', too */
	struct section *section;
	struct map variables;              /* name -> place in the section's list, from 1 */
	size_t own;                        /* how many come of `environment` */
};

/* --- variables --- */

static struct arena *arena_of(const struct environment *environment) { return environment->project->reading->arena; }

static struct span lines_of(const struct source *source, struct span span) {
	struct text bytes = source->bytes;
	size_t before = text_find_last_byte(text_slice(bytes, 0, span.start), '\n');
	size_t feed = text_find_byte(text_from(bytes, span.end), '\n');
	return (struct span){before == TEXT_NOT_FOUND ? 0 : (uint32_t)before + 1,
	                     feed == TEXT_NOT_FOUND ? (uint32_t)bytes.length : span.end + (uint32_t)feed + 1};
}

/* Of a key that is there already the later value counts. */
static struct variable *put(struct environment *environment, const struct variable *variable) {
	struct arena *arena = arena_of(environment);
	struct variable_list *list = &environment->section->variables;
	uintptr_t place = (uintptr_t)map_get(&environment->variables, variable->name);
	if (place && place <= environment->own)
		return &list->items[place - 1];
	struct variable *slot = place ? &list->items[place - 1] : list_add(arena, list);
	*slot = *variable;
	map_put(arena, &environment->variables, variable->name, (void *)(uintptr_t)list->count);
	return slot;
}

/* Where the value is a variable of the .env as a whole, it stands there. */
static struct variable *add(struct environment *environment, struct entry *entry, struct text text, bool absent) {
	struct arena *arena = arena_of(environment);
	const struct compose_scope *scope = environment->piece->document->scope;
	struct variable variable = {.name = entry->name, .absent = absent, .entry = entry};
	entry->source = environment->piece->document->tree.source;
	entry->shared = environment->piece->extended || entry->key.start < environment->place.start ||
	                entry->value.start < entry->key.end || entry->value.end > environment->place.end;
	if (entry->value.start < entry->key.end) /* an alias: its value stands elsewhere */
		entry->value = entry->operator = (struct span){entry->key.end, entry->key.end};
	entry->lines = lines_of(entry->source, (struct span){entry->key.start, entry->value.end});
	const struct variable *other = absent ? compose_scope_variable(compose_scope_root(scope), entry->name)
	                                      : compose_scope_settle(scope, text, &variable);
	if (other) {
		variable = *other;
		variable.name = entry->name;
	} else if (absent) {
		variable.unsettled = true;
		variable.doubt = compose_doubt(arena, entry->name, " is taken from where docker compose is started");
	}
	entry->content = variable.expanded ? text : variable.value;
	*list_add(arena, &environment->project->view->entries) = entry;
	return put(environment, &variable);
}

/* Whether YAML takes a plain scalar for a number or a truth that compose may write otherwise: 0644 becomes 420, 1.50 becomes
 * 1.5. */
static bool is_odd(struct text text) {
	static const char *const truths[] = {"True", "TRUE", "False", "FALSE"};
	for (size_t i = 0; i < sizeof(truths) / sizeof(*truths); i++)
		if (text_is(text, truths[i]))
			return true;
	size_t start = text.length && text_has_byte(TEXT("+-."), text.bytes[0]);
	start += start < text.length && text.bytes[start] == '.';
	bool digits = start < text.length && text.bytes[start] >= '0' && text.bytes[start] <= '9';
	bool whole = !text_trim(text, "0123456789").length && (text.length == 1 || text.bytes[0] != '0') && text.length < 16;
	return digits && !whole && !text_trim(text, "0123456789abcdefABCDEFxo+-._:").length;
}

static bool is_null(struct text text) {
	return !text.length || text_is(text, "~") || text_is(text, "null") || text_is(text, "Null") || text_is(text, "NULL");
}

/* `KEY: value` */
static void add_pair(void *context, yaml_node_t *key, yaml_node_t *value) {
	struct environment *environment = context;
	struct compose_tree *tree = &environment->piece->document->tree;
	if (value->type != YAML_SCALAR_NODE) return;
	struct entry *entry = arena_new(arena_of(environment), struct entry);
	struct text text = compose_tree_text(tree, value);
	bool plain = value->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	entry->name = compose_tree_text(tree, key);
	entry->key = compose_tree_span(tree, key);
	entry->value = compose_tree_span(tree, value);
	entry->operator = (struct span){entry->key.end, entry->key.end + 1};
	entry->quote = plain ? 0 : value->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ? '\'' : '"';
	struct variable *variable = add(environment, entry, text, plain && is_null(text));
	if (!plain || !is_odd(text)) return;
	variable->unsettled = true;
	variable->doubt = compose_doubt(arena_of(environment), entry->name,
	                                " is a number without quotes, which compose may write otherwise");
}

/* `- KEY=value`, all of it in quotes or not. */
static void add_item(struct environment *environment, yaml_node_t *item) {
	struct compose_tree *tree = &environment->piece->document->tree;
	if (!item || item->type != YAML_SCALAR_NODE) return;
	struct text text = compose_tree_text(tree, item);
	struct span span = compose_tree_span(tree, item);
	uint32_t quoted = item->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	size_t sign = text_find_byte(text, '=');
	size_t written = text_find_byte(source_slice(tree->source, span), '=');
	struct entry *entry = arena_new(arena_of(environment), struct entry);
	entry->name = sign == TEXT_NOT_FOUND ? text : text_slice(text, 0, sign);
	entry->key = (struct span){span.start + quoted, span.end - quoted};
	if (sign != TEXT_NOT_FOUND && written != TEXT_NOT_FOUND)
		entry->key.end = span.start + (uint32_t)written;
	entry->operator = (struct span){entry->key.end, entry->key.end + (sign != TEXT_NOT_FOUND)};
	entry->value = (struct span){entry->operator.end, span.end - quoted};
	add(environment, entry, sign == TEXT_NOT_FOUND ? TEXT("") : text_from(text, sign + 1), sign == TEXT_NOT_FOUND);
}

static void add_own(struct environment *environment, const struct compose_piece *piece) {
	struct compose_tree *tree = &piece->document->tree;
	yaml_node_t *node = compose_tree_get(tree, piece->service, "environment");
	environment->piece = piece;
	environment->place = compose_tree_span(tree, piece->service);
	if (compose_tree_replaces(node)) {
		environment->section->variables.count = 0;
		environment->variables = (struct map){0};
	}
	if (compose_tree_tagged(node, "!reset")) return;
	compose_tree_each(tree, node, add_pair, environment);
	if (!node || node->type != YAML_SEQUENCE_NODE) return;
	for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
		add_item(environment, compose_tree_node(tree, *item));
}

/* --- env_file --- */

/* A file of it. */
struct env_file {
	const struct compose_document *document;
	struct text path, format;
	bool optional;
};

struct env_file_list LIST_OF(struct env_file);

/* Its path; empty where that can't be told. */
static struct text path_of(const struct env_file *file) {
	struct text path;
	return compose_scope_text(file->document->scope, file->path, &path) ? path : TEXT("");
}

/* Within one folder `./one.env` is another than `one.env`. */
static bool is_named_alike(struct environment *environment, const struct env_file *a, const struct env_file *b) {
	struct text first = a->document->scope->folder, second = b->document->scope->folder;
	struct text one = path_of(a), other = path_of(b);
	bool here = text_equal(first, second);
	return one.length && text_equal(here ? one : path_absolute(arena_of(environment), first, one),
	                                here ? other : path_absolute(arena_of(environment), second, other));
}

/* A file that is named again, by the service or by one that it extends, stays at its first place. */
static struct env_file *find_env_file(struct environment *environment, struct env_file_list *list, const struct env_file *file) {
	for (size_t i = 0; i < list->count; i++)
		if (is_named_alike(environment, &list->items[i], file))
			return &list->items[i];
	return list_add(arena_of(environment), list);
}

static void add_env_file(struct environment *environment, const struct compose_piece *piece, yaml_node_t *node,
                         struct env_file_list *list) {
	struct compose_tree *tree = &piece->document->tree;
	bool map = node && node->type == YAML_MAPPING_NODE;
	if (!node || node->type == YAML_SEQUENCE_NODE) return;
	struct env_file file = {
		piece->document, compose_tree_text(tree, map ? compose_tree_get(tree, node, "path") : node),
		compose_tree_text(tree, map ? compose_tree_get(tree, node, "format") : NULL),
		map && text_is(compose_tree_text(tree, compose_tree_get(tree, node, "required")), "false")};
	*find_env_file(environment, list, &file) = file;
}

static void add_env_files(struct environment *environment, const struct compose_piece *piece, struct env_file_list *list) {
	yaml_node_t *node = compose_tree_get(&piece->document->tree, piece->service, "env_file");
	if (compose_tree_replaces(node))
		list->count = 0;
	if (compose_tree_tagged(node, "!reset")) return;
	if (!node || node->type != YAML_SEQUENCE_NODE) {
		add_env_file(environment, piece, node, list);
		return;
	}
	for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
		add_env_file(environment, piece, compose_tree_node(&piece->document->tree, *item), list);
}

static void hand(struct environment *environment, struct source *source, const struct reader *reader) {
	struct section *section = environment->section;
	if (!section->handed)
		section->handed = arena_new(arena_of(environment), struct handed_list);
	*list_add(arena_of(environment), section->handed) = (struct handed_file){source, reader};
}

/* The settled variables from one on up to another, as an env_file may name them. */
static void list_variables(const struct environment *environment, size_t from, size_t to, struct text_list *list) {
	bool all = environment->project->reading->has_environment; /* there is no other value that it could have */
	for (size_t i = from; i < to; i++) {
		const struct variable *variable = &environment->section->variables.items[i];
		if (!variable->absent && (!variable->unsettled || all))
			*list_add(arena_of(environment), list) = text_format(
				arena_of(environment), "%.*s=%.*s", TEXT_ARGUMENTS(variable->name), TEXT_ARGUMENTS(variable->value));
	}
}

static const struct text *read_env_file(struct environment *environment, const struct env_file *file) {
	struct arena *arena = arena_of(environment);
	const struct compose_scope *scope = file->document->scope;
	struct text path;
	const struct reader *reader = reader_find(!file->format.length ? TEXT("compose") : text_is(file->format, "raw") ? TEXT("docker") : TEXT(""));
	if (!compose_scope_text(scope, file->path, &path) || !path.length || !reader)
		return compose_doubt(arena, TEXT(""), "an env_file is named in a way that can't be followed");
	struct source *source = compose_open(environment->project->reading, scope->folder, path);
	if (!source)
		return file->optional ? NULL : compose_doubt(arena, path, ", an env_file, is not there");
	struct text_list around = {0}, given = {0};
	compose_scope_list(compose_scope_root(scope), &around); /* counts more than what the service has */
	list_variables(environment, 0, environment->own, &around);
	list_variables(environment, environment->own, environment->section->variables.count, &given);
	struct view *view = compose_read_env(scope, source, reader, &around, &given);
	hand(environment, source, reader);
	if (!view->ok)
		return compose_doubt(arena, path, ", an env_file, is refused as a whole");
	for (size_t i = 0; i < view->sections.items[0]->variables.count; i++)
		put(environment, &view->sections.items[0]->variables.items[i]);
	return NULL;
}

/* --- services --- */

static const struct header *header_of(struct environment *environment) {
	const struct compose_service *service = environment->service;
	struct header *header = arena_new(arena_of(environment), struct header);
	header->source = service->document->tree.source;
	header->name = service->name;
	header->name_span = service->name_span;
	header->lines = lines_of(header->source, header->name_span);
	*list_add(arena_of(environment), &environment->project->view->headers) = header;
	return header;
}

/* Services of a profile are started when it is asked for. */
static void presume(struct environment *environment) {
	const struct text *reason = NULL;
	for (size_t i = 0; i < environment->service->piece_count; i++) {
		struct compose_piece *piece = &environment->service->pieces[i];
		if (compose_tree_get(&piece->document->tree, piece->service, "profiles"))
			reason = compose_doubt(arena_of(environment), environment->service->name, " runs only where its profile is asked for");
	}
	for (size_t i = 0; reason && i < environment->section->variables.count; i++) {
		struct variable *variable = &environment->section->variables.items[i];
		variable->presumed = true;
		variable->doubt = variable->unsettled ? variable->doubt : reason;
	}
}

void compose_environment(struct compose_project *project, struct compose_service *service) {
	struct environment environment = {.project = project, .service = service};
	struct env_file_list files = {0};
	environment.section = arena_new(project->reading->arena, struct section);
	*environment.section = (struct section){.name = service->name, .header = header_of(&environment), .lacking = service->lacking,
	                                         .deployment = compose_deployment(project, service)};
	*list_add(project->reading->arena, &project->view->sections) = environment.section;
	for (size_t i = 0; i < service->piece_count; i++) {
		add_own(&environment, &service->pieces[i]);
		add_env_files(&environment, &service->pieces[i], &files);
	}
	environment.own = environment.section->variables.count;
	for (size_t i = 0; i < files.count; i++) {
		const struct text *lacking = read_env_file(&environment, &files.items[i]);
		environment.section->lacking = environment.section->lacking ? environment.section->lacking : lacking;
	}
	presume(&environment);
}
