#include "inventory/published.h"

#include "base/buffer.h"
#include "base/path.h"
#include "inventory/deployed.h"
#include "inventory/meeting.h"

static bool is_published(const struct deployment *deployment, struct text port) {
	int64_t number;
	struct text rest = port, digits = text_cut(&rest, '/');
	bool open = deployment->publications_doubtful || !text_to_integer(digits, &number);
	for (size_t i = 0; !open && i < deployment->publications.count; i++) {
		const struct publication *each = &deployment->publications.items[i];
		bool meant = !rest.length || text_equal(each->protocol, rest);
		open = meant && !meeting_is_loopback(each->address) && each->first <= number && number <= each->last;
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

/* --- ports of the machine --- */

/* What answers at the ports of a service: its own, or the one in whose place it is. NULL where it can't be told. */
static const struct deployment *answering(struct lint *lint, const struct file *map) {
	const struct deployment *deployment = deployed_as(map);
	struct text mode = deployment->network_mode;
	if (text_starts_with(mode, TEXT("service:")))
		deployment = find_service(deployed_services(lint, map->source), text_from(mode, 8));
	return deployment && !deployment->networks_doubtful && !deployment->publications_doubtful ? deployment : NULL;
}

/* Whether other files of the folder say something of the ports of a service of that name. */
static bool is_published_beside(struct lint *lint, const struct file *map) {
	const struct file_list *alike = deployed_alike(lint, map);
	for (size_t i = 0; i < alike->count; i++) {
		const struct deployment *deployment = deployed_as(alike->items[i]);
		if (alike->items[i]->source != map->source && (deployment->publications.count || deployment->publications_doubtful))
			return true;
	}
	return false;
}

/* The machine's port that leads to one of the container's; 0 where none does, less than that where it is left to the start. */
static int64_t machine_port(const struct publication *publication, int64_t port) {
	if (port < publication->first || port > publication->last || !text_is(publication->protocol, "tcp"))
		return 0;
	return publication->machine ? publication->machine + port - publication->first : -1;
}

bool published_as(struct lint *lint, const struct file *file, struct text port, struct text *ports, struct text *reason) {
	const struct file_list *servers = deployed_servers(lint, file);
	const struct deployment *deployment = servers && servers->count == 1 ? answering(lint, servers->items[0]) : NULL;
	struct buffer list = {.arena = lint->arena};
	int64_t number;
	*ports = TEXT("");
	if (!servers) return true;
	*reason = text_format(lint->arena, "%.*s leaves it open which port leads there", TEXT_ARGUMENTS(servers->items[0]->source->path));
	if (!deployment || !text_to_integer(port, &number) || is_published_beside(lint, servers->items[0])) return false;
	*ports = text_is(deployment->network_mode, "host") ? port : TEXT("");
	if (deployment->network_mode.length && !text_is(deployment->network_mode, "bridge"))
		return ports->length > 0;
	for (size_t i = 0; i < deployment->publications.count; i++) {
		int64_t machine = machine_port(&deployment->publications.items[i], number);
		if (machine < 0) return false;
		if (machine > 0)
			buffer_format(&list, "%s%d", list.length ? "," : "", (int)machine);
	}
	*ports = list.length ? buffer_text(&list) : TEXT("");
	return true;
}

static bool may_answer(const struct deployment *deployment, int64_t port) {
	bool answers = text_is(deployment->network_mode, "host") || deployment->publications_doubtful || deployment->networks_doubtful;
	for (size_t i = 0; !answers && i < deployment->publications.count; i++) {
		const struct publication *each = &deployment->publications.items[i];
		answers = !each->machine || (each->machine <= port && port <= each->machine + each->last - each->first);
	}
	return answers;
}

bool published_by_others(struct lint *lint, const struct file *map, const struct file *client, struct text port) {
	const struct file_list *services = deployed_services(lint, map->source);
	int64_t number;
	bool taken = !text_to_integer(port, &number);
	for (size_t i = 0; !taken && services && i < services->count; i++)
		taken = services->items[i] != map && services->items[i] != client && may_answer(deployed_as(services->items[i]), number);
	return taken;
}

static bool is_opened_beside(struct lint *lint, const struct file *map, struct text ports) {
	const struct file_list *alike = deployed_alike(lint, map);
	for (size_t i = 0; i < alike->count; i++)
		if (is_open(lint, alike->items[i], ports))
			return true;
	return false;
}

bool published_nowhere(struct lint *lint, const struct file *file, struct text ports) {
	const struct file_list *servers = deployed_servers(lint, file);
	for (size_t i = 0; servers && i < servers->count; i++)
		if (is_opened_beside(lint, servers->items[i], ports))
			return false;
	return servers;
}
