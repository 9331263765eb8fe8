#include "verify/host.h"

#include <arpa/inet.h>
#include <unistd.h>

#include "base/file.h"
#include "base/list.h"
#include "base/path.h"
#include "trust/trust.h"

#define SYSTEM_FOLDER "/etc/arilint"
#define LIST "verify-hosts"

enum { LARGEST_LIST = 1 << 18 };

bool host_is_loopback(struct arena *arena, struct text host) {
	const char *string = text_string(arena, host);
	struct in_addr four;
	struct in6_addr six;
	if (inet_pton(AF_INET, string, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	if (inet_pton(AF_INET6, string, &six) == 1)
		return IN6_IS_ADDR_LOOPBACK(&six);
	return text_is(host, "localhost");
}

/* A list of a folder that only root and `owner` can write to. */
static void read_list(struct arena *arena, struct host_list *hosts, struct text folder, uid_t owner) {
	const struct trusted trusted = trust_in(owner);
	struct text bytes = TEXT(""), fault = TEXT("");
	int directory = trust_open(arena, folder, WAY_FOLDER_WITHOUT_LINKS, &trusted, &fault);
	if (directory < 0)
		hosts->fault = fault.length ? fault : hosts->fault;
	else if (!file_close(directory, trust_read(arena, directory, TEXT(LIST), &trusted, LARGEST_LIST, &bytes, &fault)) && fault.length)
		hosts->fault = text_format(arena, "%.*s/" LIST " %.*s", TEXT_ARGUMENTS(folder), TEXT_ARGUMENTS(fault));
	while (bytes.length) {
		struct text line = text_cut(&bytes, '\n');
		struct text name = text_trim(text_cut(&line, '#'), " \t\r");
		if (name.length)
			*list_add(arena, &hosts->names) = text_lower(arena, name);
	}
}

static void read_lists(struct arena *arena, struct host_list *hosts) {
	struct text own = geteuid() == 0 ? TEXT("") : path_of_user(arena, "XDG_CONFIG_HOME", ".config", "arilint");
	hosts->read = true;
	read_list(arena, hosts, TEXT(SYSTEM_FOLDER), 0);
	if (own.length)
		read_list(arena, hosts, own, geteuid());
}

struct text host_refusal(struct arena *arena, struct host_list *hosts, struct text host) {
	if (!hosts->read)
		read_lists(arena, hosts);
	if (text_list_has(&hosts->names, host))
		return TEXT("");
	if (hosts->fault.length)
		return text_format(arena, "nothing was sent to %.*s: %.*s", TEXT_ARGUMENTS(host), TEXT_ARGUMENTS(hosts->fault));
	return text_format(arena, "nothing was sent to %.*s: it is not this machine, and " SYSTEM_FOLDER "/" LIST " does not list it",
	                   TEXT_ARGUMENTS(host));
}
