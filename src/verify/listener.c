#include "verify/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* Fields of a line of /proc/net/tcp and tcp6, separated by blanks. */
enum { FIELD_LOCAL = 1, FIELD_STATE = 3, FIELD_USER = 7, FIELDS = 10, LARGEST = 64 << 20 };

/* Addresses of both kinds are compared as IPv6 knows them: ::ffff:127.0.0.1. */
struct wanted {
	bool any_loopback;
	struct in6_addr address;
	int64_t port;
};

static struct in6_addr mapped(uint32_t four) {
	struct in6_addr six = {.s6_addr = {[10] = 0xff, [11] = 0xff}};
	memcpy(&six.s6_addr[12], &four, sizeof(four));
	return six;
}

static struct wanted wanted_of(struct arena *arena, struct text host, struct text port) {
	struct wanted wanted = {0};
	struct in_addr four;
	text_to_integer(port, &wanted.port);
	if (inet_pton(AF_INET, text_string(arena, host), &four) == 1)
		wanted.address = mapped(four.s_addr);
	else
		wanted.any_loopback = inet_pton(AF_INET6, text_string(arena, host), &wanted.address) != 1;
	return wanted;
}

static bool is_loopback(const struct in6_addr *address) {
	return IN6_IS_ADDR_LOOPBACK(address) || (IN6_IS_ADDR_V4MAPPED(address) && address->s6_addr[12] == 127);
}

/* Whether a socket that listens at an address answers what is wanted; one that listens everywhere does, IPv4 on IPv4. */
static bool answers(const struct wanted *wanted, const struct in6_addr *address) {
	const struct in6_addr everywhere = mapped(0);
	if (IN6_IS_ADDR_UNSPECIFIED(address)) return true;
	if (!memcmp(address, &everywhere, sizeof(everywhere)))
		return wanted->any_loopback || IN6_IS_ADDR_V4MAPPED(&wanted->address);
	return wanted->any_loopback ? is_loopback(address) : !memcmp(address, &wanted->address, sizeof(*address));
}

static bool read_hexadecimal(struct text text, uint32_t *number) {
	*number = 0;
	for (size_t i = 0; i < text.length; i++) {
		const char *digits = "0123456789ABCDEF", *digit = strchr(digits, text.bytes[i]);
		if (!digit || !text.bytes[i]) return false;
		*number = *number << 4 | (uint32_t)(digit - digits);
	}
	return text.length > 0 && text.length <= 8;
}

/* Each eight digits are a number of four bytes in the machine's own order. */
static bool read_local(struct text field, struct in6_addr *address, uint32_t *port) {
	struct text digits = text_cut(&field, ':');
	uint32_t number;
	if (digits.length == 8) {
		bool read = read_hexadecimal(digits, &number);
		*address = mapped(number);
		return read && read_hexadecimal(field, port);
	}
	for (size_t i = 0; i < 4; i++) {
		if (digits.length != 32 || !read_hexadecimal(text_slice(digits, 8 * i, 8 * i + 8), &number)) return false;
		memcpy(&address->s6_addr[4 * i], &number, sizeof(number));
	}
	return read_hexadecimal(field, port);
}

static bool split(struct text line, struct text fields[FIELDS]) {
	size_t count = 0;
	while (line.length && count < FIELDS) {
		struct text field = text_cut(&line, ' ');
		if (field.length)
			fields[count++] = field;
	}
	return count == FIELDS;
}

static bool is_among(const struct user_list *users, int64_t user) {
	bool known = user == 0;
	for (size_t i = 0; i < users->count; i++)
		known = known || users->items[i] == user;
	return known;
}

/* What a line adds to what is known so far. */
static enum listener take_line(const struct wanted *wanted, const struct user_list *users, struct text line, unsigned *user) {
	struct text fields[FIELDS];
	struct in6_addr address;
	uint32_t port;
	int64_t owner;
	if (!split(line, fields) || !text_is(fields[FIELD_STATE], "0A") || !read_local(fields[FIELD_LOCAL], &address, &port) ||
	    port != wanted->port || !answers(wanted, &address) || !text_to_integer(fields[FIELD_USER], &owner))
		return LISTENER_NONE;
	if (is_among(users, owner))
		return LISTENER_TRUSTED;
	*user = (unsigned)owner;
	return LISTENER_OTHER;
}

enum listener listener_find(struct arena *arena, struct text host, struct text port, const struct user_list *users,
                            unsigned *user) {
	static const char *const tables[] = {"/proc/net/tcp", "/proc/net/tcp6"};
	struct wanted wanted = wanted_of(arena, host, port);
	enum listener found = LISTENER_NONE;
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		struct text lines = TEXT("");
		int table = open(tables[i], O_RDONLY | O_CLOEXEC);
		bool read = file_close(table, table >= 0 && file_read_all(arena, table, 1 << 16, LARGEST, &lines));
		/* A machine may know no IPv6. */
		if (!read && i == 0)
			return LISTENER_UNKNOWN;
		while (lines.length) {
			enum listener more = take_line(&wanted, users, text_cut(&lines, '\n'), user);
			found = more > found ? more : found;
		}
	}
	return found;
}
