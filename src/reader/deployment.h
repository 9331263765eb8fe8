/* How a service of a map of containers runs: which files stand where in it, which networks it is in, and what of it the
 * machine hands on to others. */
#pragma once

#include "source/source.h"

/* A file or folder of the machine that stands in the container, too. */
struct mount {
	struct text from; /* absolute */
	struct text path; /* the same as it is opened by who opens the map; empty where the map has it absolute */
	struct text to;
};

/* Ports of the container at which it is reached by way of the machine. */
struct publication {
	uint32_t first, last;     /* the container's, 1 to 65535 */
	uint32_t machine;         /* the machine's that leads to the first one; 0: it is not known */
	struct text address;      /* the machine's, by which alone it is so; empty: any, or not known */
	struct text protocol;     /* in lower case: "tcp" */
};

/* A name by which one container finds another. */
struct container_name {
	struct text name;
	struct text of;           /* in which network it holds, empty: in each; or whose it is */
};

struct container_name_list LIST_OF(struct container_name);

struct deployment {
	struct text service;
	struct LIST_OF(struct mount) mounts;
	struct LIST_OF(struct publication) publications;
	struct text_list networks;   /* by their names in the map */
	struct text network_mode;    /* empty: it is in its networks */
	bool sources_doubtful;       /* of some mounts it is not known what is there */
	bool mounts_doubtful;        /* something of them could not be understood; then there may be more, or others */
	bool publications_doubtful;
	bool networks_doubtful;
	struct container_name_list names; /* besides the service's own, for others */
	struct container_name_list links; /* for itself alone, each of a service */
	struct container_name_list hosts; /* for itself alone, each of an address; they come before all others */
	bool names_doubtful;         /* one of these is not known */
	struct text built_from;      /* the folder of the machine that its image is made of, absolute; empty: none, or not known */
	bool outside;                /* others may reach it by one of its networks, whatever is published */
};
