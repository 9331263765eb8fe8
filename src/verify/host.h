/* Which hosts may be shown a password. A file from a repository names the host: it must not choose who gets to know one. */
#pragma once

#include "base/text.h"

/* The hosts that the machine's administrator lists; read when it is first asked for. */
struct host_list {
	bool read;
	struct text_list names;
	struct text fault;     /* why a list was not taken; empty: none was refused */
};

/* 127.0.0.0/8, ::1, and `localhost`, which must then mean one of them. */
bool host_is_loopback(struct arena *arena, struct text host);

/* Why a host is not asked; empty when it is listed in /etc/arilint/verify-hosts or, unless run by root, in
 * $XDG_CONFIG_HOME/arilint/verify-hosts: one host a line, `#` begins a comment. */
struct text host_refusal(struct arena *arena, struct host_list *hosts, struct text host);
