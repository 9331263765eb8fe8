/* `verify`: what is asked of a server, and what its answers mean. */
#include "rule/load_condition.h"
#include "rule/load_selector.h"
#include "rule/load_reference.h"
#include "rule/member_type.h"
#include "rule/shapes.h"
#include "rule/verification.h"

/* --- probes --- */

static void load_path(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	member_template.load(loader, node, member, object);
	if (node->kind == NODE_TEXT && !text_starts_with(node->text, TEXT("/")))
		loader_fault(loader, node, TEXT(""), "a path begins with '/'");
}

static void load_status(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct text *status = &((struct probe *)object)->status;
	int64_t number;
	if (load_text(loader, node, status) && (!text_to_integer(*status, &number) || number < 100 || number > 599))
		loader_fault(loader, node, TEXT(""), "a status is a number from 100 to 599");
}

static const struct shape shape_probe;

static void load_probe(struct loader *loader, const struct node *node, void *object) {
	struct probe *probe = object;
	probe->severity = SEVERITY_ERROR;
	probe->method = TEXT("GET");
	load_members(loader, node, &shape_probe, probe);
}

static const struct member_type member_path = {MEMORY_POINTER, load_path, "template"};
static const struct member_type member_status = {MEMORY_TEXT, load_status, "integer"};
static const struct word kind_words[] = {{"http", false}, {"websocket", true}, {0}};
static const struct word method_words[] = {{"GET", 0}, {"POST", 0}, {"DELETE", 0}, {0}};

static const struct member expected_members[] = {
	{AT(probe, status), "status", &member_status, NEEDED, "the status"},
	{AT(probe, type), "type", &member_text, OPTIONAL, "the media type"},
	{AT(probe, members), "members", &member_texts, OPTIONAL, "members of the JSON answer that must be there"},
	{0},
};
static const struct shape shape_expected = {"expected", 0, "what is expected", "the answer that passes",
	expected_members};

static const struct member probe_members[] = {
	{AT(probe, id), "id", &member_name, NEEDED, "its name in reports"},
	{AT(probe, title), "title", &member_message, NEEDED, "what it shows when it passes", &shape_message},
	{AT(probe, severity), "severity", &member_word, OPTIONAL,
         "`error` (the default): its failure fails the run; else it is a warning", .words = severity_words},
	{AT(probe, websocket), "kind", &member_word, OPTIONAL,
         "`http` (the default), or `websocket`: opened and closed again", .words = kind_words},
	{AT(probe, method), "method", &member_word_text, OPTIONAL, "`GET` (the default), `POST`, `DELETE`",
         .words = method_words},
	{AT(probe, path), "path", &member_path, NEEDED,
         "behind the base, with references; what stands for them is percent-encoded. Where one is absent, the probe is "
         "skipped",
         &shape_template},
	{AT_WHOLE, "expect", &member_same, NEEDED, "the answer that passes", &shape_expected},
	{AT(probe, call), "call", &member_truth, OPTIONAL,
         "`true`: only asked with `--call`; `notice` is then said before"},
	{AT(probe, notice), "notice", &member_message, OPTIONAL, "said before it is asked", &shape_message},
	{AT(probe, after), "after", &member_text, OPTIONAL,
         "the name of a probe above without whose success the answer means nothing"},
	{0},
};
static const struct shape shape_probe = {STRUCT(probe), "a probe", "one question", probe_members, load_probe};

/* What a probe comes after stands above it. */
static void load_probes(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct verification *verification = object;
	member_array.load(loader, node, member, object);
	for (size_t i = 0; i < verification->probes.count; i++) {
		struct text after = verification->probes.items[i].after;
		size_t above = 0;
		while (above < i && !text_equal(verification->probes.items[above].id, after))
			above++;
		if (after.length && above == i)
			loader_fault(loader, node_get(&node->items[i], "after"), TEXT(""),
			             "there is no probe '%.*s' above", TEXT_ARGUMENTS(after));
	}
}

/* --- the whole --- */

static const struct member failure_mode_members[] = {
	{AT(failure_mode, when), "when", &member_condition, NEEDED, "a condition, of the fields below and of settings",
         &shape_condition},
	{AT(failure_mode, effects), "effect", &member_effects, OPTIONAL,
         "an effect or a list: findings of the files with one of them explain it"},
	{AT(failure_mode, cause), "cause", &member_message, NEEDED, "what it means", &shape_message},
	{AT(failure_mode, help), "help", &member_message, OPTIONAL, "what to do", &shape_message},
	{0},
};
static const struct shape shape_failure_mode = {STRUCT(failure_mode), "an answer", "what an answer means",
	failure_mode_members};

/* Besides what is looked at, the same places together with an answer: what texts and conditions speak of. */
static void load_client(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct verification *verification = object;
	struct selector *answers = arena_new(loader->arena, struct selector);
	member_selector.load(loader, node, member, object);
	loader->selector_failed = !verification->selector;
	if (verification->selector && verification->selector->kind != SUBJECT_SETTING)
		loader_fault(loader, node, TEXT("write {setting: NAME}"), "a client is found by a setting");
	if (verification->selector)
		*answers = *verification->selector;
	answers->kind = SUBJECT_ANSWER;
	verification->answers = loader->selector = answers;
}

static void load_verification(struct loader *loader, const struct node *node, void *object) {
	load_members(loader, node, &shape_verification, object);
	loader->selector = NULL;
	loader->selector_failed = false;
}

static const struct member_type member_client = {MEMORY_POINTER, load_client, "selector"};
static const struct member_type member_probes = {MEMORY_ARRAY, load_probes, NULL};

static const struct member verification_members[] = {
	{AT(verification, selector), "look_at", &member_client, NEEDED,
         "`{setting: NAME}`: each place that its keys match is a client", &shape_selector},
	{AT(verification, answers), NULL, &found_pointer, .of = &shape_selector},
	{AT(verification, base), "base", &member_template, NEEDED,
         "the URL that the client goes by, a text with references", &shape_template},
	{AT(verification, path), "path", &member_text, OPTIONAL, "added to a base that does not end in it"},
	{AT(verification, user), "user", &member_template, NEEDED, "who the client says he is", &shape_template},
	{AT(verification, password), "password", &member_template, NEEDED, "the client's password", &shape_template},
	{AT(verification, account), "account", &member_text, OPTIONAL,
         "the user that the server runs as: on this machine the password is sent when he, root or whoever runs arilint listens at "
         "the port"},
	{AT(verification, account_from), "account_from", &member_texts, OPTIONAL,
         "a file of Asterisk's, a section and a key that name another such user, where nobody else may change the file"},
	{AT(verification, probes), "probes", &member_probes, NEEDED, "the questions, in order", &shape_probe},
	{AT(verification, failure_modes), "answers", &member_array, OPTIONAL,
         "what an answer means that is not as expected: the first whose `when` holds does", &shape_failure_mode},
	{0},
};
const struct shape shape_verification = {STRUCT(verification), "verify",
	"what is asked of a server with the settings of a file", verification_members, load_verification};
