#include "verify/client.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/buffer.h"
#include "evaluate/subject.h"
#include "rule/load.h"
#include "verify/host.h"
#include "verify/protocol.h"
#include "verify/server.h"

enum { LONGEST_CREDENTIAL = 4096, LONGEST_PATH = 2048, LONGEST_HOST = 255 };

struct search {
	struct lint *lint;
	const struct pack *pack;
	const struct verification *verification;
	const struct verify_options *options;
	struct host_list *hosts;
	struct client_list *clients;
};

struct context client_context(struct lint *lint, const struct client *client, const struct answer *answer) {
	struct context context = {.lint = lint, .arena = lint->arena, .pack = client->pack};
	context.selector = client->verification->answers;
	context.subject = client->subject;
	context.subject.answer = answer;
	return context;
}

struct text client_url(struct arena *arena, const struct client *client, struct text more) {
	bool bare_ipv6 = text_find_byte(client->host, ':') != TEXT_NOT_FOUND;
	return text_format(arena, "%.*s://%s%.*s%s:%.*s%.*s", TEXT_ARGUMENTS(client->scheme), bare_ipv6 ? "[" : "",
	                   TEXT_ARGUMENTS(client->host), bare_ipv6 ? "]" : "", TEXT_ARGUMENTS(client->port),
	                   TEXT_ARGUMENTS(more));
}

bool client_asks(const struct client *client, const struct probe_result *result) {
	return !client->refusal.length && !result->skipped.length;
}

/* --- the base --- */

static bool is_host(struct arena *arena, struct text host) {
	bool ok = host.length && host.length <= LONGEST_HOST;
	for (size_t i = 0; ok && i < host.length; i++) {
		char byte = host.bytes[i];
		ok = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || strchr(".-_:", byte);
	}
	struct in6_addr six;
	bool is_six = ok && text_find_byte(host, ':') != TEXT_NOT_FOUND;
	return is_six ? inet_pton(AF_INET6, text_string(arena, host), &six) == 1 : ok;
}

/* As it may stand in a request: what is not allowed there is percent-encoded. */
static struct text encode(struct arena *arena, struct text text, const char *allowed) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.bytes[i];
		bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
		if (plain || (byte && strchr(allowed, byte)))
			buffer_add_byte(&out, (char)byte);
		else
			buffer_format(&out, "%%%02X", byte);
	}
	return buffer_text(&out);
}

static struct text part_of(struct arena *arena, struct value url, const char *filter) {
	struct argument none = {0};
	struct value part = filter_find(text_of(filter))->apply(arena, url, &none);
	return part.state == VALUE_PRESENT ? part.text : TEXT("");
}

/* Clients that add the path themselves name the server alone. */
static struct text complete_path(struct arena *arena, struct text path, struct text end) {
	struct text bare = path;
	while (bare.length && bare.bytes[bare.length - 1] == '/')
		bare.length--;
	bool whole = bare.length >= end.length && text_equal_ignoring_case(text_from(bare, bare.length - end.length), end);
	return encode(arena, whole && bare.length ? path : text_join(arena, bare, end), "-._~!$&'()*+,;=:@/%");
}

static void take_base(struct arena *arena, struct value base, struct client *client) {
	int64_t port;
	client->scheme = part_of(arena, base, "url_scheme");
	client->host = part_of(arena, base, "url_host");
	client->port = part_of(arena, base, "url_port");
	client->path = complete_path(arena, part_of(arena, base, "url_path"), client->verification->path);
	if (text_is(client->scheme, "ws"))
		client->scheme = TEXT("http");
	if (text_is(client->scheme, "wss"))
		client->scheme = TEXT("https");
	bool known = text_is(client->scheme, "http") || text_is(client->scheme, "https");
	if (!known || !is_host(arena, client->host) || client->path.length > LONGEST_PATH)
		client->refusal = TEXT("the address is no URL of http or https");
	else if (!text_to_integer(client->port, &port) || port < 1 || port > 65535)
		client->refusal = TEXT("the port of the address is no number from 1 to 65535");
}

/* --- a client --- */

static struct value evaluate(struct search *search, struct client *client, const struct template *template, const char *what) {
	struct context context = client_context(search->lint, client, NULL);
	struct value value = template_text(&context, template, true);
	if (client->refusal.length)
		return value;
	if (value.state == VALUE_UNKNOWN)
		client->refusal = text_join(context.arena, text_format(context.arena, "%s can't be told: ", what), value.text);
	else if (value.state == VALUE_ABSENT || !value.text.length)
		client->refusal = text_format(context.arena, "the file has no %s", what);
	else if (context_is_template(&context, value.text))
		client->refusal = text_format(context.arena, "the %s is filled in by a program before use", what);
	return value;
}

static void take_credentials(struct search *search, struct value user, struct value password, struct client *client) {
	struct arena *arena = search->lint->arena;
	struct buffer encoded = {.arena = arena};
	if (user.text.length + password.text.length > LONGEST_CREDENTIAL) {
		client->refusal = TEXT("user and password are longer than 4096 bytes");
		return;
	}
	client->user = value_shown(arena, user);
	struct text pair = text_format(arena, "%.*s:%.*s", TEXT_ARGUMENTS(user.text), TEXT_ARGUMENTS(password.text));
	if (pair.length != user.text.length + password.text.length + 1) {
		client->refusal = TEXT("user or password holds a NUL byte");
		return;
	}
	buffer_add_base64(&encoded, pair);
	client->authorization = buffer_text(&encoded);
	client->redaction = (struct redaction){.arena = arena, .inside_words = true};
	redact_learn(&client->redaction, password.text);
	redact_learn(&client->redaction, text_trim(client->authorization, "="));
	if (value_is_secret(user))
		redact_learn(&client->redaction, user.text);
}

/* Values are components of the path: a "/" or "&" in one is data. */
static void make_path(struct context *context, const struct client *client, struct probe_result *result) {
	const struct template *template = result->probe->path;
	struct buffer path = {.arena = context->arena};
	buffer_add(&path, client->path);
	for (size_t i = 0; i < template->parts.count; i++) {
		const struct template_part *part = &template->parts.items[i];
		buffer_add(&path, part->text);
		if (!part->reference) continue;
		struct value value = reference_value(context, part->reference);
		if (value.state != VALUE_PRESENT || !value.text.length)
			result->skipped = value.state == VALUE_UNKNOWN ? value.text : TEXT("the file has no value for it");
		if (value_is_secret(value))
			result->skipped = TEXT("its address would hold a secret");
		buffer_add(&path, encode(context->arena, value.text, "-._~"));
	}
	result->path = buffer_text(&path);
	if (result->path.length > LONGEST_PATH)
		result->skipped = TEXT("its address is too long");
}

static void prepare_probes(struct search *search, struct client *client) {
	const struct verification *verification = client->verification;
	const struct verify_options *options = search->options;
	struct arena *arena = search->lint->arena;
	client->results = arena_array(arena, struct probe_result, verification->probes.count);
	for (size_t i = 0; i < verification->probes.count; i++) {
		struct probe_result *result = &client->results[i];
		result->probe = &verification->probes.items[i];
		result->answer = (struct answer){.probe = result->probe->id, .host = client->host, .port = client->port};
		result->answer.from = options->from;
		result->answer.to = options->to;
		result->answer.call_id = options->call_id;
		struct context context = client_context(search->lint, client, &result->answer);
		if (result->probe->call && !options->from.length)
			result->skipped = TEXT("only with --call");
		else
			make_path(&context, client, result);
		result->answer.url = client_url(arena, client, result->path);
	}
}

static struct text not_sent(struct arena *arena, const struct client *client) {
	return text_format(arena, "the password is not sent: %.*s", TEXT_ARGUMENTS(client->doubt));
}

static void skip_all_but_first(struct client *client, struct arena *arena) {
	for (size_t i = 1; i < client->verification->probes.count; i++)
		client->results[i].skipped = not_sent(arena, client);
}

void client_doubt_answer(struct arena *arena, const struct client *client, struct probe_result *result) {
	int64_t status;
	if (client->doubt.length && text_to_integer(result->answer.outcome, &status))
		result->skipped = text_format(arena, "%.*s; without it the answer is %lld", TEXT_ARGUMENTS(not_sent(arena, client)),
		                              (long long)status);
}

static bool is_known(const struct client_list *clients, const struct client *client) {
	for (size_t i = 0; i < clients->count; i++) {
		const struct client *other = &clients->items[i];
		if (other->verification == client->verification && other->subject.file->source == client->subject.file->source &&
		    text_equal(other->authorization, client->authorization) && text_equal(other->scheme, client->scheme) &&
		    text_equal(other->host, client->host) && text_equal(other->port, client->port) &&
		    text_equal(other->path, client->path))
			return true;
	}
	return false;
}

static void add_client(struct context *context, void *data) {
	struct search *search = data;
	struct client client = {.pack = search->pack, .verification = search->verification, .subject = context->subject};
	struct text reason = TEXT("");
	if (condition_evaluate(context, context->selector->where, &reason) == VERDICT_FALSE) return;
	/* One too many is refused as a whole by exchange_run(). */
	if (search->clients->count > PROTOCOL_MOST_REQUESTS) return;
	struct value base = evaluate(search, &client, search->verification->base, "address");
	struct value user = evaluate(search, &client, search->verification->user, "user");
	struct value password = evaluate(search, &client, search->verification->password, "password");
	if (base.state == VALUE_PRESENT && !client.refusal.length)
		take_base(context->arena, base, &client);
	if (!client.refusal.length)
		take_credentials(search, user, password, &client);
	if (!client.refusal.length)
		client.loopback = host_is_loopback(context->arena, client.host);
	if (!client.refusal.length && !client.loopback)
		client.refusal = host_refusal(context->arena, search->hosts, client.host);
	enum listener listener = LISTENER_TRUSTED;
	if (!client.refusal.length && client.loopback)
		client.doubt = server_doubt(context->arena, client.verification, client.host, client.port, &listener);
	prepare_probes(search, &client);
	if (listener > LISTENER_TRUSTED)
		skip_all_but_first(&client, context->arena);
	if (!is_known(search->clients, &client))
		*list_add(context->arena, search->clients) = client;
}

void clients_find(struct lint *lint, const struct verify_options *options, struct client_list *clients) {
	struct host_list hosts = {0};
	for (size_t i = 0; i < lint->options->packs.count; i++) {
		const struct pack *pack = lint->options->packs.items[i];
		struct search search = {lint, pack, pack->verification, options, &hosts, clients};
		for (size_t j = 0; search.verification && j < lint->files.count; j++) {
			struct file *file = lint->files.items[j];
			struct context context = {.lint = lint, .arena = lint->arena, .pack = pack, .selector = search.verification->selector};
			if (file->role == context.selector->role && !file->example && !file->source->peer)
				subjects_each(&context, file, add_client, &search);
		}
	}
}
