/* `volumes` and `build` of a service, and all that says how it runs. What is not understood makes the rest doubtful. */
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

/* What is mounted at the same place later takes it. `from` without bytes is not known. */
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
	deployment->sources_doubtful = deployment->sources_doubtful || text_starts_with(from, TEXT("~")) || !from.bytes;
	struct text path = relative ? compose_path(arena, deploying->piece->document->scope->folder, from) : TEXT("");
	/* A volume that has a name holds nothing of the machine's. */
	*mount = (struct mount){relative || absolute ? path_absolute(arena, path_here(), relative ? path : from) : TEXT(""), path, to};
}

/* Where it is not known what is mounted, the place in the container may be. */
static bool add_place(struct deploying *deploying, struct text written) {
	struct text to = TEXT(""), rest = written;
	compose_cut_part(&rest);
	bool known = compose_scope_text(deploying->piece->document->scope, compose_cut_part(&rest), &to) && text_starts_with(to, TEXT("/"));
	if (known)
		add_mount(deploying, (struct text){NULL, 0}, to);
	return known;
}

/* `FROM:TO`, `FROM:TO:ro`; a path alone is a volume without a name. */
static bool add_short(struct deploying *deploying, yaml_node_t *node) {
	bool known = true;
	struct text rest = text_of_node(deploying, node, &known);
	size_t colon = text_find_byte(rest, ':');
	if (!known)
		return add_place(deploying, compose_tree_text(&deploying->piece->document->tree, node));
	if (colon == TEXT_NOT_FOUND) {
		add_mount(deploying, TEXT(""), rest);
		return true;
	}
	struct text from = text_slice(rest, 0, colon), to = text_from(rest, colon + 1);
	size_t end = text_find_byte(to, ':');
	add_mount(deploying, from, end == TEXT_NOT_FOUND ? to : text_slice(to, 0, end));
	return text_starts_with(to, TEXT("/"));
}

static bool add_long(struct deploying *deploying, yaml_node_t *node) {
	struct compose_tree *tree = &deploying->piece->document->tree;
	bool known = true, from_known = true, bind = text_is(compose_tree_text(tree, compose_tree_get(tree, node, "type")), "bind");
	yaml_node_t *source = compose_tree_get(tree, node, "source");
	struct text to = text_of_node(deploying, compose_tree_get(tree, node, "target"), &known);
	struct text from = bind ? text_of_node(deploying, source, &from_known) : TEXT("");
	if (!from_known)
		from = (struct text){NULL, 0};
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

/* --- build --- */

/* `FOLDER` or `context: FOLDER`. */
static void add_build(struct deploying *deploying) {
	struct compose_tree *tree = &deploying->piece->document->tree;
	struct arena *arena = deploying->project->reading->arena;
	yaml_node_t *build = compose_tree_get(tree, deploying->piece->service, "build");
	bool known = true, map = build && build->type == YAML_MAPPING_NODE;
	if (!build) return;
	yaml_node_t *context = map ? compose_tree_get(tree, build, "context") : build;
	struct text folder = context ? text_of_node(deploying, context, &known) : TEXT(".");
	if (known && text_find(folder, TEXT("://")) == TEXT_NOT_FOUND)
		deploying->deployment->built_from =
			path_absolute(arena, path_here(), text_starts_with(folder, TEXT("/")) ? folder : text_join(arena, deploying->piece->document->scope->folder, folder));
}

const struct deployment *compose_deployment(struct compose_project *project, const struct compose_service *service) {
	struct deployment *deployment = arena_new(project->reading->arena, struct deployment);
	*deployment = (struct deployment){.service = service->name, .mounts_doubtful = service->lacking,
	                                  .publications_doubtful = service->lacking, .networks_doubtful = service->lacking};
	for (size_t i = 0; i < service->piece_count; i++) {
		struct deploying deploying = {project, &service->pieces[i], deployment};
		add_volumes(&deploying);
		add_build(&deploying);
		compose_networks(project, &service->pieces[i], deployment);
		compose_ports(project, &service->pieces[i], deployment);
	}
	if (!deployment->networks.count)
		*list_add(project->reading->arena, &deployment->networks) = TEXT("default");
	deployment->outside = compose_leads_outside(project, deployment);
	return deployment;
}
