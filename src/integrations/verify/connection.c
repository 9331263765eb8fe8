#include "integrations/verify/connection.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { LONGEST_CONNECT = 5000, LONGEST_QUESTION = 1500, SLOWEST_BYTES = 16 };

long connection_now(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_loopback(const struct curl_sockaddr *address) {
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	if (address->family == AF_INET) {
		memcpy(&four, &address->addr, sizeof(four));
		return ntohl(four.sin_addr.s_addr) >> 24 == 127;
	}
	memcpy(&six, &address->addr, sizeof(six));
	return address->family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
	struct connection *connection = context;
	if (text_is(connection->request->loopback, "yes") && !is_loopback(address)) {
		connection->left_loopback = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool set_url(CURL *curl, const struct request *request) {
	struct text query = request->path, path = text_cut(&query, '?'), authority = request_authority(request);
	struct text url = text_format(request->arena, "%.*s://%.*s%.*s%s%.*s", TEXT_ARGUMENTS(request->scheme),
	                              TEXT_ARGUMENTS(authority), TEXT_ARGUMENTS(path), query.length ? "?" : "",
	                              TEXT_ARGUMENTS(query));
	return !curl_easy_setopt(curl, CURLOPT_URL, url.bytes);
}

static bool set_protocols(CURL *curl) {
#if LIBCURL_VERSION_NUM >= 0x075500
	return !curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	return !curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static bool set_limits(CURL *curl, long timeout) {
	long slow = timeout / 2000 > 0 ? timeout / 2000 : 1;
	return !curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout) &&
	       !curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, timeout < LONGEST_CONNECT ? timeout : (long)LONGEST_CONNECT) &&
	       !curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOWEST_BYTES) &&
	       !curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, slow) && !curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
}

static bool set_options(struct connection *connection) {
	CURL *curl = connection->curl;
	const struct request *request = connection->request;
	long checked = text_is(request->insecure, "yes") && text_is(request->loopback, "yes") ? 0 : 1;
	return set_protocols(curl) && set_limits(curl, request->timeout) &&
	       !curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, connection->fault) &&
	       !curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) && !curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L) &&
	       !curl_easy_setopt(curl, CURLOPT_PROXY, "") && !curl_easy_setopt(curl, CURLOPT_NOPROXY, "*") &&
	       !curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) &&
	       !curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) &&
	       !curl_easy_setopt(curl, CURLOPT_SSL_ENABLE_ALPN, 0L) &&
	       !curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, checked) &&
	       !curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, checked * 2) &&
	       !curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) &&
	       !curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, connection);
}

bool connection_begin(const struct request *request, struct connection *connection) {
	*connection = (struct connection){.request = request, .curl = curl_easy_init()};
	connection->deadline = connection_now() + request->timeout;
	if (connection->curl && set_options(connection) && set_url(connection->curl, request)) return true;
	connection_end(connection);
	return false;
}

void connection_end(struct connection *connection) {
	curl_easy_cleanup(connection->curl);
	connection->curl = NULL;
}

CURLcode connection_open(struct connection *connection) {
	CURLcode result = curl_easy_setopt(connection->curl, CURLOPT_CONNECT_ONLY, 1L);
	return result ? result : curl_easy_perform(connection->curl);
}

/* --- bytes --- */

static bool wait_for(struct connection *connection, short events) {
	curl_socket_t descriptor;
	long left = connection->deadline - connection_now();
	if (left <= 0 || curl_easy_getinfo(connection->curl, CURLINFO_ACTIVESOCKET, &descriptor)) return false;
	struct pollfd waiting = {.fd = descriptor, .events = events};
	int ready = poll(&waiting, 1, (int)left);
	return ready > 0 || (ready < 0 && errno == EINTR);
}

bool connection_send(struct connection *connection, struct text text) {
	while (text.length) {
		size_t sent = 0;
		CURLcode result = curl_easy_send(connection->curl, text.bytes, text.length, &sent);
		if (result == CURLE_AGAIN ? !wait_for(connection, POLLOUT) : result != CURLE_OK) return false;
		text = text_from(text, sent);
	}
	return true;
}

ssize_t connection_receive(struct connection *connection, char *bytes, size_t room) {
	for (;;) {
		size_t received = 0;
		CURLcode result = curl_easy_recv(connection->curl, bytes, room, &received);
		if (result == CURLE_OK)
			return (ssize_t)received;
		if (result != CURLE_AGAIN || !wait_for(connection, POLLIN)) return -1;
	}
}

/* --- what went wrong --- */

/* Whether a connection of that scheme can be made, and `greeting` (NULL: nothing) is answered with HTTP. */
static bool port_speaks(const struct request *request, const char *scheme, const char *greeting) {
	struct request bare = *request;
	struct connection connection;
	char bytes[5];
	size_t length = 0;
	bare.authorization = TEXT("");
	bare.scheme = text_of(scheme);
	if (bare.timeout > LONGEST_QUESTION)
		bare.timeout = LONGEST_QUESTION;
	if (!connection_begin(&bare, &connection)) return false;
	CURLcode result = connection_open(&connection);
	bool spoken = result == CURLE_OK || (result == CURLE_PEER_FAILED_VERIFICATION && !greeting);
	if (spoken && greeting) {
		spoken = connection_send(&connection, text_of(greeting));
		ssize_t more = 1;
		while (spoken && length < sizeof(bytes) && more > 0)
			if ((more = connection_receive(&connection, bytes + length, sizeof(bytes) - length)) > 0)
				length += (size_t)more;
		spoken = length == sizeof(bytes) && !memcmp(bytes, "HTTP/", sizeof(bytes));
	}
	connection_end(&connection);
	return spoken;
}

static const char *connect_fault(struct connection *connection) {
	long error = 0;
	curl_easy_getinfo(connection->curl, CURLINFO_OS_ERRNO, &error);
	if (connection->left_loopback)
		return OUTCOME_NOT_LOOPBACK;
	return error == ECONNREFUSED ? OUTCOME_REFUSED : OUTCOME_UNREACHABLE;
}

static const char *outcome_of(struct connection *connection, CURLcode result) {
	switch (result) {
	case CURLE_COULDNT_RESOLVE_HOST: return OUTCOME_NO_HOST;
	case CURLE_COULDNT_CONNECT: return connect_fault(connection);
	case CURLE_OPERATION_TIMEDOUT: return OUTCOME_TIMEOUT;
	case CURLE_PEER_FAILED_VERIFICATION: return OUTCOME_CERTIFICATE;
	case CURLE_SSL_CONNECT_ERROR: return OUTCOME_TLS;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_BAD_CONTENT_ENCODING: return OUTCOME_NOT_HTTP;
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR: return OUTCOME_CLOSED;
#if LIBCURL_VERSION_NUM >= 0x080600
	case CURLE_TOO_LARGE:
#endif
	case CURLE_OUT_OF_MEMORY: return OUTCOME_TOO_LARGE;
	default: return OUTCOME_FAULT;
	}
}

void connection_explain(struct connection *connection, CURLcode result, struct response *response) {
	const struct request *request = connection->request;
	const char *outcome = outcome_of(connection, result), *words = connection->fault;
	bool plain = text_is(request->scheme, "http");
	response->detail = text_copy(request->arena, text_of(*words ? words : curl_easy_strerror(result)));
	if (plain && (!strcmp(outcome, OUTCOME_CLOSED) || !strcmp(outcome, OUTCOME_NOT_HTTP)) &&
	    port_speaks(request, "https", NULL))
		outcome = OUTCOME_TLS_PORT;
	if (!plain && !strcmp(outcome, OUTCOME_TLS) && port_speaks(request, "http", "HEAD / HTTP/1.0\r\n\r\n"))
		outcome = OUTCOME_PLAIN_PORT;
	response->outcome = text_of(outcome);
}
