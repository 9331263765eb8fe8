/* What maps of containers say of the files of a run: who gets which. */
#pragma once

#include "inventory/lint.h"
#include "reader/deployment.h"

/* How a service of a map runs; NULL of what is none. */
const struct deployment *deployed_as(const struct file *map);

/* The services of a map; NULL where it has none. */
const struct file_list *deployed_services(struct lint *lint, const struct source *map);

/* The services of one name in the maps of a folder, of which compose may be told to read several, one over the other: that of the
 * map itself among them. */
const struct file_list *deployed_alike(struct lint *lint, const struct file *map);

/* The services, of all maps, whose program reads the file; NULL without one. */
const struct file_list *deployed_servers(struct lint *lint, const struct file *file);

/* The only service of a map whose program reads the file; NULL without one, or where it can't be told. */
const struct deployment *deployed_server(struct lint *lint, const struct source *map, const struct file *file);

/* The services that a file is handed to; a service is its own. */
struct file_list deployed_clients(struct lint *lint, const struct file *client);

/* Whether the file is the one that the program of exactly one container reads, by every map that names its place. */
bool deployed_whole(struct lint *lint, const struct file *file);

/* The file of a role that the program reads with which a service, or a file that services get, stands in one map; NULL
 * without one, or where there are several. */
struct file *deployed_peer(struct lint *lint, const struct file *client, const struct role *role);

/* Whether they stand in one map: a service, or a file that services get, and what the other's program reads there. */
bool deployed_together(struct lint *lint, const struct file *client, const struct file *server);

/* Whether all services that a file is, or that get it, are ones whose program reads the other file: it is the server's own, and
 * no client's. */
bool deployed_is_own(struct lint *lint, const struct file *client, const struct file *server);
