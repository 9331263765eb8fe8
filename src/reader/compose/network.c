/* `networks` and `network_mode` of a service, and the names by which it is found and finds others. */
#include "reader/compose/project.h"

struct joining {
	struct compose_project *project;
	const struct compose_piece *piece;
	struct deployment *deployment;
	struct text network; /* whose aliases are read */
	bool known;
};

static struct compose_tree *tree_of(const struct joining *joining) { return &joining->piece->document->tree; }

static yaml_node_t *member_of(const struct joining *joining, const char *key) {
	return compose_tree_get(tree_of(joining), joining->piece->service, key);
}

static struct text text_of_node(struct joining *joining, yaml_node_t *node) {
	struct text value = TEXT(""), written = compose_tree_text(tree_of(joining), node);
	joining->known = joining->known && node && node->type == YAML_SCALAR_NODE &&
	                 compose_scope_text(joining->piece->document->scope, written, &value);
	return value;
}

/* Each text of a list. */
static void each_text(struct joining *joining, yaml_node_t *list, void (*visit)(struct joining *, struct text)) {
	if (!list || list->type != YAML_SEQUENCE_NODE) return;
	for (yaml_node_item_t *item = list->data.sequence.items.start; item < list->data.sequence.items.top; item++)
		visit(joining, text_of_node(joining, compose_tree_node(tree_of(joining), *item)));
}

static void add_to(struct joining *joining, struct container_name_list *list, struct text name, struct text of) {
	if (name.length)
		*list_add(joining->project->reading->arena, list) = (struct container_name){name, of};
}

/* --- networks --- */

static void join(struct joining *joining, struct text network) {
	text_list_add_once(joining->project->reading->arena, &joining->deployment->networks, network);
}

static void add_alias(struct joining *joining, struct text name) {
	add_to(joining, &joining->deployment->names, name, joining->network);
}

static void join_with_aliases(void *context, yaml_node_t *key, yaml_node_t *value) {
	struct joining *joining = context;
	joining->network = compose_tree_text(tree_of(joining), key);
	join(joining, joining->network);
	each_text(joining, compose_tree_get(tree_of(joining), value, "aliases"), add_alias);
}

static void add_networks(struct joining *joining) {
	struct deployment *deployment = joining->deployment;
	yaml_node_t *networks = member_of(joining, "networks"), *mode = member_of(joining, "network_mode");
	joining->known = !compose_tree_replaces(networks) && !compose_tree_replaces(mode) && (!networks || networks->type != YAML_SCALAR_NODE);
	if (mode)
		deployment->network_mode = text_of_node(joining, mode);
	compose_tree_each(tree_of(joining), networks, join_with_aliases, joining);
	each_text(joining, networks, join);
	deployment->networks_doubtful = deployment->networks_doubtful || !joining->known;
}

/* --- names --- */

/* `SERVICE` or `SERVICE:NAME`. */
static void add_link(struct joining *joining, struct text link) {
	struct text name = link, service = text_cut(&name, ':');
	add_to(joining, &joining->deployment->links, name.length ? name : service, service);
}

/* `NAME:ADDRESS` or `NAME=ADDRESS`. */
static void add_host(struct joining *joining, struct text host) {
	struct text address = host, name = text_cut(&address, text_has_byte(host, '=') ? '=' : ':');
	add_to(joining, &joining->deployment->hosts, name, address);
}

static void add_host_pair(void *context, yaml_node_t *key, yaml_node_t *value) {
	struct joining *joining = context;
	bool one = value->type == YAML_SCALAR_NODE; /* of several addresses any may be taken */
	add_to(joining, &joining->deployment->hosts, compose_tree_text(tree_of(joining), key), one ? text_of_node(joining, value) : TEXT(""));
}

static void add_own_name(struct joining *joining, const char *key) {
	yaml_node_t *name = member_of(joining, key);
	if (name)
		add_to(joining, &joining->deployment->names, text_of_node(joining, name), TEXT(""));
}

static void add_names(struct joining *joining) {
	yaml_node_t *hosts = member_of(joining, "extra_hosts"), *links = member_of(joining, "links");
	joining->known = !compose_tree_replaces(hosts) && !compose_tree_replaces(links) && !member_of(joining, "external_links");
	add_own_name(joining, "container_name");
	add_own_name(joining, "hostname");
	each_text(joining, links, add_link);
	each_text(joining, hosts, add_host);
	compose_tree_each(tree_of(joining), hosts, add_host_pair, joining);
	joining->deployment->names_doubtful = joining->deployment->names_doubtful || !joining->known;
}

void compose_networks(struct compose_project *project, const struct compose_piece *piece, struct deployment *deployment) {
	struct joining joining = {.project = project, .piece = piece, .deployment = deployment};
	add_networks(&joining);
	add_names(&joining);
}

/* --- what leads outside --- */

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

bool compose_leads_outside(const struct compose_project *project, const struct deployment *deployment) {
	bool outside = false;
	for (struct compose_document *document = project->documents; document && !outside; document = document->next) {
		struct compose_tree *tree = &document->tree;
		yaml_node_t *networks = compose_tree_get(tree, yaml_document_get_root_node(&tree->document), "networks");
		for (size_t i = 0; networks && i < deployment->networks.count && !outside; i++)
			outside = leads_outside(tree, compose_tree_get(tree, networks, text_string(tree->arena, deployment->networks.items[i])));
	}
	return outside;
}
