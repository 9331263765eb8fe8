#include "handler/load.h"

#include "base/text_set.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

enum { LONGEST_TIME = 3600, MOST_HANDLERS = 200 };

static const struct text fault_rule = TEXT_INIT("arilint/handlers");

/* --- what stands in a member --- */

static void load_pattern(struct loader *loader, const struct node *node, struct pattern *pattern) {
	size_t offset;
	struct text fault;
	*pattern = (struct pattern){.arena = loader->arena};
	if (load_text(loader, node, &pattern->spelled) && !pattern_compile(pattern, &offset, &fault))
		loader_fault(loader, node, TEXT(""), "the pattern is wrong at its byte %zu: %.*s", offset + 1,
		             TEXT_ARGUMENTS(fault));
}

static void load_one_pattern(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	load_pattern(loader, node, member_at(member, object));
}

static void load_patterns(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct pattern_list *patterns = member_at(member, object);
	bool several = node->kind == NODE_LIST;
	for (size_t i = 0; i < (several ? node->count : 1); i++)
		load_pattern(loader, several ? &node->items[i] : node, list_add(loader->arena, patterns));
}

static void check_absolute(struct loader *loader, const struct node *node) {
	if (node->kind == NODE_TEXT &&
	    (!node->text.length || node->text.bytes[0] != '/' || text_find_byte(node->text, '\0') != TEXT_NOT_FOUND))
		loader_fault(loader, node, TEXT("write the whole path: /usr/sbin/asterisk"),
		             "this must be an absolute path");
}

static void load_folder(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	member_text.load(loader, node, member, object);
	check_absolute(loader, node);
}

static void load_run(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct text_list *words = member_at(member, object);
	if (!load_list(loader, node, member->name)) return;
	if (!node->count) {
		loader_fault(loader, node, TEXT(""), "'run' needs a program");
		return;
	}
	load_texts(loader, node, words);
	check_absolute(loader, &node->items[0]);
	for (size_t i = 1; i < words->count; i++)
		if (text_find_byte(words->items[i], '\0') != TEXT_NOT_FOUND)
			loader_fault(loader, &node->items[i], TEXT(""), "a word of a command holds no NUL");
}

static const struct member_type member_pattern = {MEMORY_NONE, load_one_pattern, "text"};
static const struct member_type member_patterns = {MEMORY_NONE, load_patterns, "texts"};
static const struct member_type member_folder = {MEMORY_TEXT, load_folder, "'type': 'string', 'pattern': '^/'"};
static const struct member_type member_run = {MEMORY_TEXTS, load_run,
                                              "'type': 'array', 'minItems': 1, 'items': {'$ref': '#/$defs/text'}"};

/* --- states --- */

#define COMMAND_MEMBERS(structure)                                                                                     \
	{AT(structure, command.words), "run", &member_run, NEEDED, "the program's whole path and its arguments; no shell"}, \
	{AT(structure, command.status), "status", &member_number, OPTIONAL, "the exit status that it must end with (0)", \
	 .most = 255},                                                                                                 \
	{AT(structure, command.expect), "expect", &member_patterns, OPTIONAL,                                          \
	 "regular expressions (PCRE2) that must all match somewhere in the output"},                                   \
	{AT(structure, command.forbid), "forbid", &member_patterns, OPTIONAL, "regular expressions of which none may match"}

static const struct member state_members[] = {
	COMMAND_MEMBERS(handler_state),
	{AT(handler_state, pm2), "pm2", &member_text, OPTIONAL,
         "the output is that of `pm2 jlist`: this app must be up and stay so"},
	{AT(handler_state, within), "within", &member_number, OPTIONAL, "seconds until it must be so (10)",
         .most = LONGEST_TIME},
	{AT(handler_state, steady), "steady", &member_number, OPTIONAL,
         "it must still be so after as many seconds, and nothing have changed (with pm2 5)", .least = 1,
         .most = LONGEST_TIME},
	{0},
};

static void load_state(struct loader *loader, const struct node *node, void *object);

static const struct shape shape_state = {"state", sizeof(struct handler_state), "a state",
	"a second command, whose output tells what is so", state_members, load_state};

static void load_state(struct loader *loader, const struct node *node, void *object) {
	struct handler_state *state = object;
	state->within = 10;
	load_members(loader, node, &shape_state, state);
	if (state->pm2.length && !state->steady)
		state->steady = 5;
	if (!state->command.expect.count && !state->command.forbid.count && !state->pm2.length)
		loader_fault(loader, node, TEXT(""), "a state needs 'expect', 'forbid' or 'pm2': what must be so");
}

/* --- handlers --- */

static const struct member retry_members[] = {
	{AT(handler, retry), "pattern", &member_pattern, NEEDED, "output (PCRE2) after which it is run again"},
	{AT(handler, retry_times), "times", &member_number, OPTIONAL, "how often at most (5)", .least = 1, .most = 100},
	{AT(handler, retry_delay), "delay", &member_number, OPTIONAL, "seconds to wait before (1)",
         .most = LONGEST_TIME},
	{0},
};
static const struct shape shape_retry = {"retry", 0, "retry", "when it is run again", retry_members};

static const struct member fallback_members[] = {
	{AT(handler, fallback), "pattern", &member_pattern, NEEDED,
         "output (PCRE2) that means that another handler must do it"},
	{AT(handler, fallback_handler), "handler", &member_name, NEEDED, "that handler"},
	{AT(handler, fallback_message), "message", &member_text, OPTIONAL, "what that output means, for people"},
	{0},
};
static const struct shape shape_fallback = {"fallback", 0, "fallback", "who does it instead", fallback_members};

static const struct member handler_members[] = {
	COMMAND_MEMBERS(handler),
	{AT(handler, user), "user", &member_text, OPTIONAL, "the user that it is run as (whoever runs arilint)"},
	{AT(handler, folder), "folder", &member_folder, OPTIONAL, "its working directory (/)"},
	{AT(handler, timeout), "timeout", &member_number, OPTIONAL,
         "seconds (30); then the whole process group is ended", .least = 1, .most = LONGEST_TIME},
	{AT_WHOLE, "retry", &member_same, OPTIONAL, "when it is run again", &shape_retry},
	{AT(handler, after), "after", &member_texts, OPTIONAL,
         "handlers that are run first, where they are needed too"},
	{AT_WHOLE, "fallback", &member_same, OPTIONAL, "who does it instead", &shape_fallback},
	{AT(handler, states), "state", &member_array_or_one, OPTIONAL,
         "what must be so when it is done: a program may end well although nothing has happened", &shape_state},
	{0},
};
static const struct shape shape_machine_handler = {STRUCT(handler), "a handler",
	"what lets a program of this machine read its changed files again", handler_members};

/* --- files --- */

const struct handler *handler_find(const struct handler_list *handlers, struct text name) {
	for (size_t i = 0; i < handlers->count; i++)
		if (text_equal(handlers->items[i]->name, name))
			return handlers->items[i];
	return NULL;
}

static void load_handler(struct loader *loader, const struct node *name, struct handler_list *handlers) {
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
	load_shape(loader, &name[1], &shape_machine_handler, handler);
	if (!other && handlers->count < MOST_HANDLERS)
		*list_add(loader->arena, handlers) = handler;
}

static void load_handlers(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	if (!load_map(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++)
		load_handler(loader, &node->items[2 * i], object);
}

static const struct member_type member_handlers = {MEMORY_NONE, load_handlers,
                                                   "'type': 'object', 'propertyNames': {'$ref': '#/$defs/name'}, "
                                                   "'additionalProperties': {'$ref': '#/$defs/handler'}"};

static const struct member file_members[] = {
	{AT_WHOLE, "arilint", &member_format, NEEDED, "the number of the format: 1"},
	{AT_WHOLE, "handlers", &member_handlers, NEEDED, "handlers by their names", &shape_machine_handler},
	{0},
};
const struct shape shape_handlers = {"handlers", sizeof(struct handler_list), "a file of handlers",
	"what lets programs of this machine read changed files again", file_members};

static struct loader make_loader(struct diagnostics *diagnostics, struct source *source) {
	struct arena *arena = diagnostics->arena;
	return (struct loader){.diagnostics = diagnostics, .arena = arena, .source = source, .fault_rule = fault_rule};
}

void handlers_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                   struct handler_list *handlers) {
	struct loader loader = make_loader(diagnostics, source);
	load_shape(&loader, tree, &shape_handlers, handlers);
}

/* Whether one of the handlers that are not placed yet must come before this one. */
static bool must_wait(const struct handler *handler, const struct handler_list *left) {
	for (size_t i = 0; i < handler->after.count; i++)
		if (handler_find(left, handler->after.items[i]))
			return true;
	return false;
}

void handlers_check_after(struct diagnostics *diagnostics, const struct handler_list *handlers, const struct text_list *known) {
	struct text_list names = {0};
	struct text near;
	for (size_t i = 0; i < handlers->count; i++)
		*list_add(diagnostics->arena, &names) = handlers->items[i]->name;
	for (size_t i = 0; i < handlers->count; i++) {
		const struct handler *handler = handlers->items[i];
		struct loader loader = make_loader(diagnostics, handler->source);
		for (size_t j = 0; j < handler->after.count; j++) {
			struct text name = handler->after.items[j];
			if (!text_list_has(&names, name) && !text_list_has(known, name) &&
			    text_list_nearest(diagnostics->arena, &names, name, &near))
				loader_fault(&loader, handler->node,
				             text_format(diagnostics->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near)),
				             "'%.*s' is to come after '%.*s', which is no handler", TEXT_ARGUMENTS(handler->name),
				             TEXT_ARGUMENTS(name));
		}
	}
}

void handlers_order(struct diagnostics *diagnostics, struct handler_list *handlers) {
	struct handler_list left = *handlers, placed = {0};
	while (left.count) {
		size_t next = 0;
		while (next < left.count && must_wait(left.items[next], &left))
			next++;
		if (next == left.count) {
			const struct handler *first = left.items[0];
			struct loader loader = make_loader(diagnostics, first->source);
			loader_fault(&loader, first->node, TEXT(""), "'%.*s' and others wait for each other ('after')",
			             TEXT_ARGUMENTS(first->name));
			return;
		}
		*list_add(diagnostics->arena, &placed) = left.items[next];
		for (left.count--; next < left.count; next++)
			left.items[next] = left.items[next + 1];
	}
	*handlers = placed;
}
