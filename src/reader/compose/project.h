/* The services of a compose file, with what it takes in: overrides beside it, files that it includes, services that others
 * extend. */
#pragma once

#include "reader/compose/scope.h"
#include "reader/compose/tree.h"
#include "reader/deployment.h"

enum { COMPOSE_MOST_PIECES = 32 };

/* A file of the project. */
struct compose_document {
	struct compose_tree tree;
	struct compose_scope *scope;
	struct compose_document *next;
};

/* A map that says something of a service. */
struct compose_piece {
	struct compose_document *document;
	yaml_node_t *service;
	bool extended; /* other services are made of it, too */
};

struct compose_service {
	struct text name;
	struct compose_document *document; /* in which it is named first */
	struct span name_span;
	struct compose_piece pieces[COMPOSE_MOST_PIECES];
	size_t piece_count;
	const struct text *lacking; /* why more may be said of it, for people; NULL where all is known */
};

struct compose_project {
	struct reading *reading;
	struct view *view;
	struct compose_document *documents; /* the newest first */
	size_t document_count;
	struct LIST_OF(struct compose_service *) services;
	struct map by_name;
};

/* Reads them. False where the source is no YAML, see compose_tree_read(). Released in both cases. */
bool compose_project_read(struct compose_project *project, struct reading *reading, struct view *view);
void compose_project_release(struct compose_project *project);

/* How it runs. */
const struct deployment *compose_deployment(struct compose_project *project, const struct compose_service *service);

/* Adds to it what a piece of the service says of networks and names, and of `ports`. */
void compose_networks(struct compose_project *project, const struct compose_piece *piece, struct deployment *deployment);
void compose_ports(struct compose_project *project, const struct compose_piece *piece, struct deployment *deployment);

/* Whether others may reach it by one of its networks. */
bool compose_leads_outside(const struct compose_project *project, const struct deployment *deployment);

/* The variables that a service's program gets, and how it runs, as a section of the view. */
void compose_environment(struct compose_project *project, struct compose_service *service);
