#include "inventory/deployed.h"

#include "base/path.h"
#include "reader/deployment.h"

/* --- who has a file --- */

static const struct deployment *deployment_of(const struct file *map) {
	return map->role->settings_of ? map->view->sections.items[0]->deployment : NULL;
}

/* Where the container has a file of the machine, taken from the deepest place at which something is mounted. */
static bool has_at(const struct deployment *deployment, struct text path, struct text installed) {
	const struct mount *mount = NULL;
	for (size_t i = 0; i < deployment->mounts.count; i++) {
		const struct mount *each = &deployment->mounts.items[i];
		bool above = text_equal(each->to, installed) || path_is_below(each->to, installed);
		if (above && (!mount || each->to.length > mount->to.length))
			mount = each;
	}
	if (!mount || !mount->from.length) return false;
	return text_starts_with(path, mount->from) && text_equal(text_from(path, mount->from.length), text_from(installed, mount->to.length));
}

/* How many services of a map have the file where its program reads it, and one of them. Some more than there are where it can't
 * be told. */
static size_t count_servers(struct lint *lint, const struct source *map, const struct file *file, const struct deployment **server) {
	struct text path = path_absolute(lint->arena, path_here(), file->source->path);
	size_t count = 0;
	for (size_t i = 0; file->role->installed.length && i < lint->files.count; i++) {
		const struct file *each = lint->files.items[i];
		const struct deployment *deployment = each->source == map ? deployment_of(each) : NULL;
		if (!deployment || each->example || !has_at(deployment, path, file->role->installed)) continue;
		count += deployment->mounts_doubtful ? 2 : 1;
		*server = deployment;
	}
	return count;
}

static const struct deployment *server_of(struct lint *lint, const struct source *map, const struct file *file) {
	const struct deployment *server = NULL;
	return count_servers(lint, map, file, &server) == 1 ? server : NULL;
}

static bool is_client(const struct file *map, const struct file *client) {
	const struct section *section = deployment_of(map) ? map->view->sections.items[0] : NULL;
	for (size_t i = 0; section && i < section->handed.count; i++)
		if (section->handed.items[i].source == client->source)
			return true;
	return section && map == client;
}

bool deployed_whole(struct lint *lint, const struct file *file) {
	bool whole = false;
	for (size_t i = 0; file->role->installed.length && i < lint->files.count; i++) {
		const struct file *map = lint->files.items[i];
		const struct deployment *server = NULL;
		if (!deployment_of(map) || (i > 0 && lint->files.items[i - 1]->source == map->source)) continue;
		size_t count = count_servers(lint, map->source, file, &server);
		if (count > 1) return false;
		whole = whole || count;
	}
	return whole;
}

/* --- who meets whom --- */

static struct file *find_file(struct lint *lint, const struct source *map, const struct role *role) {
	struct file *found = NULL;
	for (size_t i = 0; i < lint->files.count; i++) {
		struct file *file = lint->files.items[i];
		if (file->role != role || file->example || file->group || file->source->includer || !server_of(lint, map, file)) continue;
		if (found) return NULL;
		found = file;
	}
	return found;
}

struct file *deployed_peer(struct lint *lint, const struct file *client, const struct role *role) {
	struct file *found = NULL;
	for (size_t i = 0; !client->group && role->installed.length && i < lint->files.count; i++) {
		const struct file *map = lint->files.items[i];
		struct file *file = is_client(map, client) ? find_file(lint, map->source, role) : NULL;
		if (file && found && file != found) return NULL;
		found = file ? file : found;
	}
	return found;
}

bool deployed_together(struct lint *lint, const struct file *client, const struct file *server) {
	return deployed_peer(lint, client, server->role) == server;
}

static bool is_loopback(struct text host) {
	return text_equal_ignoring_case(host, TEXT("localhost")) || text_starts_with(host, TEXT("127.")) || text_is(host, "::1");
}

/* Whether the mode is `service:NAME`. */
static bool shares_place(struct text mode, struct text service) {
	return text_starts_with(mode, TEXT("service:")) && text_equal(text_from(mode, 8), service);
}

static bool share_network(const struct deployment *a, const struct deployment *b) {
	for (size_t i = 0; !a->network_mode.length && !b->network_mode.length && i < a->networks.count; i++)
		for (size_t j = 0; j < b->networks.count; j++)
			if (text_equal(a->networks.items[i], b->networks.items[j]))
				return true;
	return false;
}

static enum meeting meet(const struct deployment *client, const struct deployment *server, struct text host) {
	struct text mode = client->network_mode, there = server->network_mode;
	bool one_place = client == server || shares_place(mode, server->service) || shares_place(there, client->service) ||
	                 (text_is(mode, "host") && text_is(there, "host"));
	if (client->networks_doubtful || server->networks_doubtful)
		return MEETING_UNKNOWN;
	if (is_loopback(host))
		return one_place ? MEETING_SAME : !mode.length && !there.length ? MEETING_OTHER : MEETING_UNKNOWN;
	return text_equal(host, server->service) && share_network(client, server) ? MEETING_SAME : MEETING_UNKNOWN;
}

enum meeting deployed_meeting(struct lint *lint, const struct file *client, const struct file *server, struct text host) {
	enum meeting meeting = MEETING_UNKNOWN;
	bool some = false;
	for (size_t i = 0; host.length && i < lint->files.count; i++) {
		const struct file *map = lint->files.items[i];
		if (!is_client(map, client)) continue;
		const struct deployment *there = server_of(lint, map->source, server);
		enum meeting here = there ? meet(deployment_of(map), there, host) : MEETING_UNKNOWN;
		if (some && here != meeting) return MEETING_UNKNOWN;
		meeting = here;
		some = true;
	}
	return meeting;
}
