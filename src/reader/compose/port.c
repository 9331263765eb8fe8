/* `ports` of a service. Held against docker-compose 2.40.3 (`config`): those of overrides and of services that it extends
 * are added, nothing is replaced but by a tag. What a tag does in a service that others extend changes there from run to
 * run. */
#include "reader/compose/project.h"

enum { LAST_PORT = 65535 };

/* A part of what is written, with its variables. */
struct part {
	struct text text;
	bool known;
};

/* The parts of a port. */
struct parts {
	struct part address, machine, container;
	struct text protocol;
};

static struct part settle(const struct compose_scope *scope, struct text written) {
	struct variable variable = {0};
	compose_scope_settle(scope, written, &variable);
	return (struct part){variable.value, !variable.unsettled && !variable.presumed};
}

/* The machine's port may be as a default says. */
static struct part settle_likely(const struct compose_scope *scope, struct text written) {
	struct variable variable = {0};
	compose_scope_settle(scope, written, &variable);
	return (struct part){variable.value, !variable.unsettled};
}

static bool take_range(struct text text, uint32_t *first, uint32_t *last) {
	struct text rest = text, start = text_cut(&rest, '-');
	int64_t from, to;
	if (!text_to_integer(start, &from)) return false;
	if (!text_has_byte(text, '-'))
		to = from;
	else if (!text_to_integer(rest, &to))
		return false;
	*first = (uint32_t)from;
	*last = (uint32_t)to;
	return from >= 0 && from <= to && to <= LAST_PORT;
}

static void add_parts(struct compose_project *project, struct deployment *deployment, const struct parts *parts) {
	struct arena *arena = project->reading->arena;
	struct publication publication = {0};
	uint32_t last;
	if (!parts->container.known || !take_range(parts->container.text, &publication.first, &publication.last) ||
	    !publication.first) {
		deployment->publications_doubtful = true;
		return;
	}
	/* Of several that could be meant one is taken at the start. */
	bool one = parts->machine.known && take_range(parts->machine.text, &publication.machine, &last) &&
	           last - publication.machine == publication.last - publication.first;
	publication.machine = one ? publication.machine : 0;
	publication.address = parts->address.known ? text_trim(parts->address.text, "[]") : TEXT("");
	publication.protocol = parts->protocol.length ? text_lower(arena, parts->protocol) : TEXT("tcp");
	*list_add(arena, &deployment->publications) = publication;
}

/* The last colon outside of `${...}`. */
static size_t find_last_colon(struct text text) {
	size_t found = TEXT_NOT_FOUND;
	int depth = 0;
	for (size_t i = 0; i < text.length; i++) {
		depth += text.bytes[i] == '{';
		depth -= text.bytes[i] == '}';
		if (text.bytes[i] == ':' && depth == 0)
			found = i;
	}
	return found;
}

/* What stands behind the last colon, or all; the rest is left. */
static struct text cut_last(struct text *rest) {
	size_t colon = find_last_colon(*rest);
	struct text last = colon == TEXT_NOT_FOUND ? *rest : text_from(*rest, colon + 1);
	*rest = colon == TEXT_NOT_FOUND ? TEXT("") : text_slice(*rest, 0, colon);
	return last;
}

/* `CONTAINER`, `MACHINE:CONTAINER`, `ADDRESS:MACHINE:CONTAINER`, each with `/PROTOCOL`. What is not known as a whole is known
 * in parts. */
static void add_short(struct compose_project *project, const struct compose_piece *piece, struct deployment *deployment,
                      yaml_node_t *node) {
	const struct compose_scope *scope = piece->document->scope;
	struct part whole = settle(scope, compose_tree_text(&piece->document->tree, node));
	struct text rest = whole.known ? whole.text : compose_tree_text(&piece->document->tree, node);
	struct text container = cut_last(&rest);
	struct text machine = cut_last(&rest);
	struct parts parts = {.address = {rest, true}, .machine = {machine, true}};
	size_t slash = text_find_last_byte(container, '/');
	if (slash != TEXT_NOT_FOUND && !text_has_byte(text_from(container, slash), '}')) {
		parts.protocol = text_from(container, slash + 1);
		container = text_slice(container, 0, slash);
	}
	parts.container = (struct part){container, true};
	if (!whole.known) {
		parts.address = settle(scope, rest);
		parts.machine = settle_likely(scope, machine);
		parts.container = settle(scope, container);
	}
	add_parts(project, deployment, &parts);
}

static void add_long(struct compose_project *project, const struct compose_piece *piece, struct deployment *deployment,
                     yaml_node_t *node) {
	const struct compose_scope *scope = piece->document->scope;
	struct compose_tree *tree = &piece->document->tree;
	struct parts parts = {
		.address = settle(scope, compose_tree_text(tree, compose_tree_get(tree, node, "host_ip"))),
		.machine = settle_likely(scope, compose_tree_text(tree, compose_tree_get(tree, node, "published"))),
		.container = settle(scope, compose_tree_text(tree, compose_tree_get(tree, node, "target"))),
	};
	struct part protocol = settle(scope, compose_tree_text(tree, compose_tree_get(tree, node, "protocol")));
	parts.protocol = protocol.text;
	parts.container.known = parts.container.known && protocol.known;
	add_parts(project, deployment, &parts);
}

void compose_ports(struct compose_project *project, const struct compose_piece *piece, struct deployment *deployment) {
	struct compose_tree *tree = &piece->document->tree;
	yaml_node_t *list = compose_tree_get(tree, piece->service, "ports");
	if (compose_tree_replaces(list)) {
		deployment->publications.count = 0;
		deployment->publications_doubtful = piece->extended;
	}
	if (!list || compose_tree_tagged(list, "!reset")) return;
	if (list->type != YAML_SEQUENCE_NODE) {
		deployment->publications_doubtful = true;
		return;
	}
	for (yaml_node_item_t *item = list->data.sequence.items.start; item < list->data.sequence.items.top; item++) {
		yaml_node_t *node = compose_tree_node(tree, *item);
		if (node && node->type == YAML_MAPPING_NODE)
			add_long(project, piece, deployment, node);
		else
			add_short(project, piece, deployment, node);
	}
}
