#include "inventory/meeting.h"

#include "base/path.h"
#include "inventory/deployed.h"
#include "inventory/published.h"

bool meeting_is_loopback(struct text host) {
	return text_equal_ignoring_case(host, TEXT("localhost")) || text_starts_with(host, TEXT("127.")) || text_is(host, "::1");
}

/* --- two containers --- */

/* Whether the mode is `service:NAME`. */
static bool shares_place(struct text mode, struct text service) {
	return text_starts_with(mode, TEXT("service:")) && text_equal(text_from(mode, 8), service);
}

/* Whether both are in the network; an empty one stands for any. */
static bool share_network(const struct deployment *a, const struct deployment *b, struct text network) {
	for (size_t i = 0; !a->network_mode.length && !b->network_mode.length && i < a->networks.count; i++)
		for (size_t j = 0; j < b->networks.count; j++)
			if (text_equal(a->networks.items[i], b->networks.items[j]) && (!network.length || text_equal(network, a->networks.items[i])))
				return true;
	return false;
}

static const struct container_name *find_name(const struct container_name_list *names, struct text name) {
	for (size_t i = 0; i < names->count; i++)
		if (text_equal_ignoring_case(names->items[i].name, name))
			return &names->items[i];
	return NULL;
}

static bool finds(const struct deployment *client, const struct deployment *server, struct text host) {
	const struct container_name *link = find_name(&client->links, host), *name = find_name(&server->names, host);
	if (link)
		return text_equal(link->of, server->service) && share_network(client, server, TEXT(""));
	if (text_equal_ignoring_case(host, server->service))
		return share_network(client, server, TEXT(""));
	return name && share_network(client, server, name->of);
}

/* A name for the machine, as its containers see it. */
static bool is_gateway(const struct deployment *client, struct text host) {
	const struct container_name *own = find_name(&client->hosts, host);
	return own ? text_is(own->of, "host-gateway") : text_is(host, "host.docker.internal");
}

static enum meeting meet(const struct deployment *client, const struct deployment *server, struct text host) {
	struct text mode = client->network_mode, there = server->network_mode;
	bool on_machine = text_is(mode, "host"), server_on_machine = text_is(there, "host");
	bool one_place = client == server || shares_place(mode, server->service) || shares_place(there, client->service) ||
	                 (on_machine && server_on_machine);
	if (client->networks_doubtful || server->networks_doubtful || client->names_doubtful || server->names_doubtful)
		return MEETING_UNKNOWN;
	if (meeting_is_loopback(host) && !one_place && on_machine)
		return MEETING_MACHINE;
	if (meeting_is_loopback(host))
		return one_place ? MEETING_SAME : !mode.length && !there.length ? MEETING_OTHER : MEETING_UNKNOWN;
	if (is_gateway(client, host) && !one_place)
		return MEETING_MACHINE;
	return !find_name(&client->hosts, host) && finds(client, server, host) ? MEETING_SAME : MEETING_UNKNOWN;
}

/* --- a client on the machine --- */

/* Whether the value of a key is put into the map: `$KEY`, `${KEY}`. */
static bool names_key(struct text map, struct text key) {
	for (struct text rest = map; rest.length;) {
		size_t dollar = text_find_byte(rest, '$');
		if (dollar == TEXT_NOT_FOUND) break;
		rest = text_from(rest, dollar + 1);
		struct text name = text_from(rest, text_starts_with(rest, TEXT("{")));
		if (text_starts_with(name, key) && (name.length == key.length || !text_is_word_byte(name.bytes[key.length])))
			return true;
	}
	return false;
}

/* Whether the file stands in what an image is made of, or in what is mounted. */
static bool holds(const struct deployment *service, struct text path) {
	bool found = service->sources_doubtful || service->mounts_doubtful ||
	             (service->built_from.length && path_is_below(service->built_from, path));
	for (size_t i = 0; !found && i < service->mounts.count; i++)
		found = service->mounts.items[i].from.length &&
		        (path_is_below(service->mounts.items[i].from, path) || text_equal(service->mounts.items[i].from, path));
	return found;
}

/* Whether a service takes a value from the file. */
static bool is_fed(const struct file *service, const struct seeking *seeking) {
	const struct variable_list *variables = &service->view->sections.items[0]->variables;
	for (size_t i = 0; i < variables->count; i++)
		if (variables->items[i].entry && variables->items[i].entry->source == seeking->client->source)
			return true;
	return names_key(service->source->bytes, seeking->key);
}

/* Whether the client is a file beside the map that none of its services has anything of, as far as it tells. */
static bool is_on_machine(struct lint *lint, const struct seeking *seeking, const struct file *server) {
	const struct file_list *services = deployed_services(lint, server->source);
	struct text path = path_absolute(lint->arena, path_here(), seeking->client->source->path);
	struct text folder = path_folder(path_absolute(lint->arena, path_here(), server->source->path));
	bool beside = path_is_below(folder, path) && !seeking->client->example && !seeking->client->group && meeting_is_loopback(seeking->host);
	for (size_t i = 0; beside && services && i < services->count; i++) {
		const struct file *service = services->items[i];
		bool other = deployed_as(service) != deployed_as(server);
		beside = !is_fed(service, seeking) && !(other && holds(deployed_as(service), path));
	}
	return beside;
}

static enum meeting meet_from_outside(struct lint *lint, const struct seeking *seeking) {
	const struct file_list *servers = deployed_servers(lint, seeking->server);
	if (deployed_as(seeking->client) || !servers || servers->count != 1) return MEETING_UNKNOWN;
	bool known = deployed_server(lint, servers->items[0]->source, seeking->server);
	return known && is_on_machine(lint, seeking, servers->items[0]) ? MEETING_MACHINE : MEETING_UNKNOWN;
}

/* At the machine's port another container may answer, and lead on. */
static bool is_taken(struct lint *lint, const struct seeking *seeking) {
	const struct file_list *servers = deployed_servers(lint, seeking->server);
	return !servers || published_by_others(lint, servers->items[0], seeking->client, seeking->port);
}

enum meeting meeting_of(struct lint *lint, const struct seeking *seeking) {
	enum meeting meeting = MEETING_UNKNOWN;
	struct file_list clients = deployed_clients(lint, seeking->client);
	for (size_t i = 0; seeking->host.length && i < clients.count; i++) {
		const struct deployment *there = deployed_server(lint, clients.items[i]->source, seeking->server);
		enum meeting here = there ? meet(deployed_as(clients.items[i]), there, seeking->host) : MEETING_UNKNOWN;
		if (i > 0 && here != meeting) return MEETING_UNKNOWN;
		meeting = here;
	}
	if (!clients.count && seeking->host.length)
		meeting = meet_from_outside(lint, seeking);
	return meeting == MEETING_MACHINE && is_taken(lint, seeking) ? MEETING_UNKNOWN : meeting;
}
