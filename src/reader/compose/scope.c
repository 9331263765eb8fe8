#include "reader/compose/scope.h"

#include "base/path.h"
#include "reader/dollar.h"

enum { LARGEST_EXPANSION = 1024 * 1024, MOST_STEPS_UP = 16 };

const struct text *compose_doubt(struct arena *arena, struct text name, const char *words) {
	struct text *reason = arena_new(arena, struct text);
	*reason = text_join(arena, name, text_of(words));
	return reason;
}

struct text compose_cut_part(struct text *rest) {
	int depth = 0;
	size_t end = 0;
	for (; end < rest->length && (rest->bytes[end] != ':' || depth > 0); end++) {
		depth += rest->bytes[end] == '{';
		depth -= rest->bytes[end] == '}';
	}
	struct text part = text_slice(*rest, 0, end);
	*rest = text_from(*rest, end < rest->length ? end + 1 : end);
	return part;
}

/* --- files --- */

struct text compose_path(struct arena *arena, struct text folder, struct text path) {
	for (int steps = 0; steps < MOST_STEPS_UP; steps++) {
		bool here = text_starts_with(path, TEXT("./")), up = text_starts_with(path, TEXT("../"));
		struct text name = path_name(text_slice(folder, 0, folder.length ? folder.length - 1 : 0));
		if ((!here && !up) || (up && (!name.length || text_is(name, "..") || text_is(name, ".")))) break;
		path = text_from(path, here ? 2 : 3);
		folder.length -= up ? name.length + 1 : 0;
	}
	return text_starts_with(path, TEXT("/")) ? path : text_join(arena, folder, path);
}

struct source *compose_open(struct reading *reading, struct text folder, struct text name) {
	struct text fault = TEXT(""), path = compose_path(reading->arena, folder, name);
	reading->includer = reading->source;
	if (reading->open)
		return reading->open(reading, path);
	struct source *source = reading->source->status.st_ino ? source_read(reading->arena, path, &fault) : NULL;
	return source && !fault.length ? source : NULL;
}

static bool has_source(const struct view *view, const struct source *source) {
	for (size_t i = 0; i < view->sources.count; i++)
		if (view->sources.items[i] == source)
			return true;
	return false;
}

struct view *compose_read_env(const struct compose_scope *scope, struct source *source, const struct reader *reader,
                              const struct text_list *around, const struct text_list *given) {
	struct arena *arena = scope->reading->arena;
	struct reading reading = {.arena = arena, .source = source, .environment = *around, .given = *given,
	                          .tokens = scope->reading->tokens, .has_environment = scope->reading->has_environment};
	struct view *view = reader_read(reader, &reading);
	for (size_t i = 0; i < view->entries.count; i++)
		view->entries.items[i]->reader = reader_number(reader);
	if (has_source(scope->view, source))
		return view;
	*list_add(arena, &scope->view->sources) = source;
	*list_add(arena, &scope->view->tokens) = view->tokens.items[0];
	for (size_t i = 0; i < view->entries.count; i++)
		*list_add(arena, &scope->view->entries) = view->entries.items[i];
	return view;
}

void compose_scope_open(struct compose_scope *scope) {
	struct source *source = compose_open(scope->reading, scope->folder, TEXT(".env"));
	if (!source) return;
	struct text_list around = {0}, none = {0};
	if (scope->above)
		compose_scope_list(compose_scope_root(scope), &around);
	struct view *view = compose_read_env(scope, source, reader_find(TEXT("compose")), &around, &none);
	scope->unreadable = !view->ok;
	const struct variable_list *variables = &view->sections.items[0]->variables;
	for (size_t i = variables->count; i > 0; i--) /* the last one of a name counts */
		map_put(scope->reading->arena, &scope->variables, variables->items[i - 1].name, &variables->items[i - 1]);
}

/* --- variables --- */

const struct variable *compose_scope_variable(const struct compose_scope *scope, struct text name) {
	const struct variable *variable = NULL;
	for (const struct compose_scope *each = scope; each; each = each->above) {
		const struct variable *found = map_get(&each->variables, name);
		variable = found && !found->absent ? found : variable;
	}
	return variable;
}

const struct compose_scope *compose_scope_root(const struct compose_scope *scope) {
	while (scope->above)
		scope = scope->above;
	return scope;
}

void compose_scope_list(const struct compose_scope *scope, struct text_list *list) {
	for (size_t i = 0; i < scope->variables.capacity; i++) {
		const struct variable *variable = scope->variables.slots[i].value;
		if (variable && !variable->absent && (!variable->unsettled || scope->reading->has_environment))
			*list_add(scope->reading->arena, list) =
				text_format(scope->reading->arena, "%.*s=%.*s", TEXT_ARGUMENTS(variable->name),
			                    TEXT_ARGUMENTS(variable->value));
	}
}

static bool is_unreadable(const struct compose_scope *scope) {
	return scope->unreadable || (scope->above && is_unreadable(scope->above));
}

/* --- values --- */

/* A text while its variables are put in. */
struct settling {
	const struct compose_scope *scope;
	size_t added;
	bool names;            /* it names variables */
	struct text missing;   /* the first one that has no value */
	struct text defaulted; /* the first one in the place of which a default stands */
	const struct text *unsettled;
	bool refused;
};

static const struct text *value_of(void *context, struct text name, char operator) {
	struct settling *settling = context;
	const struct variable *variable = compose_scope_variable(settling->scope, name);
	settling->names = true;
	if (is_unreadable(settling->scope))
		variable = NULL;
	if (variable && variable->unsettled && !settling->scope->reading->has_environment)
		settling->unsettled = variable->doubt;
	if (!variable && operator == '-' && !is_unreadable(settling->scope))
		settling->defaulted = settling->defaulted.length ? settling->defaulted : name;
	else if (!variable)
		settling->missing = settling->missing.length ? settling->missing : name;
	return variable ? &variable->value : NULL;
}

static bool may_add(void *context, size_t length) {
	struct settling *settling = context;
	settling->added += length;
	return settling->added <= LARGEST_EXPANSION;
}

static bool in_doubt(void *context) { return true; }

static void refuse(void *context) { ((struct settling *)context)->refused = true; }

static struct text expand(struct settling *settling, struct text text) {
	struct arena *arena = settling->scope->reading->arena;
	struct dollar dollar = {arena, settling, value_of, may_add, in_doubt, refuse, false};
	struct buffer out = {.arena = arena};
	dollar_expand(&dollar, text, &out);
	return out.length ? buffer_text(&out) : TEXT("");
}

/* The name in `$NAME`, `${NAME}` and `${NAME:-...}` that are all of the text; empty for anything else. */
static struct text whole_name(struct text text) {
	bool braces = text_starts_with(text, TEXT("${")) && text_find_byte(text, '}') == text.length - 1;
	struct text name = text_from(text, text_starts_with(text, TEXT("$")) ? (size_t)1 + braces : text.length);
	size_t end = 0;
	while (end < name.length && text_is_word_byte(name.bytes[end]))
		end++;
	return end == name.length || (braces && text_has_byte(TEXT("}:-?"), name.bytes[end])) ? text_slice(name, 0, end) : TEXT("");
}

/* The variable of the .env whose value the text is. */
static const struct variable *find_origin(const struct compose_scope *scope, struct text text, const struct variable *variable) {
	const struct variable *origin = variable->unsettled || variable->presumed ? NULL : compose_scope_variable(scope, whole_name(text));
	return origin && text_equal(origin->value, variable->value) ? origin : NULL;
}

const struct variable *compose_scope_settle(const struct compose_scope *scope, struct text text, struct variable *variable) {
	struct arena *arena = scope->reading->arena;
	struct settling settling = {.scope = scope};
	variable->value = text;
	if (text_find_byte(text, '$') == TEXT_NOT_FOUND) return NULL;
	variable->value = expand(&settling, text);
	variable->expanded = settling.names;
	bool known = scope->reading->has_environment; /* what has no value, has none */
	if (settling.refused)
		variable->doubt = compose_doubt(arena, TEXT(""), "docker compose can't read what stands behind a `$`");
	else if (settling.missing.length && !known)
		variable->doubt = compose_doubt(arena, settling.missing, " is set outside of the compose file");
	else if (settling.unsettled)
		variable->doubt = settling.unsettled;
	else if (settling.defaulted.length && !known && !variable->value.length) /* it only keeps compose quiet */
		variable->doubt = compose_doubt(arena, settling.defaulted, " is set outside of the compose file");
	variable->unsettled = variable->doubt != NULL;
	variable->presumed = !variable->unsettled && settling.defaulted.length && !known;
	if (variable->presumed)
		variable->doubt = compose_doubt(arena, settling.defaulted, " may be set where docker compose is started");
	return find_origin(scope, text, variable);
}

bool compose_scope_text(const struct compose_scope *scope, struct text text, struct text *value) {
	struct settling settling = {.scope = scope};
	*value = expand(&settling, text);
	return !settling.refused && !settling.missing.length && !settling.defaulted.length && !settling.unsettled &&
	       settling.added <= LARGEST_EXPANSION;
}
