#define CURL_DISABLE_TYPECHECK
#include "curl.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "integrations/verify/sha1.h"
#include "target.h"

#undef curl_easy_setopt
#undef curl_easy_getinfo

struct handle {
	curl_write_callback take_header, take_body;
	void *header_data, *body_data;
	bool connect_only;
	long status;
};

static struct text rest;
static struct arena answer_arena;

void curl_will_answer(struct text bytes) {
	arena_release(&answer_arena);
	rest = bytes;
}

CURL *curl_easy_init(void) {
	struct handle *handle = calloc(1, sizeof(*handle));
	require(handle, "no memory");
	return handle;
}

void curl_easy_cleanup(CURL *curl) { free(curl); }

CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...) {
	struct handle *handle = curl;
	va_list arguments;
	va_start(arguments, option);
	if (option == CURLOPT_HEADERFUNCTION)
		handle->take_header = va_arg(arguments, curl_write_callback);
	else if (option == CURLOPT_WRITEFUNCTION)
		handle->take_body = va_arg(arguments, curl_write_callback);
	else if (option == CURLOPT_HEADERDATA)
		handle->header_data = va_arg(arguments, void *);
	else if (option == CURLOPT_WRITEDATA)
		handle->body_data = va_arg(arguments, void *);
	else if (option == CURLOPT_CONNECT_ONLY)
		handle->connect_only = va_arg(arguments, long);
	va_end(arguments);
	return CURLE_OK;
}

/* --- HTTP --- */

/* libcurl hands headers on line by line, and bodies in pieces of its own choice. Their memory is its own. */
static bool hand_on(curl_write_callback take, void *data, struct text text) {
	char *copy = malloc(text.length ? text.length : 1);
	require(copy, "no memory");
	if (text.length)
		memcpy(copy, text.bytes, text.length);
	bool taken = take(copy, 1, text.length, data) == text.length;
	free(copy);
	return taken;
}

static size_t piece_of(struct text text, size_t most) {
	size_t wanted = text.length ? 1 + (unsigned char)text.bytes[0] : 0;
	wanted = wanted < text.length ? wanted : text.length;
	return wanted < most ? wanted : most;
}

CURLcode curl_easy_perform(CURL *curl) {
	struct handle *handle = curl;
	int64_t status;
	if (handle->connect_only)
		return CURLE_OK;
	if (!text_starts_with(rest, TEXT("HTTP/1.")))
		return rest.length ? CURLE_WEIRD_SERVER_REPLY : CURLE_GOT_NOTHING;
	if (text_to_integer(text_slice(rest, 9, 12), &status) && status > 0)
		handle->status = (long)status;
	for (bool head = true; head && rest.length;) {
		size_t end = text_find_byte(rest, '\n');
		struct text line = text_slice(rest, 0, end == TEXT_NOT_FOUND ? rest.length : end + 1);
		rest = text_from(rest, line.length);
		head = text_trim(line, "\r\n").length;
		if (!hand_on(handle->take_header, handle->header_data, line))
			return CURLE_WRITE_ERROR;
	}
	for (size_t length; rest.length; rest = text_from(rest, length)) {
		length = piece_of(rest, CURL_MAX_WRITE_SIZE);
		if (!hand_on(handle->take_body, handle->body_data, text_slice(rest, 0, length)))
			return CURLE_WRITE_ERROR;
	}
	return CURLE_OK;
}

CURLcode curl_easy_getinfo(CURL *curl, CURLINFO info, ...) {
	va_list arguments;
	va_start(arguments, info);
	if (info == CURLINFO_RESPONSE_CODE)
		*va_arg(arguments, long *) = ((struct handle *)curl)->status;
	va_end(arguments);
	return info == CURLINFO_RESPONSE_CODE ? CURLE_OK : CURLE_BAD_FUNCTION_ARGUMENT;
}

/* --- WebSockets --- */

static void answer_key(struct text key) {
	unsigned char hash[SHA1_SIZE];
	struct buffer out = {.arena = &answer_arena};
	size_t place = text_find(rest, TEXT("{accept}"));
	if (place == TEXT_NOT_FOUND || key.length > 64) return;
	sha1(text_join(&answer_arena, key, TEXT("258EAFA5-E914-47DA-95CA-C5AB0DC85B11")), hash);
	buffer_add(&out, text_slice(rest, 0, place));
	buffer_add_base64(&out, (struct text){(const char *)hash, sizeof(hash)});
	buffer_add(&out, text_from(rest, place + 8));
	rest = buffer_text(&out);
}

CURLcode curl_easy_send(CURL *curl, const void *bytes, size_t length, size_t *sent) {
	struct text text = {bytes, length}, name = TEXT("Sec-WebSocket-Key: ");
	size_t place = text_find(text, name);
	(void)curl;
	if (place != TEXT_NOT_FOUND) {
		struct text key = text_from(text, place + name.length);
		answer_key(text_cut(&key, '\r'));
	}
	*sent = length;
	return CURLE_OK;
}

CURLcode curl_easy_recv(CURL *curl, void *bytes, size_t room, size_t *received) {
	(void)curl;
	*received = piece_of(rest, room);
	if (*received)
		memcpy(bytes, rest.bytes, *received);
	rest = text_from(rest, *received);
	return CURLE_OK;
}

/* --- the rest --- */

const char *curl_easy_strerror(CURLcode code) { return code ? "a fault" : "no fault"; }

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
	struct curl_slist *added = calloc(1, sizeof(*added)), **last = &list;
	require(added, "no memory");
	added->data = strdup(text);
	while (*last)
		last = &(*last)->next;
	*last = added;
	return list;
}

void curl_slist_free_all(struct curl_slist *list) {
	while (list) {
		struct curl_slist *next = list->next;
		free(list->data);
		free(list);
		list = next;
	}
}
