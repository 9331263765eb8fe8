#include "reader/compose/project.h"

#include "base/path.h"

enum { MOST_DOCUMENTS = 64, MOST_DEPTH = 8 };

/* --- documents --- */

/* Whatever else stands in a line is looked at like a remark. */
static void add_tokens(struct token_list *tokens, struct text bytes) {
	for (size_t start = 0, end; start < bytes.length; start = end) {
		size_t feed = text_find_byte(text_from(bytes, start), '\n');
		end = feed == TEXT_NOT_FOUND ? bytes.length : start + feed + 1;
		token_add(tokens, TOKEN_COMMENT, start, feed == TEXT_NOT_FOUND ? end : end - 1);
		token_add(tokens, TOKEN_LINE_END, feed == TEXT_NOT_FOUND ? end : end - 1, end);
	}
}

static bool has_source(const struct view *view, const struct source *source) {
	for (size_t i = 0; i < view->sources.count; i++)
		if (view->sources.items[i] == source)
			return true;
	return false;
}

static struct compose_scope *new_scope(struct compose_project *project, struct text folder, const struct compose_scope *above) {
	struct compose_scope *scope = arena_new(project->reading->arena, struct compose_scope);
	*scope = (struct compose_scope){.reading = project->reading, .view = project->view, .folder = folder, .above = above};
	return scope;
}

/* NULL where it can't be read. */
static struct compose_document *add_document(struct compose_project *project, struct source *source,
                                             struct compose_scope *scope) {
	struct arena *arena = project->reading->arena;
	struct compose_document *document = arena_new(arena, struct compose_document);
	if (project->document_count == MOST_DOCUMENTS || !compose_tree_read(arena, source, &document->tree)) return NULL;
	document->scope = scope;
	document->next = project->documents;
	project->documents = document;
	project->document_count++;
	if (!has_source(project->view, source))
		add_tokens(view_add_source(project->reading, project->view, source), source->bytes);
	return document;
}

/* A file that is named in another, relative to its folder; NULL where it can't be read. `own` says whether the .env beside it
 * counts, too. */
static struct compose_document *open_document(struct compose_project *project, const struct compose_scope *from,
                                              struct text path, bool own) {
	struct text name;
	struct source *source = compose_scope_text(from, path, &name) && name.length
	                                ? compose_open(project->reading, from->folder, name) : NULL;
	if (!source) return NULL;
	for (struct compose_document *document = project->documents; document && !own; document = document->next)
		if (document->tree.source == source)
			return document;
	struct compose_scope *scope = new_scope(project, path_prefix(source->path), from);
	if (own)
		compose_scope_open(scope);
	return add_document(project, source, scope);
}

/* --- services --- */

static yaml_node_t *root_member(struct compose_document *document, const char *key) {
	return compose_tree_get(&document->tree, yaml_document_get_root_node(&document->tree.document), key);
}

static yaml_node_t *find_service(struct compose_document *document, struct text name) {
	if (text_find_byte(name, '\0') != TEXT_NOT_FOUND) return NULL;
	return compose_tree_get(&document->tree, root_member(document, "services"),
	                        text_string(document->tree.arena, name));
}

static void lack(struct compose_project *project, struct compose_service *service, struct text name, const char *words) {
	if (!service->lacking)
		service->lacking = compose_doubt(project->reading->arena, name, words);
}

/* What it extends comes first. */
static void add_piece(struct compose_project *project, struct compose_service *service, struct compose_document *document,
                      yaml_node_t *node, int depth) {
	struct compose_tree *tree = &document->tree;
	yaml_node_t *extends = compose_tree_get(tree, node, "extends");
	if (extends && depth == MOST_DEPTH) {
		lack(project, service, service->name, " extends others too deep");
	} else if (extends) {
		bool map = extends->type == YAML_MAPPING_NODE;
		yaml_node_t *file = map ? compose_tree_get(tree, extends, "file") : NULL;
		struct text name = compose_tree_text(tree, map ? compose_tree_get(tree, extends, "service") : extends);
		struct compose_document *other = file ? open_document(project, document->scope, compose_tree_text(tree, file), false)
		                                      : document;
		yaml_node_t *base = other ? find_service(other, name) : NULL;
		if (base)
			add_piece(project, service, other, base, depth + 1);
		else
			lack(project, service, name, ", which it extends, can't be read");
	}
	if (service->piece_count < COMPOSE_MOST_PIECES)
		service->pieces[service->piece_count++] = (struct compose_piece){document, node, depth > 0};
	else
		lack(project, service, service->name, " is made of too many others");
}

struct adding {
	struct compose_project *project;
	struct compose_document *document;
};

static void add_service(void *context, yaml_node_t *key, yaml_node_t *node) {
	struct adding *adding = context;
	struct compose_project *project = adding->project;
	struct text name = compose_tree_text(&adding->document->tree, key);
	struct compose_service *service = map_get(&project->by_name, name);
	if (!service) {
		service = arena_new(project->reading->arena, struct compose_service);
		*service = (struct compose_service){.name = name, .document = adding->document,
		                                    .name_span = compose_tree_span(&adding->document->tree, key)};
		map_put(project->reading->arena, &project->by_name, name, service);
		*list_add(project->reading->arena, &project->services) = service;
	}
	add_piece(project, service, adding->document, node, 0);
}

static void add_services(struct compose_project *project, struct compose_document *document) {
	struct adding adding = {project, document};
	compose_tree_each(&document->tree, root_member(document, "services"), add_service, &adding);
}

/* --- the project --- */

static void add_part(struct compose_project *project, struct compose_document *document) {
	*list_add(project->reading->arena, &project->view->parts) = document->tree.source;
	add_services(project, document);
}

/* The first of the names that lies beside the file is read over it. */
static void add_override(struct compose_project *project, struct compose_document *root) {
	const struct text_list *names = project->reading->overrides;
	for (size_t i = 0; names && i < names->count; i++) {
		struct source *source = compose_open(project->reading, root->scope->folder, names->items[i]);
		struct compose_document *document = source ? add_document(project, source, root->scope) : NULL;
		if (document)
			add_part(project, document);
		for (size_t j = 0; source && !document && j < project->services.count; j++)
			lack(project, project->services.items[j], source->path, ", which is read over it, is no YAML");
		if (source) return;
	}
}

static void add_includes(struct compose_project *project, struct compose_document *document, int depth);

/* A file by its path alone; what names a folder and a .env of its own is passed over. */
static void add_include(struct compose_project *project, struct compose_document *document, yaml_node_t *node, int depth) {
	bool map = node->type == YAML_MAPPING_NODE;
	yaml_node_t *path = map ? compose_tree_get(&document->tree, node, "path") : node;
	bool more = map && node->data.mapping.pairs.top - node->data.mapping.pairs.start > 1;
	if (!path || path->type != YAML_SCALAR_NODE || more) return;
	struct compose_document *other = open_document(project, document->scope, compose_tree_text(&document->tree, path), true);
	if (!other) return;
	add_part(project, other);
	add_includes(project, other, depth + 1);
}

static void add_includes(struct compose_project *project, struct compose_document *document, int depth) {
	yaml_node_t *list = root_member(document, "include");
	if (!list || list->type != YAML_SEQUENCE_NODE || depth == MOST_DEPTH) return;
	for (yaml_node_item_t *item = list->data.sequence.items.start; item < list->data.sequence.items.top; item++) {
		yaml_node_t *node = compose_tree_node(&document->tree, *item);
		if (node)
			add_include(project, document, node, depth);
	}
}

bool compose_project_read(struct compose_project *project, struct reading *reading, struct view *view) {
	*project = (struct compose_project){.reading = reading, .view = view};
	struct compose_scope *scope = new_scope(project, path_prefix(reading->source->path), NULL);
	add_tokens(view->tokens.items[0], reading->source->bytes);
	struct compose_document *root = add_document(project, reading->source, scope);
	if (!root) return false;
	compose_scope_open(scope);
	add_services(project, root);
	add_override(project, root);
	add_includes(project, root, 0);
	return true;
}

void compose_project_release(struct compose_project *project) {
	for (struct compose_document *document = project->documents; document; document = document->next)
		compose_tree_release(&document->tree);
}
