/* arilint-verify: what is asked, and what came of it. */
#pragma once

#include <curl/curl.h>

#include "base/buffer.h"
#include "verify/protocol.h"

struct request {
	struct arena *arena;
	long timeout;          /* milliseconds for the whole of it */
#define MEMBER(name) struct text name;
	REQUEST_MEMBERS(MEMBER)
#undef MEMBER
};

struct response {
	struct text outcome, realm, server, location, type, detail;
	struct buffer body;
	bool truncated;
};

/* Reads all requests, one after the other; NULL when they are not what arilint writes. */
struct request *requests_read(struct arena *arena, struct text lines, size_t *count);

void response_write(const struct response *response, long milliseconds, struct buffer *out);

/* A header of the answer, "Name: value": keeps what is asked for. */
void response_take_header(struct arena *arena, struct text line, struct response *response);

/* The host and port as a URL has them. */
struct text request_authority(const struct request *request);
