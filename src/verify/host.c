#include "verify/host.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/list.h"
#include "trust/trust.h"

#define SYSTEM_FOLDER "/etc/arilint"
#define LIST "verify-hosts"

enum { LARGEST_LIST = 1 << 18 };

bool host_is_loopback(struct arena *arena, struct text host)
{
	const char *string = text_string(arena, host);
	struct in_addr four;
	struct in6_addr six;
	if (inet_pton(AF_INET, string, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	if (inet_pton(AF_INET6, string, &six) == 1)
		return IN6_IS_ADDR_LOOPBACK(&six);
	return text_is(host, "localhost");
}

/* Reads a list of a folder that only root and `owner` can write to; false when there is none, or none to be trusted. */
static bool read_trusted(struct arena *arena, struct text folder, uid_t owner, struct text *bytes, struct text *fault)
{
	struct stat status;
	int directory = trust_open_folder(arena, folder, owner, fault);
	int list = directory < 0 ? -1 : openat(directory, LIST, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool there = list >= 0 && !fstat(list, &status), ok = false;
	if (directory >= 0 && !there && errno != ENOENT)
		*fault = text_of(strerror(errno));
	if (there && trust_status(arena, &status, owner, fault)) {
		ok = S_ISREG(status.st_mode) && file_read_all(arena, list, (size_t)status.st_size, LARGEST_LIST, bytes);
		if (!ok)
			*fault = TEXT("can't be read");
	}
	if (directory >= 0 && fault->length)
		*fault = text_format(arena, "%.*s/" LIST " %.*s", TEXT_ARGUMENTS(folder), TEXT_ARGUMENTS(*fault));
	if (list >= 0)
		close(list);
	if (directory >= 0)
		close(directory);
	return ok;
}

static void read_list(struct arena *arena, struct host_list *hosts, struct text folder, uid_t owner)
{
	struct text bytes = TEXT(""), fault = TEXT("");
	if (!read_trusted(arena, folder, owner, &bytes, &fault) && fault.length)
		hosts->fault = fault;
	while (bytes.length) {
		struct text line = text_cut(&bytes, '\n');
		struct text name = text_trim(text_cut(&line, '#'), " \t\r");
		if (name.length)
			*list_add(arena, &hosts->names) = text_lower(arena, name);
	}
}

static void read_lists(struct arena *arena, struct host_list *hosts)
{
	const char *configuration = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	hosts->read = true;
	read_list(arena, hosts, TEXT(SYSTEM_FOLDER), 0);
	if (geteuid() == 0)
		return;
	if (configuration && configuration[0] == '/')
		read_list(arena, hosts, text_format(arena, "%s/arilint", configuration), geteuid());
	else if (home && home[0] == '/')
		read_list(arena, hosts, text_format(arena, "%s/.config/arilint", home), geteuid());
}

struct text host_refusal(struct arena *arena, struct host_list *hosts, struct text host)
{
	if (!hosts->read)
		read_lists(arena, hosts);
	for (size_t i = 0; i < hosts->names.count; i++)
		if (text_equal(hosts->names.items[i], host))
			return TEXT("");
	if (hosts->fault.length)
		return text_format(arena, "nothing was sent to %.*s: %.*s", TEXT_ARGUMENTS(host), TEXT_ARGUMENTS(hosts->fault));
	return text_format(arena, "nothing was sent to %.*s: it is not this machine, and " SYSTEM_FOLDER "/" LIST " does not list it",
	                   TEXT_ARGUMENTS(host));
}
