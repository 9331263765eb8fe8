/* What arilint and the program arilint-verify say to each other on its standard input and output: lines "name value".
 *
 * arilint writes a line `timeout MILLISECONDS` and, for each request, the lines below and an empty line, and closes its
 * side. For each request in turn arilint-verify writes the lines of an answer, `body LENGTH` last and LENGTH bytes behind it.
 * What it learns this way it keeps for itself: no argument, no environment, no file, no log. */
#pragma once

/* REQUEST_MEMBER(name): in the order in which they stand. `kind` is http or websocket; `loopback` is yes where no other
 * address may be connected to; `authorization` is empty where the password is not sent; `insecure` is yes where any certificate will do. */
#define REQUEST_MEMBERS(REQUEST_MEMBER)                                                                              \
	REQUEST_MEMBER(kind)                                                                                         \
	REQUEST_MEMBER(method)                                                                                       \
	REQUEST_MEMBER(scheme)                                                                                       \
	REQUEST_MEMBER(host)                                                                                         \
	REQUEST_MEMBER(port)                                                                                         \
	REQUEST_MEMBER(path)                                                                                         \
	REQUEST_MEMBER(authorization)                                                                                \
	REQUEST_MEMBER(loopback)                                                                                     \
	REQUEST_MEMBER(insecure)

/* `outcome` is the status, or one of the words below; `truncated` is yes where the body is only the start of one. */
#define ANSWER_MEMBERS(ANSWER_MEMBER)                                                                                \
	ANSWER_MEMBER(outcome)                                                                                       \
	ANSWER_MEMBER(realm)                                                                                         \
	ANSWER_MEMBER(server)                                                                                        \
	ANSWER_MEMBER(location)                                                                                      \
	ANSWER_MEMBER(type)                                                                                          \
	ANSWER_MEMBER(detail)                                                                                        \
	ANSWER_MEMBER(milliseconds)                                                                                  \
	ANSWER_MEMBER(truncated)

#define OUTCOME_REFUSED "refused"            /* nothing listens there */
#define OUTCOME_UNREACHABLE "unreachable"    /* no way to that address */
#define OUTCOME_NO_HOST "no-host"            /* the host's name means nothing */
#define OUTCOME_NOT_LOOPBACK "not-loopback"  /* the host's name leads away from this machine; nothing was sent */
#define OUTCOME_TIMEOUT "timeout"            /* no whole answer in time */
#define OUTCOME_CLOSED "closed"              /* the connection ended before an answer */
#define OUTCOME_NOT_HTTP "not-http"          /* what came is no HTTP */
#define OUTCOME_TOO_LARGE "too-large"        /* the headers have no end */
#define OUTCOME_TLS "tls"                    /* no TLS could be agreed on */
#define OUTCOME_CERTIFICATE "certificate"    /* the server's certificate is not trusted */
#define OUTCOME_TLS_PORT "tls-port"          /* http was asked of a port that speaks TLS */
#define OUTCOME_PLAIN_PORT "plain-port"      /* https was asked of a port that does not */
#define OUTCOME_BAD_ACCEPT "bad-accept"      /* 101, but not for this client's key: no WebSocket server */
#define OUTCOME_NO_CLOSE "no-close"          /* 101, but the close was not answered */
#define OUTCOME_FAULT "fault"                /* arilint-verify could not do its work */

enum {
	PROTOCOL_MOST_REQUESTS = 64,
	PROTOCOL_LARGEST_REQUESTS = 1 << 18,     /* all of them together, in bytes */
	PROTOCOL_LARGEST_BODY = 1 << 16,
	PROTOCOL_LARGEST_HEADERS = 1 << 16
};
