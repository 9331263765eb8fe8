#include "log/place.h"

#include <arpa/inet.h>
#include <string.h>

static struct text without_ends(struct text host) {
	if (host.length > 2 && host.bytes[0] == '[' && text_ends_with(host, TEXT("]")))
		host = text_slice(host, 1, host.length - 1);
	host = text_slice(host, 0, text_find_byte(host, '%'));
	return text_ends_with(host, TEXT(".")) ? text_slice(host, 0, host.length - 1) : host;
}

/* In one spelling; an address of IPv4 within one of IPv6 is that of IPv4. */
static struct text canonical(struct arena *arena, struct text host) {
	static const unsigned char within[12] = {[10] = 0xff, [11] = 0xff};
	char spelled[INET6_ADDRSTRLEN];
	struct in6_addr address;
	if (!text_has_byte(host, ':') || inet_pton(AF_INET6, text_string(arena, host), &address) != 1)
		return text_lower(arena, host);
	bool old = !memcmp(address.s6_addr, within, sizeof(within));
	inet_ntop(old ? AF_INET : AF_INET6, old ? address.s6_addr + sizeof(within) : address.s6_addr, spelled, sizeof(spelled));
	return text_format(arena, "%s", spelled);
}

struct text place_of_host(struct arena *arena, struct text host) {
	static const char *const here[] = {"127.0.0.1", "::1", "localhost.localdomain", "ip6-localhost", NULL};
	struct text place = canonical(arena, without_ends(host));
	return text_is_one_of(place, here) ? TEXT("localhost") : place;
}
