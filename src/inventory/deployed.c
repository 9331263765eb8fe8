#include "inventory/deployed.h"

#include "base/path.h"
#include "reader/deployment.h"

/* --- the index --- */

struct role_list LIST_OF(const struct role *);

/* What is asked of the maps of a run, found out at once. */
struct deployed_index {
	struct map clients; /* a source -> struct file_list: the services that get it */
	struct map servers; /* a role and a path -> struct file_list: the services whose program reads that file as this role */
	struct map files;   /* a role and a path -> struct file * */
	struct map services; /* a source -> struct file_list: its services */
	struct map alike;    /* a folder and a name -> struct file_list: the services of that name in its maps */
};

const struct deployment *deployed_as(const struct file *map) {
	return map->role->settings_of ? map->view->sections.items[0]->deployment : NULL;
}

static struct text key_of(struct arena *arena, const struct role *role, struct text path) {
	return text_join(arena, (struct text){(const char *)&role, sizeof(role)}, path);
}

static struct text key_of_source(const struct source **source) { return (struct text){(const char *)source, sizeof(*source)}; }

/* The machine's path of what the container has at one of its own, by the deepest place at which something is mounted; empty
 * without one. */
static struct text path_behind(struct arena *arena, const struct deployment *deployment, struct text installed) {
	const struct mount *mount = NULL;
	for (size_t i = 0; i < deployment->mounts.count; i++) {
		const struct mount *each = &deployment->mounts.items[i];
		bool above = text_equal(each->to, installed) || path_is_below(each->to, installed);
		if (above && (!mount || each->to.length > mount->to.length))
			mount = each;
	}
	bool some = mount && mount->from.length;
	return some ? text_join(arena, mount->from, text_from(installed, mount->to.length)) : TEXT("");
}

static void add_under(struct lint *lint, struct map *lists, const struct source *source, struct file *map) {
	struct file_list *list = map_place(lint->arena, lists, key_of_source(&source), sizeof(*list));
	*list_add(lint->arena, list) = map;
}

static struct text key_of_service(struct lint *lint, const struct file *map) {
	return text_format(lint->arena, "%.*s:%.*s", TEXT_ARGUMENTS(path_folder(map->source->path)), TEXT_ARGUMENTS(deployed_as(map)->service));
}

static void add_service(struct lint *lint, struct deployed_index *index, const struct role_list *roles, struct file *map) {
	const struct section *section = map->view->sections.items[0];
	struct file_list *alike = map_place(lint->arena, &index->alike, key_of_service(lint, map), sizeof(*alike));
	*list_add(lint->arena, alike) = map;
	add_under(lint, &index->services, map->source, map);
	for (size_t i = 0; section->handed && i < section->handed->count; i++)
		add_under(lint, &index->clients, section->handed->items[i].source, map);
	for (size_t i = 0; i < roles->count; i++) {
		struct text path = path_behind(lint->arena, section->deployment, roles->items[i]->installed);
		if (!path.length) continue;
		struct text key = key_of(lint->arena, roles->items[i], path);
		struct file_list *list = map_place(lint->arena, &index->servers, key, sizeof(*list));
		*list_add(lint->arena, list) = map;
	}
}

static void add_installed(struct lint *lint, struct deployed_index *index, struct role_list *roles, struct file *file) {
	bool known = false;
	for (size_t i = 0; i < roles->count && !known; i++)
		known = roles->items[i] == file->role;
	if (!known)
		*list_add(lint->arena, roles) = file->role;
	struct text path = path_absolute(lint->arena, path_here(), file->source->path);
	map_put(lint->arena, &index->files, key_of(lint->arena, file->role, path), file);
}

static struct deployed_index *index_of(struct lint *lint) {
	struct role_list roles = {0};
	if (lint->deployed)
		return lint->deployed;
	struct deployed_index *index = lint->deployed = arena_new(lint->arena, struct deployed_index);
	for (size_t i = 0; i < lint->files.count; i++)
		if (lint->files.items[i]->role->installed.length)
			add_installed(lint, index, &roles, lint->files.items[i]);
	for (size_t i = 0; i < lint->files.count; i++)
		if (deployed_as(lint->files.items[i]) && !lint->files.items[i]->example)
			add_service(lint, index, &roles, lint->files.items[i]);
	return index;
}

/* --- who has a file --- */

const struct file_list *deployed_servers(struct lint *lint, const struct file *file) {
	struct deployed_index *index = index_of(lint);
	if (!file->role->installed.length || !index->servers.count) return NULL;
	struct text path = path_absolute(lint->arena, path_here(), file->source->path);
	return map_get(&index->servers, key_of(lint->arena, file->role, path));
}

/* The only service of a map whose program reads the file. */
const struct deployment *deployed_server(struct lint *lint, const struct source *map, const struct file *file) {
	const struct file_list *servers = deployed_servers(lint, file);
	const struct deployment *server = NULL;
	for (size_t i = 0; servers && i < servers->count; i++) {
		if (servers->items[i]->source != map) continue;
		if (server || deployed_as(servers->items[i])->mounts_doubtful) return NULL;
		server = deployed_as(servers->items[i]);
	}
	return server;
}

bool deployed_whole(struct lint *lint, const struct file *file) {
	const struct file_list *servers = deployed_servers(lint, file);
	for (size_t i = 0; servers && i < servers->count; i++)
		if (!deployed_server(lint, servers->items[i]->source, file))
			return false;
	return servers;
}

/* --- who meets whom --- */

const struct file_list *deployed_services(struct lint *lint, const struct source *map) {
	return map_get(&index_of(lint)->services, key_of_source(&map));
}

const struct file_list *deployed_alike(struct lint *lint, const struct file *map) {
	return map_get(&index_of(lint)->alike, key_of_service(lint, map));
}

struct file_list deployed_clients(struct lint *lint, const struct file *client) {
	const struct source *source = client->source;
	const struct file_list *handed = NULL;
	struct file_list own = {0};
	if (deployed_as(client))
		*list_add(lint->arena, &own) = (struct file *)(uintptr_t)client;
	else
		handed = map_get(&index_of(lint)->clients, key_of_source(&source));
	return handed ? *handed : own;
}

/* What the programs of the map's other services read as a role, if it is one file. */
static struct file *find_file(struct lint *lint, const struct file *map, const struct role *role) {
	struct file *found = NULL;
	struct deployed_index *index = index_of(lint);
	const struct file_list *services = deployed_services(lint, map->source);
	for (size_t i = 0; services && i < services->count; i++) {
		struct text path = path_behind(lint->arena, deployed_as(services->items[i]), role->installed);
		struct file *file = path.length ? map_get(&index->files, key_of(lint->arena, role, path)) : NULL;
		if (!file || file->example || file->group || file->source->includer || !deployed_server(lint, map->source, file)) continue;
		if (found && found != file) return NULL;
		found = file;
	}
	return found;
}

struct file *deployed_peer(struct lint *lint, const struct file *client, const struct role *role) {
	struct file *found = NULL;
	if (client->group || !role->installed.length) return NULL;
	struct file_list clients = deployed_clients(lint, client);
	for (size_t i = 0; i < clients.count; i++) {
		struct file *file = find_file(lint, clients.items[i], role);
		if (file && found && file != found) return NULL;
		found = file ? file : found;
	}
	return found;
}

static bool is_listed(const struct file_list *files, const struct file *file) {
	for (size_t i = 0; files && i < files->count; i++)
		if (files->items[i] == file)
			return true;
	return false;
}

bool deployed_is_own(struct lint *lint, const struct file *client, const struct file *server) {
	const struct file_list *servers = deployed_servers(lint, server);
	if (!servers) return false;
	struct file_list clients = deployed_clients(lint, client);
	for (size_t i = 0; i < clients.count; i++)
		if (!is_listed(servers, clients.items[i]))
			return false;
	return clients.count > 0;
}

bool deployed_together(struct lint *lint, const struct file *client, const struct file *server) {
	return deployed_peer(lint, client, server->role) == server;
}
