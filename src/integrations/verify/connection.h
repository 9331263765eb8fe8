/* A connection with libcurl that follows no redirect, knows no proxy, and goes nowhere but where it is told to. */
#pragma once

#include "integrations/verify/request.h"

struct connection {
	const struct request *request;
	CURL *curl;
	char fault[CURL_ERROR_SIZE];
	bool left_loopback;    /* the host's name led away from this machine, which was not allowed */
	long deadline;         /* of the whole request, as connection_now() counts */
};

/* Milliseconds of a clock that only goes forward. */
long connection_now(void);

/* False when libcurl refuses; then there is nothing to end. */
bool connection_begin(const struct request *request, struct connection *connection);
void connection_end(struct connection *connection);

/* Connects without sending anything of HTTP, for connection_send() and connection_receive(). */
CURLcode connection_open(struct connection *connection);

/* All of the text, or false. */
bool connection_send(struct connection *connection, struct text text);

/* Bytes received, 0 at the end, -1 when there is a fault or the deadline is over. */
ssize_t connection_receive(struct connection *connection, char *bytes, size_t room);

/* The outcome that libcurl's result means, and its own words in `detail`. Asks the port what it speaks where that may be the
 * fault: without credentials. */
void connection_explain(struct connection *connection, CURLcode result, struct response *response);
