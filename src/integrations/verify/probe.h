/* arilint-verify: one request each. The response always has an outcome. */
#pragma once

#include "integrations/verify/connection.h"

/* An HTTP request with its answer: at most 64 KiB of headers, and as much of the body. */
void probe_http(const struct request *request, struct response *response);

/* Opens a WebSocket (RFC 6455) and closes it again; what the server sends in between is passed over. */
void probe_websocket(const struct request *request, struct response *response);
