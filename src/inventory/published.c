#include "inventory/published.h"

#include "base/path.h"
#include "inventory/deployed.h"

static bool is_published(const struct deployment *deployment, struct text port) {
	int64_t number;
	struct text rest = port, digits = text_cut(&rest, '/');
	bool open = deployment->publications_doubtful || !text_to_integer(digits, &number);
	for (size_t i = 0; !open && i < deployment->publications.count; i++) {
		const struct publication *each = &deployment->publications.items[i];
		bool meant = !rest.length || text_equal(each->protocol, rest);
		open = meant && !deployed_is_loopback(each->address) && each->first <= number && number <= each->last;
	}
	return open;
}

static bool is_any_published(const struct deployment *deployment, struct text ports) {
	bool open = !ports.length;
	for (struct text rest = ports; !open && rest.length;)
		open = is_published(deployment, text_cut(&rest, ','));
	return open;
}

static const struct deployment *find_service(const struct file_list *services, struct text name) {
	for (size_t i = 0; services && i < services->count; i++)
		if (text_equal(deployed_as(services->items[i])->service, name))
			return deployed_as(services->items[i]);
	return NULL;
}

/* A service in another one's place is reached where that one is. */
static bool is_open(struct lint *lint, const struct file *map, struct text ports) {
	const struct deployment *deployment = deployed_as(map);
	struct text mode = deployment->network_mode;
	if (deployment->mounts_doubtful || deployment->networks_doubtful) return true;
	if (text_starts_with(mode, TEXT("service:"))) {
		deployment = find_service(deployed_services(lint, map->source), text_from(mode, 8));
		if (!deployment || deployment->networks_doubtful) return true;
		mode = deployment->network_mode;
	}
	if (text_is(mode, "none")) return false;
	return (mode.length && !text_is(mode, "bridge")) || deployment->outside || is_any_published(deployment, ports);
}

/* Compose may be told to read several files of a folder, one over the other. */
static bool is_opened_beside(struct lint *lint, const struct file *map, struct text ports) {
	struct text folder = path_folder(map->source->path), name = deployed_as(map)->service;
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *other = lint->files.items[i];
		const struct deployment *deployment = deployed_as(other);
		bool same = deployment && !other->example && text_equal(deployment->service, name) && text_equal(path_folder(other->source->path), folder);
		if (same && is_open(lint, other, ports))
			return true;
	}
	return false;
}

const struct source *published_nowhere(struct lint *lint, const struct file *file, struct text ports) {
	const struct file_list *servers = deployed_servers(lint, file);
	for (size_t i = 0; servers && i < servers->count; i++)
		if (is_opened_beside(lint, servers->items[i], ports))
			return NULL;
	return servers ? servers->items[0]->source : NULL;
}
