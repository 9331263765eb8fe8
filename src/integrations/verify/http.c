#include "integrations/verify/probe.h"

struct exchange {
	struct arena *arena;
	struct response *response;
	size_t header_bytes;
	bool headers_too_large;
};

static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
	struct exchange *exchange = context;
	struct text line = {bytes, size * count};
	exchange->header_bytes += line.length;
	exchange->headers_too_large = exchange->header_bytes > PROTOCOL_LARGEST_HEADERS;
	if (exchange->headers_too_large)
		return 0;
	response_take_header(exchange->arena, line, exchange->response);
	return line.length;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
	struct exchange *exchange = context;
	struct buffer *body = &exchange->response->body;
	struct text part = {bytes, size * count};
	size_t room = PROTOCOL_LARGEST_BODY - body->length;
	exchange->response->truncated = part.length > room;
	buffer_add(body, text_slice(part, 0, room));
	return exchange->response->truncated ? 0 : part.length;
}

static struct curl_slist *make_headers(const struct request *request) {
	/* A header without a value is none. */
	struct text authorization = text_format(request->arena, "Authorization:%s%.*s",
	                                        request->authorization.length ? " Basic " : "",
	                                        TEXT_ARGUMENTS(request->authorization));
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
	struct curl_slist *more = headers ? curl_slist_append(headers, text_string(request->arena, authorization)) : NULL;
	if (!more)
		curl_slist_free_all(headers);
	return more;
}

static bool set_request(CURL *curl, const struct request *request, struct exchange *exchange, struct curl_slist *headers) {
	bool post = text_is(request->method, "POST");
	return !curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) &&
	       !curl_easy_setopt(curl, CURLOPT_USERAGENT, "arilint-verify") &&
	       !curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header) &&
	       !curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange) &&
	       !curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) &&
	       !curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange) &&
	       !(post && curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "")) &&
	       !curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, text_string(request->arena, request->method));
}

static void finish(struct connection *connection, struct exchange *exchange, CURLcode result) {
	struct response *response = exchange->response;
	long status = 0;
	curl_easy_getinfo(connection->curl, CURLINFO_RESPONSE_CODE, &status);
	bool whole = result == CURLE_OK || (result == CURLE_WRITE_ERROR && response->truncated);
	if (exchange->headers_too_large)
		response->outcome = TEXT(OUTCOME_TOO_LARGE);
	else if (whole && status)
		response->outcome = text_format(exchange->arena, "%ld", status);
	else
		connection_explain(connection, result, response);
}

void probe_http(const struct request *request, struct response *response) {
	struct connection connection;
	struct exchange exchange = {.arena = request->arena, .response = response};
	response->outcome = TEXT(OUTCOME_FAULT);
	if (!connection_begin(request, &connection)) return;
	struct curl_slist *headers = make_headers(request);
	if (headers && set_request(connection.curl, request, &exchange, headers))
		finish(&connection, &exchange, curl_easy_perform(connection.curl));
	connection_end(&connection);
	curl_slist_free_all(headers);
}
