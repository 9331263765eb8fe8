/* `verify`: what is asked of a server, and what its answers mean. */
#include "rule/loader.h"
#include "rule/verification.h"

/* --- probes --- */

static void load_probe_id(struct loader *loader, const struct node *node, void *object)
{
	load_name(loader, node, &((struct probe *)object)->id);
}

static void load_probe_title(struct loader *loader, const struct node *node, void *object)
{
	((struct probe *)object)->title = load_message(loader, node);
}

static void load_probe_severity(struct loader *loader, const struct node *node, void *object)
{
	load_severity(loader, node, &((struct probe *)object)->severity);
}

static void load_kind(struct loader *loader, const struct node *node, void *object)
{
	struct text kind;
	if (!load_text(loader, node, &kind))
		return;
	((struct probe *)object)->websocket = text_is(kind, "websocket");
	if (!text_is(kind, "http") && !text_is(kind, "websocket"))
		loader_fault(loader, node, TEXT(""), "this must be http or websocket");
}

static void load_method(struct loader *loader, const struct node *node, void *object)
{
	struct text *method = &((struct probe *)object)->method;
	if (load_text(loader, node, method) && !text_is(*method, "GET") && !text_is(*method, "POST") &&
	    !text_is(*method, "DELETE"))
		loader_fault(loader, node, TEXT(""), "a method is GET, POST or DELETE");
}

static void load_probe_path(struct loader *loader, const struct node *node, void *object)
{
	((struct probe *)object)->path = load_template(loader, node);
	if (node->kind == NODE_TEXT && !text_starts_with(node->text, TEXT("/")))
		loader_fault(loader, node, TEXT(""), "a path begins with '/'");
}

static void load_status(struct loader *loader, const struct node *node, void *object)
{
	struct text *status = &((struct probe *)object)->status;
	int64_t number;
	if (load_text(loader, node, status) && (!text_to_integer(*status, &number) || number < 100 || number > 599))
		loader_fault(loader, node, TEXT(""), "a status is a number from 100 to 599");
}

static void load_type(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct probe *)object)->type);
}

static void load_has_members(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct probe *)object)->members);
}

static const struct member expected_members[] = {{"status", true, load_status},
                                                 {"type", false, load_type},
                                                 {"members", false, load_has_members},
                                                 {NULL, false, NULL}};

static void load_expected(struct loader *loader, const struct node *node, void *object)
{
	load_members(loader, node, expected_members, "what is expected", object);
}

static void load_call(struct loader *loader, const struct node *node, void *object)
{
	load_truth(loader, node, &((struct probe *)object)->call);
}

static void load_notice(struct loader *loader, const struct node *node, void *object)
{
	((struct probe *)object)->notice = load_message(loader, node);
}

static void load_after(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct probe *)object)->after);
}

static const struct member probe_members[] = {
	{"id", true, load_probe_id},        {"title", true, load_probe_title}, {"severity", false, load_probe_severity},
	{"kind", false, load_kind},         {"method", false, load_method},    {"path", true, load_probe_path},
	{"expect", true, load_expected},    {"call", false, load_call},        {"notice", false, load_notice},
	{"after", false, load_after},       {NULL, false, NULL},
};

static bool is_above(const struct probe *probes, const struct probe *probe, struct text id)
{
	while (probes < probe && !text_equal(probes->id, id))
		probes++;
	return probes < probe;
}

static void load_probes(struct loader *loader, const struct node *node, void *object)
{
	struct verification *verification = object;
	if (!load_list(loader, node, "probes"))
		return;
	struct probe *probes = arena_array(loader->arena, struct probe, node->count);
	for (size_t i = 0; i < node->count; i++) {
		struct probe *probe = &probes[i];
		probe->severity = SEVERITY_ERROR;
		probe->method = TEXT("GET");
		load_members(loader, &node->items[i], probe_members, "a probe", probe);
		if (is_above(probes, probe, probe->id))
			loader_fault(loader, node_get(&node->items[i], "id"), TEXT(""), "there is another probe '%.*s'",
			             TEXT_ARGUMENTS(probe->id));
		if (probe->after.length && !is_above(probes, probe, probe->after))
			loader_fault(loader, node_get(&node->items[i], "after"), TEXT(""), "there is no probe '%.*s' above",
			             TEXT_ARGUMENTS(probe->after));
	}
	verification->probes = probes;
	verification->probe_count = node->count;
}

/* --- answers --- */

static void load_meaning_when(struct loader *loader, const struct node *node, void *object)
{
	((struct meaning *)object)->when = load_condition(loader, node);
}

static void load_meaning_effect(struct loader *loader, const struct node *node, void *object)
{
	bool list = node->kind == NODE_LIST;
	for (size_t i = 0; i < (list ? node->count : 1); i++)
		load_effect(loader, list ? &node->items[i] : node, list_add(loader->arena, &((struct meaning *)object)->effects));
}

static void load_cause(struct loader *loader, const struct node *node, void *object)
{
	((struct meaning *)object)->cause = load_message(loader, node);
}

static void load_meaning_help(struct loader *loader, const struct node *node, void *object)
{
	((struct meaning *)object)->help = load_message(loader, node);
}

static const struct member meaning_members[] = {
	{"when", true, load_meaning_when}, {"effect", false, load_meaning_effect}, {"cause", true, load_cause},
	{"help", false, load_meaning_help}, {NULL, false, NULL}};

static void load_answers(struct loader *loader, const struct node *node, void *object)
{
	struct verification *verification = object;
	if (!load_list(loader, node, "answers"))
		return;
	struct meaning *meanings = arena_array(loader->arena, struct meaning, node->count);
	for (size_t i = 0; i < node->count; i++)
		load_members(loader, &node->items[i], meaning_members, "an answer", &meanings[i]);
	verification->meanings = meanings;
	verification->meaning_count = node->count;
}

/* --- the whole --- */

static void load_base(struct loader *loader, const struct node *node, void *object)
{
	((struct verification *)object)->base = load_template(loader, node);
}

static void load_user(struct loader *loader, const struct node *node, void *object)
{
	((struct verification *)object)->user = load_template(loader, node);
}

static void load_password(struct loader *loader, const struct node *node, void *object)
{
	((struct verification *)object)->password = load_template(loader, node);
}

static void load_path(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct verification *)object)->path);
}

/* `look_at` is read before the others: their names depend on it. */
static const struct member verification_members[] = {
	{"look_at", true, NULL},         {"base", true, load_base},        {"path", false, load_path},
	{"user", true, load_user},       {"password", true, load_password}, {"probes", true, load_probes},
	{"answers", false, load_answers}, {NULL, false, NULL},
};

static struct verification *load_verification(struct loader *loader, const struct node *node)
{
	struct verification *verification = arena_new(loader->arena, struct verification);
	const struct node *look_node = node_get(node, "look_at");
	const struct look *look = look_node ? load_look(loader, look_node) : NULL;
	loader->look_failed = !look;
	if (look && look->kind != THING_SETTING)
		loader_fault(loader, look_node, TEXT("write {setting: NAME}"), "a client is found by a setting");
	verification->look = look;
	/* The same places, together with what was answered. */
	struct look *answers = arena_new(loader->arena, struct look);
	if (look)
		*answers = *look;
	answers->kind = THING_ANSWER;
	loader->look = answers;
	load_members(loader, node, verification_members, "verify", verification);
	verification->answers = answers;
	loader->look = NULL;
	loader->look_failed = false;
	return verification;
}

void load_verify(struct loader *loader, const struct node *tree)
{
	const struct node *node = node_get(tree, "verify");
	loader->pack->verification_node = node;
	/* Nobody asks for that of a pack that is compiled in but `arilint verify`. */
	if (node && loader->source && load_map(loader, node, "verify"))
		loader->pack->verification = load_verification(loader, node);
}

const struct verification *pack_verification(struct arena *arena, struct pack *pack, struct text language)
{
	struct diagnostics none = {.arena = arena};
	struct loader loader = {.diagnostics = &none, .arena = arena, .pack = pack, .language = language};
	if (!pack->verification && pack->verification_node)
		pack->verification = load_verification(&loader, pack->verification_node);
	return pack->verification;
}
