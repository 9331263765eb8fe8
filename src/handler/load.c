#include "handler/load.h"

#include "rule/loader.h"

enum { LONGEST_TIME = 3600, MOST_HANDLERS = 200 };

static const struct text fault_rule = TEXT_INIT("arilint/handlers");

/* --- what stands in a member --- */

static void load_number(struct loader *loader, const struct node *node, int64_t least, int64_t most, int64_t *number)
{
	int64_t read;
	if (node->kind == NODE_TEXT && text_to_integer(node->text, &read) && read >= least && read <= most)
		*number = read;
	else
		loader_fault(loader, node, TEXT(""), "this must be a whole number from %lld to %lld", (long long)least,
		             (long long)most);
}

static void load_pattern(struct loader *loader, const struct node *node, struct pattern *pattern)
{
	size_t offset;
	struct text fault;
	*pattern = (struct pattern){.arena = loader->arena};
	if (load_text(loader, node, &pattern->spelled) && !pattern_compile(pattern, &offset, &fault))
		loader_fault(loader, node, TEXT(""), "the pattern is wrong at its byte %zu: %.*s", offset + 1,
		             TEXT_ARGUMENTS(fault));
}

static void load_patterns(struct loader *loader, const struct node *node, struct pattern_list *patterns)
{
	if (node->kind != NODE_LIST) {
		load_pattern(loader, node, list_add(loader->arena, patterns));
		return;
	}
	for (size_t i = 0; i < node->count; i++)
		load_pattern(loader, &node->items[i], list_add(loader->arena, patterns));
}

static void load_absolute(struct loader *loader, const struct node *node, struct text *path)
{
	if (!load_text(loader, node, path))
		return;
	if (!path->length || path->bytes[0] != '/' || text_find_byte(*path, '\0') != TEXT_NOT_FOUND)
		loader_fault(loader, node, TEXT("write the whole path: /usr/sbin/asterisk"), "this must be an absolute path");
}

/* --- commands --- */

static void load_run(struct loader *loader, const struct node *node, void *object)
{
	struct handler_command *command = object;
	struct text path;
	if (!load_list(loader, node, "run"))
		return;
	if (!node->count) {
		loader_fault(loader, node, TEXT(""), "'run' needs a program");
		return;
	}
	load_texts(loader, node, &command->words);
	load_absolute(loader, &node->items[0], &path);
	for (size_t i = 1; i < command->words.count; i++)
		if (text_find_byte(command->words.items[i], '\0') != TEXT_NOT_FOUND)
			loader_fault(loader, &node->items[i], TEXT(""), "a word of a command holds no NUL");
}

static void load_status(struct loader *loader, const struct node *node, void *object)
{
	load_number(loader, node, 0, 255, &((struct handler_command *)object)->status);
}

static void load_expect(struct loader *loader, const struct node *node, void *object)
{
	load_patterns(loader, node, &((struct handler_command *)object)->expect);
}

static void load_forbid(struct loader *loader, const struct node *node, void *object)
{
	load_patterns(loader, node, &((struct handler_command *)object)->forbid);
}

/* --- states; a state begins with its command --- */

static void load_pm2(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct handler_state *)object)->pm2);
}

static void load_within(struct loader *loader, const struct node *node, void *object)
{
	load_number(loader, node, 0, LONGEST_TIME, &((struct handler_state *)object)->within);
}

static void load_steady(struct loader *loader, const struct node *node, void *object)
{
	load_number(loader, node, 1, LONGEST_TIME, &((struct handler_state *)object)->steady);
}

static const struct member state_members[] = {
	{"run", true, load_run},       {"status", false, load_status}, {"expect", false, load_expect},
	{"forbid", false, load_forbid}, {"pm2", false, load_pm2},      {"within", false, load_within},
	{"steady", false, load_steady}, {NULL, false, NULL},
};

static void load_state(struct loader *loader, const struct node *node, struct handler *handler)
{
	struct handler_state *state = list_add(loader->arena, &handler->states);
	state->within = 10;
	load_members(loader, node, state_members, "a state", state);
	if (state->pm2.length && !state->steady)
		state->steady = 5;
	if (!state->command.expect.count && !state->command.forbid.count && !state->pm2.length)
		loader_fault(loader, node, TEXT(""), "a state needs 'expect', 'forbid' or 'pm2': what must be so");
}

/* --- handlers; a handler's members --- */

static void load_states(struct loader *loader, const struct node *node, void *object)
{
	for (size_t i = 0; node->kind == NODE_LIST && i < node->count; i++)
		load_state(loader, &node->items[i], object);
	if (node->kind != NODE_LIST)
		load_state(loader, node, object);
}

static void load_user(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct handler *)object)->user);
}

static void load_folder(struct loader *loader, const struct node *node, void *object)
{
	load_absolute(loader, node, &((struct handler *)object)->folder);
}

static void load_timeout(struct loader *loader, const struct node *node, void *object)
{
	load_number(loader, node, 1, LONGEST_TIME, &((struct handler *)object)->timeout);
}

static void load_retry_pattern(struct loader *loader, const struct node *node, void *object)
{
	load_pattern(loader, node, &((struct handler *)object)->retry);
}

static void load_times(struct loader *loader, const struct node *node, void *object)
{
	load_number(loader, node, 1, 100, &((struct handler *)object)->retry_times);
}

static void load_delay(struct loader *loader, const struct node *node, void *object)
{
	load_number(loader, node, 0, LONGEST_TIME, &((struct handler *)object)->retry_delay);
}

static void load_retry(struct loader *loader, const struct node *node, void *object)
{
	static const struct member members[] = {
		{"pattern", true, load_retry_pattern}, {"times", false, load_times}, {"delay", false, load_delay},
		{NULL, false, NULL}};
	load_members(loader, node, members, "retry", object);
}

static void load_fallback_pattern(struct loader *loader, const struct node *node, void *object)
{
	load_pattern(loader, node, &((struct handler *)object)->fallback);
}

static void load_fallback_handler(struct loader *loader, const struct node *node, void *object)
{
	load_name(loader, node, &((struct handler *)object)->fallback_handler);
}

static void load_fallback_message(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct handler *)object)->fallback_message);
}

static void load_fallback(struct loader *loader, const struct node *node, void *object)
{
	static const struct member members[] = {{"pattern", true, load_fallback_pattern},
	                                        {"handler", true, load_fallback_handler},
	                                        {"message", true, load_fallback_message},
	                                        {NULL, false, NULL}};
	load_members(loader, node, members, "fallback", object);
}

static void load_after(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct handler *)object)->after);
}

static void load_handler_run(struct loader *loader, const struct node *node, void *object)
{
	load_run(loader, node, &((struct handler *)object)->command);
}

static void load_handler_status(struct loader *loader, const struct node *node, void *object)
{
	load_status(loader, node, &((struct handler *)object)->command);
}

static void load_handler_expect(struct loader *loader, const struct node *node, void *object)
{
	load_expect(loader, node, &((struct handler *)object)->command);
}

static void load_handler_forbid(struct loader *loader, const struct node *node, void *object)
{
	load_forbid(loader, node, &((struct handler *)object)->command);
}

static const struct member handler_members[] = {
	{"run", true, load_handler_run},        {"status", false, load_handler_status},
	{"expect", false, load_handler_expect}, {"forbid", false, load_handler_forbid},
	{"user", false, load_user},             {"folder", false, load_folder},
	{"timeout", false, load_timeout},       {"retry", false, load_retry},
	{"after", false, load_after},           {"fallback", false, load_fallback},
	{"state", false, load_states},          {NULL, false, NULL},
};

/* --- files --- */

const struct handler *handler_find(const struct handler_list *handlers, struct text name)
{
	for (size_t i = 0; i < handlers->count; i++)
		if (text_equal(handlers->items[i]->name, name))
			return handlers->items[i];
	return NULL;
}

static void load_handler(struct loader *loader, const struct node *name, struct handler_list *handlers)
{
	struct handler *handler = arena_new(loader->arena, struct handler);
	handler->node = name;
	handler->source = loader->source;
	handler->timeout = 30;
	handler->retry_times = 5;
	handler->retry_delay = 1;
	load_name(loader, name, &handler->name);
	const struct handler *other = handler_find(handlers, handler->name);
	if (other)
		loader_fault(loader, name, TEXT(""), "the handler '%.*s' is defined in %.*s, too",
		             TEXT_ARGUMENTS(handler->name), TEXT_ARGUMENTS(other->source->path));
	else if (handlers->count == MOST_HANDLERS)
		loader_fault(loader, name, TEXT(""), "there are more than %d handlers", MOST_HANDLERS);
	load_members(loader, &name[1], handler_members, "a handler", handler);
	if (!other && handlers->count < MOST_HANDLERS)
		*list_add(loader->arena, handlers) = handler;
}

static void load_handlers(struct loader *loader, const struct node *node, void *object)
{
	if (!load_map(loader, node, "handlers"))
		return;
	for (size_t i = 0; i < node->count; i++)
		load_handler(loader, &node->items[2 * i], object);
}

void handlers_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                   struct handler_list *handlers)
{
	static const struct member members[] = {
		{"arilint", true, load_format}, {"handlers", true, load_handlers}, {NULL, false, NULL}};
	struct loader loader = {.diagnostics = diagnostics, .arena = diagnostics->arena, .source = source};
	loader.fault_rule = fault_rule;
	load_members(&loader, tree, members, "a file of handlers", handlers);
}

/* Whether one of the handlers that are not placed yet must come before this one. */
static bool must_wait(const struct handler *handler, const struct handler_list *left)
{
	for (size_t i = 0; i < handler->after.count; i++)
		if (handler_find(left, handler->after.items[i]))
			return true;
	return false;
}

void handlers_order(struct diagnostics *diagnostics, struct handler_list *handlers)
{
	struct handler_list left = *handlers, placed = {0};
	while (left.count) {
		size_t next = 0;
		while (next < left.count && must_wait(left.items[next], &left))
			next++;
		if (next == left.count) {
			struct loader loader = {.diagnostics = diagnostics, .arena = diagnostics->arena};
			loader.source = left.items[0]->source;
			loader.fault_rule = fault_rule;
			loader_fault(&loader, left.items[0]->node, TEXT(""), "'%.*s' and others wait for each other ('after')",
			             TEXT_ARGUMENTS(left.items[0]->name));
			return;
		}
		*list_add(diagnostics->arena, &placed) = left.items[next];
		for (left.count--; next < left.count; next++)
			left.items[next] = left.items[next + 1];
	}
	*handlers = placed;
}
