/* Filters that take apart URLs (RFC 3986, section 3) and addresses like `127.0.0.1:8088`, `[::1]:8088`, or a port alone. */
#include "filter/filter.h"

struct url {
	struct text scheme;    /* without `:` */
	struct text before;    /* all up to the host: scheme, `://`, user and password */
	struct text account;   /* the last two, without `@`; no bytes at all without one */
	struct text host;      /* without brackets */
	struct text host_raw;  /* with them */
	struct text port;      /* empty when none is written */
	struct text path;      /* from the `/` to `?` or `#`, may be empty */
	struct text tail;      /* from `?` or `#` on */
	bool ok;               /* it is a URL */
};

static void split_address(struct text address, struct text *host, struct text *host_raw, struct text *port) {
	size_t bracket = address.length && address.bytes[0] == '[' ? text_find_byte(address, ']') : TEXT_NOT_FOUND;
	size_t colon = text_find_last_byte(address, ':'), brace = text_find_last_byte(address, '}');
	/* The `:` of `${HOST:-localhost}` parts nothing. */
	if (colon != TEXT_NOT_FOUND && brace != TEXT_NOT_FOUND && colon < brace)
		colon = TEXT_NOT_FOUND;
	bool bare_ipv6 = bracket == TEXT_NOT_FOUND && colon != TEXT_NOT_FOUND && text_find_byte(address, ':') != colon;
	size_t host_end = bracket != TEXT_NOT_FOUND ? bracket + 1
	                  : bare_ipv6 || colon == TEXT_NOT_FOUND ? address.length
	                                                         : colon;
	*host_raw = text_slice(address, 0, host_end);
	*host = bracket != TEXT_NOT_FOUND ? text_slice(address, 1, bracket) : *host_raw;
	*port = host_end < address.length && address.bytes[host_end] == ':' ? text_from(address, host_end + 1) : TEXT("");
}

/* Any address; what has no scheme is none of a URL. */
static struct url split(struct text text) {
	struct url url = {0};
	size_t scheme_end = text_find(text, TEXT("://"));
	size_t start = scheme_end == TEXT_NOT_FOUND ? 0 : scheme_end + 3, end = start;
	while (end < text.length && text.bytes[end] != '/' && text.bytes[end] != '?' && text.bytes[end] != '#')
		end++;
	url.scheme = text_slice(text, 0, start ? scheme_end : 0);
	size_t at_sign = text_find_last_byte(text_slice(text, start, end), '@');
	if (at_sign != TEXT_NOT_FOUND) {
		url.account = text_slice(text, start, start + at_sign);
		start += at_sign + 1;
	}
	url.before = text_slice(text, 0, start);
	split_address(text_slice(text, start, end), &url.host, &url.host_raw, &url.port);
	size_t path_end = end;
	while (path_end < text.length && text.bytes[path_end] != '?' && text.bytes[path_end] != '#')
		path_end++;
	url.path = text_slice(text, end, path_end);
	url.tail = text_from(text, path_end);
	url.ok = url.scheme.length && url.host.length;
	return url;
}

static struct url split_url(struct text text) {
	struct url url = split(text);
	return url.ok ? url : (struct url){0};
}

/* A port alone has no host. What has a path, but neither scheme nor port, is no address: `PJSIP/100`. */
static struct url split_any(struct text text) {
	struct url url = split(text);
	int64_t number;
	if (!url.ok && !url.port.length && url.path.length)
		return (struct url){0};
	return text_to_integer(text, &number) ? (struct url){.port = text} : url;
}

static struct text default_port(struct arena *arena, struct text scheme) {
	struct text spelled = text_lower(arena, scheme);
	if (text_is(spelled, "https") || text_is(spelled, "wss"))
		return TEXT("443");
	return text_is(spelled, "http") || text_is(spelled, "ws") ? TEXT("80") : TEXT("");
}

static struct value part(struct value value, struct text text, bool there) {
	return there ? value_with_text(value, text) : value_absent(value.file, value.section);
}

/* A part of the value as long as nothing is spelled otherwise. */
static struct text lowered(struct arena *arena, struct text text) {
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] >= 'A' && text.bytes[i] <= 'Z')
			return text_lower(arena, text);
	return text;
}

static struct value url_scheme(struct arena *arena, struct value value, const struct argument *argument) {
	struct url url = split_url(value.text);
	return part(value, lowered(arena, url.scheme), url.ok);
}

static struct value url_host(struct arena *arena, struct value value, const struct argument *argument) {
	struct url url = split_url(value.text);
	return part(value, lowered(arena, url.host), url.ok);
}

static struct value url_port(struct arena *arena, struct value value, const struct argument *argument) {
	struct url url = split_url(value.text);
	struct text port = url.port.length ? url.port : default_port(arena, url.scheme);
	return part(value, port, url.ok && port.length);
}

static struct value url_path(struct arena *arena, struct value value, const struct argument *argument) {
	struct url url = split_url(value.text);
	return part(value, url.path, url.ok);
}

static struct value url_user(struct arena *arena, struct value value, const struct argument *argument) {
	struct text account = split_url(value.text).account;
	struct text user = text_cut(&account, ':');
	return part(value, user, user.length);
}

static struct value url_password(struct arena *arena, struct value value, const struct argument *argument) {
	struct text account = split_url(value.text).account;
	size_t colon = text_find_byte(account, ':');
	value.secret = true;
	return part(value, text_from(account, colon == TEXT_NOT_FOUND ? 0 : colon + 1), colon != TEXT_NOT_FOUND);
}

static struct value url_query(struct arena *arena, struct value value, const struct argument *argument) {
	struct text query = split_url(value.text).tail;
	query = text_starts_with(query, TEXT("?")) ? text_from(query, 1) : TEXT("");
	query = text_cut(&query, '#');
	while (query.length) {
		struct text said = text_cut(&query, '&');
		if (text_equal(text_cut(&said, '='), argument->text))
			return value_with_text(value, said);
	}
	return value_absent(value.file, value.section);
}

/* All of what a part of it stands in. */
static struct text whole(struct value value) {
	const struct variable *variable = value_variable(value);
	return variable ? variable->value : value.text;
}

static struct value url(struct arena *arena, struct value value, const struct argument *argument) {
	return part(value, value.text, split_url(value.text).ok);
}

/* A URL that carries more than an address may not be shown. */
static bool carries_secret(const struct url *url) { return url->account.length || text_starts_with(url->tail, TEXT("?")); }

static struct value with_port(struct arena *arena, struct value value, const struct argument *argument) {
	struct url url = split_any(whole(value));
	if (argument->value->state != VALUE_PRESENT)
		return value_absent(value.file, value.section);
	struct text port = argument->value->text;
	value.secret = value.secret || carries_secret(&url);
	if (!url.host.length)
		return part(value, port, url.port.length);
	struct text colon = text_equal(port, default_port(arena, url.scheme)) && !url.port.length ? TEXT("") : TEXT(":");
	return value_with_text(value, text_format(arena, "%.*s%.*s%.*s%.*s%.*s%.*s", TEXT_ARGUMENTS(url.before),
	                                          TEXT_ARGUMENTS(url.host_raw), TEXT_ARGUMENTS(colon),
	                                          TEXT_ARGUMENTS(colon.length ? port : TEXT("")),
	                                          TEXT_ARGUMENTS(url.path), TEXT_ARGUMENTS(url.tail)));
}

static struct value with_path(struct arena *arena, struct value value, const struct argument *argument) {
	struct url url = split_url(whole(value));
	if (!url.ok || argument->value->state != VALUE_PRESENT)
		return value_absent(value.file, value.section);
	value.secret = value.secret || carries_secret(&url);
	struct text head = text_slice(whole(value), 0, (size_t)(url.path.bytes - whole(value).bytes));
	return value_with_text(value, text_format(arena, "%.*s%.*s%.*s", TEXT_ARGUMENTS(head),
	                                          TEXT_ARGUMENTS(argument->value->text), TEXT_ARGUMENTS(url.tail)));
}

static struct value host(struct arena *arena, struct value value, const struct argument *argument) {
	struct text name = split_any(value.text).host;
	return part(value, lowered(arena, name), name.length);
}

static struct value port(struct arena *arena, struct value value, const struct argument *argument) {
	struct text number = split_any(value.text).port;
	return part(value, number, number.length);
}

const struct filter filter_url_scheme = {"url_scheme", ARGUMENT_NONE, "a URL's scheme, in lower case", url_scheme};
const struct filter filter_url_host = {"url_host", ARGUMENT_NONE, "a URL's host, in lower case", url_host};
const struct filter filter_url_port = {"url_port", ARGUMENT_NONE, "a URL's port, or its scheme's usual one", url_port};
const struct filter filter_url_path = {"url_path", ARGUMENT_NONE, "a URL's path; may be empty", url_path};
const struct filter filter_url = {"url", ARGUMENT_NONE, "itself; absent where it is no URL", url};
const struct filter filter_url_user = {"url_user", ARGUMENT_NONE, "the user in a URL; absent without one", url_user};
const struct filter filter_url_password = {
	"url_password", ARGUMENT_NONE, "the password in a URL, never shown; absent without one", url_password};
const struct filter filter_url_query = {
	"url_query", ARGUMENT_TEXT, "the parameter of that name in a URL's query; absent without one", url_query};
const struct filter filter_with_port = {
	"with_port", ARGUMENT_REFERENCE, "the address that it is or stands in, with another port", with_port};
const struct filter filter_with_path = {
	"with_path", ARGUMENT_REFERENCE, "the URL that it is or stands in, with another path", with_path};
const struct filter filter_host = {
	"host", ARGUMENT_NONE, "the host of `host:port` or of a URL, in lower case; absent of a port alone", host};
const struct filter filter_port = {
	"port", ARGUMENT_NONE, "the port of `host:port` or of a URL, or itself; absent where none is written", port};
