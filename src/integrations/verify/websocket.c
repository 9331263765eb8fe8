#include <string.h>
#include <sys/random.h>

#include "integrations/verify/probe.h"
#include "integrations/verify/sha1.h"

enum { LARGEST_HEAD = 16384, KEY_SIZE = 16, LONGEST_CLOSE = 3000, OPCODE_CLOSE = 8 };

/* What was received and not yet taken. */
struct stream {
	struct connection *connection;
	struct buffer bytes;
	size_t taken;
};

static bool fill(struct stream *stream, size_t wanted) {
	char bytes[4096];
	while (stream->bytes.length - stream->taken < wanted) {
		ssize_t length = connection_receive(stream->connection, bytes, sizeof(bytes));
		if (length <= 0) return false;
		buffer_add(&stream->bytes, (struct text){bytes, (size_t)length});
	}
	return true;
}

/* --- the handshake --- */

static struct text make_key(struct arena *arena) {
	char random[KEY_SIZE];
	struct buffer key = {.arena = arena};
	if (getrandom(random, sizeof(random), 0) == (ssize_t)sizeof(random))
		buffer_add_base64(&key, (struct text){random, sizeof(random)});
	return buffer_text(&key);
}

static struct text expected_accept(struct arena *arena, struct text key) {
	unsigned char hash[SHA1_SIZE];
	struct buffer accept = {.arena = arena};
	sha1(text_join(arena, key, TEXT("258EAFA5-E914-47DA-95CA-C5AB0DC85B11")), hash);
	buffer_add_base64(&accept, (struct text){(const char *)hash, sizeof(hash)});
	return buffer_text(&accept);
}

static bool send_handshake(struct connection *connection, struct text key) {
	const struct request *request = connection->request;
	struct text authority = request_authority(request);
	return connection_send(connection,
	                       text_format(request->arena,
	                                   "GET %.*s HTTP/1.1\r\nHost: %.*s\r\nUpgrade: websocket\r\n"
	                                   "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %.*s\r\n"
	                                   "User-Agent: arilint-verify\r\n%s%.*s\r\n\r\n",
	                                   TEXT_ARGUMENTS(request->path), TEXT_ARGUMENTS(authority), TEXT_ARGUMENTS(key),
	                                   request->authorization.length ? "Authorization: Basic " : "Accept: */*",
	                                   TEXT_ARGUMENTS(request->authorization)));
}

/* The head of the answer with the empty line at its end; on a fault an outcome. */
static const char *receive_head(struct stream *stream, struct text *head) {
	for (;;) {
		struct text so_far = buffer_text(&stream->bytes);
		size_t end = text_find(so_far, TEXT("\r\n\r\n")), compared = so_far.length < 7 ? so_far.length : 7;
		if (compared && memcmp(so_far.bytes, "HTTP/1.", compared) != 0)
			return OUTCOME_NOT_HTTP;
		if (end != TEXT_NOT_FOUND) {
			*head = text_slice(so_far, 0, end + 4);
			stream->taken = end + 4;
			return NULL;
		}
		if (so_far.length > LARGEST_HEAD)
			return OUTCOME_TOO_LARGE;
		if (!fill(stream, so_far.length + 1))
			return connection_now() < stream->connection->deadline ? OUTCOME_CLOSED : OUTCOME_TIMEOUT;
	}
}

static bool is_status(struct text text) {
	int64_t number;
	return text.length == 3 && text_to_integer(text, &number) && number >= 100 && number <= 599;
}

/* Takes the headers; returns whether the key was answered rightly. */
static bool take_head(struct response *response, struct arena *arena, struct text head, struct text key) {
	struct text line = text_cut(&head, '\n');
	struct text status = text_slice(line, 9, 12), accept = TEXT("");
	response->outcome = is_status(status) ? text_copy(arena, status) : TEXT(OUTCOME_NOT_HTTP);
	while (head.length) {
		line = text_cut(&head, '\n');
		struct text value = line, name = text_cut(&value, ':');
		if (text_equal_ignoring_case(name, TEXT("Sec-WebSocket-Accept")))
			accept = text_trim(value, " \t\r");
		response_take_header(arena, line, response);
	}
	return text_equal(accept, expected_accept(arena, key));
}

/* --- closing --- */

static bool send_close(struct connection *connection) {
	/* FIN and the opcode; MASK and the length; the mask; status 1000, masked. */
	char frame[8] = {(char)(0x80 | OPCODE_CLOSE), (char)(0x80 | 2)};
	if (getrandom(frame + 2, 4, 0) != 4) return false;
	frame[6] = (char)(frame[2] ^ (1000 >> 8));
	frame[7] = (char)(frame[3] ^ (1000 & 0xff));
	return connection_send(connection, (struct text){frame, sizeof(frame)});
}

/* How many bytes of a frame's head, behind the first two, say its length. */
static size_t count_extra(const unsigned char *head) {
	return (head[1] & 0x7f) == 126 ? 2 : (head[1] & 0x7f) == 127 ? 8 : 0;
}

/* The length of a frame whose head is there, with its head. False when it is none that a server may send. */
static bool measure(const unsigned char *head, size_t *length) {
	size_t extra = count_extra(head), payload = extra ? 0 : head[1] & 0x7f;
	for (size_t i = 0; i < extra; i++)
		payload = payload << 8 | head[2 + i];
	*length = 2 + extra + payload;
	return !(head[1] & 0x80 || head[0] & 0x70) && payload <= PROTOCOL_LARGEST_BODY;
}

/* Passes over events until the server closes too. */
static bool await_close(struct stream *stream) {
	size_t seen = 0;
	while (seen < 16 * (size_t)PROTOCOL_LARGEST_BODY && fill(stream, 2)) {
		const unsigned char *head = (const unsigned char *)stream->bytes.bytes + stream->taken;
		size_t length;
		if ((head[0] & 0x0f) == OPCODE_CLOSE) return true;
		if (!fill(stream, 2 + count_extra(head))) return false;
		head = (const unsigned char *)stream->bytes.bytes + stream->taken;
		if (!measure(head, &length) || !fill(stream, length)) return false;
		stream->taken += length;
		seen += length;
	}
	return false;
}

/* --- the probe --- */

static void converse(struct connection *connection, struct response *response) {
	struct arena *arena = connection->request->arena;
	struct stream stream = {.connection = connection, .bytes = {.arena = arena}};
	struct text key = make_key(arena), head;
	if (!key.length) return;
	const char *fault = send_handshake(connection, key) ? receive_head(&stream, &head) : OUTCOME_CLOSED;
	if (fault) {
		response->outcome = text_of(fault);
		if (!strcmp(fault, OUTCOME_CLOSED))
			connection_explain(connection, CURLE_GOT_NOTHING, response);
		else if (!strcmp(fault, OUTCOME_NOT_HTTP))
			connection_explain(connection, CURLE_WEIRD_SERVER_REPLY, response);
		return;
	}
	bool accepted = take_head(response, arena, head, key);
	if (!text_is(response->outcome, "101")) {
		buffer_add(&response->body, text_from(buffer_text(&stream.bytes), stream.taken));
		return;
	}
	if (!accepted) {
		response->outcome = TEXT(OUTCOME_BAD_ACCEPT);
		return;
	}
	long latest = connection_now() + LONGEST_CLOSE;
	if (connection->deadline > latest)
		connection->deadline = latest;
	if (!send_close(connection) || !await_close(&stream))
		response->outcome = TEXT(OUTCOME_NO_CLOSE);
}

void probe_websocket(const struct request *request, struct response *response) {
	struct connection connection;
	response->outcome = TEXT(OUTCOME_FAULT);
	if (!connection_begin(request, &connection)) return;
	CURLcode result = connection_open(&connection);
	if (result == CURLE_OK)
		converse(&connection, response);
	else
		connection_explain(&connection, result, response);
	connection_end(&connection);
}
