/* `volumes`, `networks` and `network_mode` of a service. What is not understood makes the rest doubtful. */
#include "base/path.h"
#include "reader/compose/project.h"

struct deploying {
	struct compose_project *project;
	const struct compose_piece *piece;
	struct deployment *deployment;
};

static struct text text_of_node(const struct deploying *deploying, yaml_node_t *node, bool *known) {
	struct text value = TEXT(""), written = compose_tree_text(&deploying->piece->document->tree, node);
	*known = *known && node && node->type == YAML_SCALAR_NODE &&
	         compose_scope_text(deploying->piece->document->scope, written, &value);
	return value;
}

/* --- volumes --- */

static struct text without_slash(struct text path) {
	while (path.length > 1 && path.bytes[path.length - 1] == '/')
		path.length--;
	return path;
}

/* What is mounted at the same place later takes it. */
static void add_mount(struct deploying *deploying, struct text from, struct text to) {
	struct arena *arena = deploying->project->reading->arena;
	struct deployment *deployment = deploying->deployment;
	bool relative = text_starts_with(from, TEXT(".")), absolute = text_starts_with(from, TEXT("/"));
	to = without_slash(to);
	struct mount *mount = NULL;
	for (size_t i = 0; i < deployment->mounts.count; i++)
		if (text_equal(deployment->mounts.items[i].to, to))
			mount = &deployment->mounts.items[i];
	mount = mount ? mount : list_add(arena, &deployment->mounts);
	deployment->mounts_doubtful = deployment->mounts_doubtful || text_starts_with(from, TEXT("~"));
	if (relative)
		from = text_join(arena, deploying->piece->document->scope->folder, from);
	/* A volume that has a name holds nothing of the machine's. */
	*mount = (struct mount){relative || absolute ? path_absolute(arena, path_here(), from) : TEXT(""), to};
}

/* `FROM:TO`, `FROM:TO:ro`; a path alone is a volume without a name. */
static bool add_short(struct deploying *deploying, yaml_node_t *node) {
	bool known = true;
	struct text rest = text_of_node(deploying, node, &known);
	size_t colon = text_find_byte(rest, ':');
	if (!known || colon == TEXT_NOT_FOUND) {
		add_mount(deploying, TEXT(""), rest);
		return known;
	}
	struct text from = text_slice(rest, 0, colon), to = text_from(rest, colon + 1);
	size_t end = text_find_byte(to, ':');
	add_mount(deploying, from, end == TEXT_NOT_FOUND ? to : text_slice(to, 0, end));
	return text_starts_with(to, TEXT("/"));
}

static bool add_long(struct deploying *deploying, yaml_node_t *node) {
	struct compose_tree *tree = &deploying->piece->document->tree;
	bool known = true, bind = text_is(compose_tree_text(tree, compose_tree_get(tree, node, "type")), "bind");
	yaml_node_t *source = compose_tree_get(tree, node, "source");
	struct text to = text_of_node(deploying, compose_tree_get(tree, node, "target"), &known);
	struct text from = bind ? text_of_node(deploying, source, &known) : TEXT("");
	if (bind && from.length && !text_has_byte(TEXT("./~"), from.bytes[0]))
		from = text_join(tree->arena, TEXT("./"), from);
	add_mount(deploying, from, to);
	return known;
}

static void add_volumes(struct deploying *deploying) {
	struct compose_tree *tree = &deploying->piece->document->tree;
	yaml_node_t *list = compose_tree_get(tree, deploying->piece->service, "volumes");
	bool known = !list || (list->type == YAML_SEQUENCE_NODE && !compose_tree_replaces(list));
	if (list && known)
		for (yaml_node_item_t *item = list->data.sequence.items.start; item < list->data.sequence.items.top; item++) {
			yaml_node_t *node = compose_tree_node(tree, *item);
			bool map = node && node->type == YAML_MAPPING_NODE;
			known = (map ? add_long : add_short)(deploying, node) && known;
		}
	bool others = compose_tree_get(tree, deploying->piece->service, "configs") || compose_tree_get(tree, deploying->piece->service, "volumes_from");
	deploying->deployment->mounts_doubtful = deploying->deployment->mounts_doubtful || !known || others;
}

/* --- networks --- */

static void add_network(void *context, yaml_node_t *key, yaml_node_t *value) {
	struct deploying *deploying = context;
	text_list_add_once(deploying->project->reading->arena, &deploying->deployment->networks,
	                   compose_tree_text(&deploying->piece->document->tree, key));
}

static void add_networks(struct deploying *deploying) {
	struct compose_tree *tree = &deploying->piece->document->tree;
	struct deployment *deployment = deploying->deployment;
	yaml_node_t *networks = compose_tree_get(tree, deploying->piece->service, "networks");
	yaml_node_t *mode = compose_tree_get(tree, deploying->piece->service, "network_mode");
	bool known = !compose_tree_replaces(networks) && !compose_tree_replaces(mode) && (!networks || networks->type != YAML_SCALAR_NODE);
	if (mode)
		deployment->network_mode = text_of_node(deploying, mode, &known);
	compose_tree_each(tree, networks, add_network, deploying);
	if (networks && networks->type == YAML_SEQUENCE_NODE)
		for (yaml_node_item_t *item = networks->data.sequence.items.start; item < networks->data.sequence.items.top; item++)
			text_list_add_once(deploying->project->reading->arena, &deployment->networks,
			                   text_of_node(deploying, compose_tree_node(tree, *item), &known));
	deployment->networks_doubtful = deployment->networks_doubtful || !known;
	/* What is written into the container's hosts, or a name that another one takes, may lead elsewhere. */
	bool names = compose_tree_get(tree, deploying->piece->service, "extra_hosts") || compose_tree_get(tree, deploying->piece->service, "links");
	deployment->names_doubtful = deployment->names_doubtful || names;
}

/* The options of a bridge can hand on whatever comes. */
static void note_gateway(void *context, yaml_node_t *key, yaml_node_t *value) {
	struct text name = {(const char *)key->data.scalar.value, key->data.scalar.length};
	bool *outside = context;
	*outside = *outside || text_find(name, TEXT("gateway_mode")) != TEXT_NOT_FOUND;
}

/* Whether others may be in a network: its container then has an address of its own among theirs. */
static bool leads_outside(struct compose_tree *tree, yaml_node_t *network) {
	struct text driver = compose_tree_text(tree, compose_tree_get(tree, network, "driver"));
	yaml_node_t *external = compose_tree_get(tree, network, "external");
	bool own = !driver.length || text_is(driver, "bridge") || text_is(driver, "overlay");
	bool outside = !own || (external && !text_is(compose_tree_text(tree, external), "false"));
	compose_tree_each(tree, compose_tree_get(tree, network, "driver_opts"), note_gateway, &outside);
	return outside;
}

static bool any_leads_outside(const struct compose_project *project, const struct deployment *deployment) {
	bool outside = false;
	for (struct compose_document *document = project->documents; document && !outside; document = document->next) {
		struct compose_tree *tree = &document->tree;
		yaml_node_t *networks = compose_tree_get(tree, yaml_document_get_root_node(&tree->document), "networks");
		for (size_t i = 0; networks && i < deployment->networks.count && !outside; i++)
			outside = leads_outside(tree, compose_tree_get(tree, networks, text_string(tree->arena, deployment->networks.items[i])));
	}
	return outside;
}

const struct deployment *compose_deployment(struct compose_project *project, const struct compose_service *service) {
	struct deployment *deployment = arena_new(project->reading->arena, struct deployment);
	*deployment = (struct deployment){.service = service->name, .mounts_doubtful = service->lacking,
	                                  .publications_doubtful = service->lacking, .networks_doubtful = service->lacking};
	for (size_t i = 0; i < service->piece_count; i++) {
		struct deploying deploying = {project, &service->pieces[i], deployment};
		add_volumes(&deploying);
		add_networks(&deploying);
		compose_ports(project, &service->pieces[i], deployment);
	}
	if (!deployment->networks.count)
		*list_add(project->reading->arena, &deployment->networks) = TEXT("default");
	deployment->outside = any_leads_outside(project, deployment);
	return deployment;
}
