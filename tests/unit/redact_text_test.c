/* Words of others with secrets in them, however they are encoded, and what is left of them. */
#include "redact/redact.h"
#include "test.h"

static const struct {
	const char *words, *left; /* `left` with M for each mask */
} cases[] = {
	{"", ""},
	{"none of it", "none of it"},
	{"a&\"b", "M"},
	{"xa&\"by a&\"b", "xMy M"},
	{"a%26%22b a%26\"b", "M M"},
	{"a&amp;&quot;b a&#38;&#x22;b", "M M"},
	{"a&\\\"b a\\u0026\\u0022b", "M M"},
	{"%61%26%22%62", "M"},
	{"a&amp;&quot;", "a&amp;&quot;"},
	{"a%2", "a%2"},
	{"a&", "a&"},
	{"a\\", "a\\"},
	{"YSYiYg== and bWU6YSYiYg==", "M== and M=="},
};

/* With the secrets `a&"b`, "пар/оль", `C:\t\\x`, "hunter2hunter2" and "zq7", as programs' output and logs are read. */
static const struct {
	const char *words, *left;
} known_cases[] = {
	{"a&\"b and hunter2hunter2", "M and M"},
	{"hunter2hunter2hunter2", "M"},
	{"zq7 zq7x, zq7.", "M zq7x, M."},
	{"%7aq7 \\u007aq7", "M M"},
	{"a%26%22b a%26%22B", "M a%26%22B"},
	{"%D0%BF%d0%b0%D1%80%2f%d0%be%d0%bb%d1%8c", "M"},
	{"\\u043f\\u0430\\u0440\\/\\u043E\\u043b\\u044c", "M"},
	{"&#1087;&#x430;&#X440;/&#1086;&#1083;&#1100;", "M"},
	{"C:\\\\t\\\\\\\\x C:\\t\\\\x", "M M"},
	{"{\"p\": \"{\\\"p\\\": \\\"a&\\\\\\\"b\\\"}\"}", "{\"p\": \"{\\\"p\\\": \\\"M\\\"}\"}"},
	{"a%2526%2522b", "M"},
	{"a=26=22b hunter2h=\nunter2", "M M"},
	{"YSYiYg== x:YSYiYg", "M== x:M"},
	{"Y2xpZW50OmEmImI= see", "Y2xpZW50OM= see"},
	{"aHVudGVyMmh1bnRlcjI- 68756e7465723268756E7465723220", "M- M20"},
	{"hunter2", "hunter2"},
	{"a&amp;", "a&amp;"},
	{"hunter2\n    hunter2 hunter2\r\n  hunter2 hunter2\\\nhunter2", "M M M"},
	{"aHVudGVyMmh1\n  bnRlcjI= 68 75 6e 74 65 72 32 68 75 6e 74 65 72 32|68:75:6E:74:65:72:32:68:75:6E:74:65:72:32", "M= M|M"},
	{"\\150unter2\\150unter2 \\U00000068unter2hunter2", "M M"},
	{"&sol;", "&sol;"},
	{"it''s=9 it'\\''s=9 it'\"'\"'s=9 q\"\"q9q9", "M M M M"},
};

/* What stands where secrets stand. */
static const struct {
	const char *words, *left;
} shape_cases[] = {
	{"http://backend:hunter2@127.0.0.1:8088/ari", "http://M@127.0.0.1:8088/ari"},
	{"ws://h/ari?api_key=backend:x1&app=y", "ws://h/ari?api_key=M&app=y"},
	{"{\"password\": \"x 1\", \"user\": \"u\"}", "{\"password\": \"M\", \"user\": \"u\"}"},
	{"Password : x1 is wrong", "Password : M is wrong"},
	{"пароль: x1; Пароль=y2", "пароль: M Пароль=M"},
	{"Authorization: Basic dXNlcjpwYXNz", "Authorization: M"},
	{"got Bearer c2VjcmV0LXRva2Vu.x, bye", "got Bearer M, bye"},
	{"curl -u user:x1 -s http://h/", "curl -u M -s http://h/"},
	{"curl --user 'user:x 1' h", "curl --user 'M' h"},
	{"tool --password x1 --port 5060", "tool --password M --port 5060"},
	{"password: x1\nport: 8088", "password: M\nport: 8088"},
	{"password: \"x1\nport: 8088", "password: \"M\nport: 8088"},
	{"http://u:x?1@h/ http://u:x#1@h http://u:x/1@h?a=b", "http://M@h/ http://M@h http://M@h?a=b"},
	{"http://u:x@1@h:8088/ws?mail=a@b", "http://M@h:8088/ws?mail=a@b"},
	{"dial u:x1@10.0.0.1:8088 now, register => 100:x1@trunk", "dial M@10.0.0.1:8088 now, register => M@trunk"},
	{"sip:100:x1@trunk", "sip:M@trunk"},
	{"curl -uuser:x1 h; curl --user=user:x1 h; mysql -px1 db; sshpass -p x1 ssh h", "curl -uM h; curl --user=M h; mysql -pM db; sshpass -p M ssh h"},
	{"parol: x1, ПАРОЛЬ = x1", "parol: M ПАРОЛЬ = M"},
	{"{\"passphrase\": \"x\\\"1\", \"n\": 1}", "{\"passphrase\": \"M\", \"n\": 1}"},
	{"<password>x 1</password> password%3Dx1", "<password>M</password> password%3DM"},
	{"secret_2=x1 db_password_old = x&1", "secret_2=M db_password_old = M"},
	{"-----BEGIN RSA PRIVATE KEY-----\nMIIx1\nx2==\n-----END RSA PRIVATE KEY-----",
	 "-----BEGIN RSA PRIVATE KEY-----\nM\nM\n-----END RSA PRIVATE KEY-----"},
	{"-----BEGIN PRIVATE KEY-----\nMIIx1\n# port: 8088!", "-----BEGIN PRIVATE KEY-----\nM\n# port: 8088!"},
	{"-----BEGIN CERTIFICATE-----\nMIIx1\n", "-----BEGIN CERTIFICATE-----\nMIIx1\n"},
	/* what is harmless */
	{"primary key: users_pkey", "primary key: users_pkey"},
	{"sudo -u www-data php artisan", "sudo -u www-data php artisan"},
	{"password expired for user backend", "password expired for user backend"},
	{"http://127.0.0.1:8088/ari/events?app=call-center", "http://127.0.0.1:8088/ari/events?app=call-center"},
	{"/etc/asterisk/ari.conf:12: unknown option", "/etc/asterisk/ari.conf:12: unknown option"},
	{"mail admin@example.com at 12:30", "mail admin@example.com at 12:30"},
	{"-- token --", "-- token --"},
	{"sip:100@10.0.0.1:5060 <sips:a@b>, git@github.com:a/b", "sip:100@10.0.0.1:5060 <sips:a@b>, git@github.com:a/b"},
	{"http://10.0.0.1:8088/ari/events?mail=a@b", "http://10.0.0.1:8088/ari/events?mail=a@b"},
	{"password_format = crypt, -p 5060, tool -u root", "password_format = crypt, -p 5060, tool -u root"},
	{"image node:20@sha256:ab", "image node:20@sha256:ab"},
	{"tlsprivatekey=/etc/asterisk/keys/a.key", "tlsprivatekey=/etc/asterisk/keys/a.key"},
	{"basic auth is off", "basic auth is off"},
};

static struct text without_masks(struct arena *arena, struct text text) {
	struct text out = TEXT("");
	while (text.length) {
		bool mask = text_starts_with(text, TEXT("<secret:"));
		out = text_join(arena, out, mask ? TEXT("M") : text_slice(text, 0, 1));
		text = text_from(text, mask ? sizeof("<secret:0000>") - 1 : 1);
	}
	return out;
}

static void test_known(struct arena *arena) {
	struct redaction redaction = {.arena = arena};
	redact_learn(&redaction, TEXT("a&\"b"));
	redact_learn(&redaction, TEXT("пар/оль"));
	redact_learn(&redaction, TEXT("C:\\t\\\\x"));
	redact_learn(&redaction, TEXT(" hunter2hunter2 "));
	redact_learn(&redaction, TEXT("zq7"));
	redact_learn(&redaction, TEXT(" "));
	redact_learn(&redaction, TEXT("it's=9"));
	redact_learn(&redaction, TEXT("q\"q9q9"));
	for (size_t i = 0; i < sizeof(known_cases) / sizeof(known_cases[0]); i++)
		test_text(known_cases[i].words,
		          without_masks(arena, redact_text(arena, &redaction, text_of(known_cases[i].words), false)),
		          text_of(known_cases[i].left));
}

/* Latin-1 among UTF-8: as it is, taken for characters, and replaced. */
static void test_odd_bytes(struct arena *arena) {
	struct redaction redaction = {.arena = arena};
	const char *words = "h\xfcnter2 h\\u00fcnter2 h\xc3\xbcnter2 h\xef\xbf\xbdnter2 h%FCnter2 hunter2";
	redact_learn(&redaction, TEXT("h\xfcnter2"));
	test_text("odd bytes", without_masks(arena, redact_text(arena, &redaction, text_of(words), false)),
	          TEXT("M M M M M hunter2"));
}

static void test_shapes(struct arena *arena) {
	struct redaction redaction = {.arena = arena};
	for (size_t i = 0; i < sizeof(shape_cases) / sizeof(shape_cases[0]); i++)
		test_text(shape_cases[i].words,
		          without_masks(arena, redact_text(arena, &redaction, text_of(shape_cases[i].words), false)),
		          text_of(shape_cases[i].left));
}

/* Of a text that goes on, what may be half a secret is left out; a search that takes too long shows nothing. */
static void test_bounds(struct arena *arena) {
	enum { LENGTH = 20000, VALUES = 5000 };
	struct redaction redaction = {.arena = arena};
	char *bytes = arena_allocate(arena, LENGTH);
	for (size_t i = 0; i < LENGTH; i++)
		bytes[i] = 'a';
	struct text text = {bytes, LENGTH};
	redact_learn(&redaction, TEXT("hunter2"));
	struct text shown = redact_text(arena, &redaction, text, true);
	test_check(shown.length > LENGTH / 2 && shown.length < LENGTH, "a text that goes on", "its end is left out");
	test_text("a text that ends", redact_text(arena, &redaction, text, false), text);
	for (size_t i = 0; i < VALUES; i++)
		redact_learn(&redaction, text_format(arena, "%.3000s%zu", bytes, i));
	shown = redact_text(arena, &redaction, text, false);
	test_check(redaction.overrun && shown.length < 20, "too much to look for", "nothing is shown");
	test_text("too much before", without_masks(arena, redact_text(arena, &redaction, TEXT("x"), false)), TEXT("M"));
}

static void test_words(void) {
	test_check(redact_names_secret(TEXT("MY_KEY_2")) && redact_names_secret(TEXT("DbPass")), "a name", "speaks of a secret");
#define WORD(word, in_free_text) test_check(redact_names_secret(TEXT(word)), word, "speaks of a secret");
#include "redact/words.def"
#undef WORD
	test_check(!redact_names_secret(TEXT("PORT")) && !redact_names_secret(TEXT("")), "a name", "speaks of none");
	test_check(redact_ends_in_name(TEXT("the API_KEY")) && !redact_ends_in_name(TEXT("the key")), "free text", "names a secret");
	test_check(redact_is_everyday(TEXT("localhost")) && redact_is_everyday(TEXT("192.168.100.200")), "a value", "is everyday");
	test_check(!redact_is_everyday(TEXT("hunter2hunter2")), "a value", "is not everyday");
}

int main(void) {
	struct arena arena = {0};
	struct redaction redaction = {.arena = &arena, .inside_words = true};
	redact_learn(&redaction, TEXT("a&\"b"));
	redact_learn(&redaction, TEXT("bWU6YSYiYg"));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_text(cases[i].words, without_masks(&arena, redact_text(&arena, &redaction, text_of(cases[i].words), false)),
		          text_of(cases[i].left));
	test_known(&arena);
	test_odd_bytes(&arena);
	test_shapes(&arena);
	test_bounds(&arena);
	test_words();
	arena_release(&arena);
	return test_end();
}
