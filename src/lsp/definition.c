/* Where what a place speaks of stands: the other side of a comparison, a template, an included file, a section by its name; and
 * who speaks of what stands at a place. */
#include "base/path.h"
#include "lsp/link.h"
#include "lsp/location.h"
#include "lsp/point.h"
#include "report/place.h"

struct search {
	struct arena *arena;
	struct point point;
	struct token token;        /* that the place is in */
	struct location_list found;
	struct LIST_OF(struct link) links; /* of the whole run, for references */
};

/* --- the other side --- */

static bool is_here(const struct search *search, struct value value) {
	bool header = search->token.kind == TOKEN_SECTION;
	return header ? link_is_header(value, search->point.header) : link_is_entry(value, search->point.entry);
}

static void take_other_side(void *data, const struct link *link) {
	struct search *search = data;
	if (is_here(search, link->one))
		locations_add(search->arena, &search->found, link_place(link->other));
	else if (is_here(search, link->other))
		locations_add(search->arena, &search->found, link_place(link->one));
}

static void find_other_sides(struct search *search) {
	if (search->point.entry || search->token.kind == TOKEN_SECTION)
		links_each(&search->point.analysis->lint, search->arena, search->point.file, take_other_side, search);
}

/* --- names of sections --- */

static bool is_sign(struct text option) { return !option.length || option.bytes[0] == '!' || option.bytes[0] == '+'; }

/* Calls `take` for each template that is named in a token `(a,b)`. */
static void each_template(struct search *search, const struct source *source, struct token token,
                          void (*take)(struct search *search, struct span name)) {
	struct text rest = text_trim(source_slice(source, token.span), "()"), all = rest;
	uint32_t start = token.span.start + (uint32_t)(rest.bytes - (source->bytes.bytes + token.span.start));
	while (rest.length) {
		uint32_t at = start + (uint32_t)(all.length - rest.length);
		struct text option = text_cut(&rest, ','), name = text_trim(option, " \t");
		uint32_t from = at + (uint32_t)(name.length ? name.bytes - option.bytes : 0);
		if (!is_sign(name))
			take(search, (struct span){from, from + (uint32_t)name.length});
	}
}

/* The first section of the name is the one that is meant; a section by that name of an object may be any of them. */
static void find_section(struct search *search, struct text name, bool first) {
	const struct view *view = search->point.file->view;
	bool any_case = search->point.file->role->any_case_sections || first;
	for (size_t i = 0; i < view->headers.count && name.length; i++) {
		const struct header *header = view->headers.items[i];
		if (header == search->point.header && search->token.kind == TOKEN_SECTION) continue;
		if (!(any_case ? text_equal_ignoring_case(header->name, name) : text_equal(header->name, name))) continue;
		locations_add(search->arena, &search->found, location_of_header(header));
		if (first) return;
	}
}

static void take_template(struct search *search, struct span name) {
	bool inside = search->point.offset >= name.start && search->point.offset <= name.end;
	if (inside)
		find_section(search, source_slice(search->point.source, name), true);
}

/* A value may name several, a comma between them. */
static void find_named_sections(struct search *search) {
	const struct entry *entry = search->point.entry;
	struct text rest = entry && search->token.kind == TOKEN_VALUE && search->point.file->view->headers.count ? entry->content : TEXT("");
	while (rest.length)
		find_section(search, text_trim(text_cut(&rest, ','), " \t"), false);
}

/* --- included files --- */

/* Programs seek it in one folder or another; which it was, the files tell that were read. */
static void find_included(struct search *search) {
	const struct view *view = search->point.file->view;
	struct arena *arena = search->arena;
	struct text name = text_trim(source_slice(search->point.source, search->token.span), "\"<>' \t");
	struct text glob = text_starts_with(name, TEXT("/")) ? name : text_join(arena, TEXT("*/"), name);
	for (size_t i = 0; i < view->sources.count; i++) {
		struct source *source = view->sources.items[i];
		struct text path = path_absolute(arena, path_here(), source->path);
		if (source != search->point.source && text_matches_glob(path, glob, NULL))
			locations_add(arena, &search->found, (struct place){source, {0, 0}});
	}
}

/* --- definitions --- */

static bool begin(struct server *server, const struct json_object *params, struct reply *reply, struct search *search) {
	search->arena = reply->arena;
	if (!point_find(server, params, reply, &search->point)) return false;
	search->token = point_token(&search->point, reply->arena);
	return true;
}

static void find_definitions(struct search *search) {
	switch (search->token.kind) {
	case TOKEN_OPTIONS: each_template(search, search->point.source, search->token, take_template); break;
	case TOKEN_ARGUMENT: find_included(search); break;
	case TOKEN_KEY:
	case TOKEN_OPERATOR:
	case TOKEN_EXPORT:
	case TOKEN_VALUE:
		find_other_sides(search);
		if (!search->found.count)
			find_named_sections(search);
		break;
	case TOKEN_SECTION:
		find_other_sides(search);
		if (!search->found.count)
			find_section(search, search->point.header->name, false);
		break;
	default: break;
	}
}

static void define(struct server *server, const struct json_object *params, struct reply *reply) {
	struct search search = {0};
	if (!begin(server, params, reply, &search)) return;
	find_definitions(&search);
	locations_write(&reply->json, &server->workspace, search.point.analysis, &search.found);
}

/* --- references --- */

static void keep(void *data, const struct link *link) {
	struct search *search = data;
	*list_add(search->arena, &search->links) = *link;
}

static bool is_at(struct value value, struct place place) { return place_is_same(link_place(value), place); }

/* Adds what one rule holds against a place; NULL: any rule. Calls `next` for each. */
static void follow(struct search *search, struct place place, const struct rule *rule,
                   void (*next)(struct search *search, struct place place, const struct rule *rule)) {
	for (size_t i = 0; i < search->links.count; i++) {
		const struct link *link = &search->links.items[i];
		if ((rule && link->rule != rule) || !(is_at(link->one, place) || is_at(link->other, place))) continue;
		struct place there = link_place(is_at(link->one, place) ? link->other : link->one);
		locations_add(search->arena, &search->found, there);
		if (next)
			next(search, there, link->rule);
	}
}

/* Of what is compared with one and the same value all: the other backends of a server, too. */
static void follow_once_more(struct search *search, struct place place, const struct rule *rule) {
	follow(search, place, rule, NULL);
}

static void add_heir(struct search *search, struct span name) {
	struct source *source = search->point.source;
	if (text_equal_ignoring_case(source_slice(source, name), search->point.header->name))
		locations_add(search->arena, &search->found, (struct place){source, name});
}

static void find_heirs(struct search *search) {
	const struct view *view = search->point.tokens;
	struct source *here = search->point.source;
	for (size_t i = 0; i < view->sources.count; i++)
		for (size_t j = 0; j < view->tokens.items[i]->count; j++) {
			struct token token = view->tokens.items[i]->items[j];
			search->point.source = view->sources.items[i];
			if (token.kind == TOKEN_OPTIONS)
				each_template(search, view->sources.items[i], token, add_heir);
		}
	search->point.source = here;
}

/* Statements that name the section. */
static void find_users(struct search *search) {
	const struct view *view = search->point.file->view;
	for (size_t i = 0; i < view->entries.count; i++) {
		const struct entry *entry = view->entries.items[i];
		struct text rest = entry->content;
		while (rest.length)
			if (text_equal(text_trim(text_cut(&rest, ','), " \t"), search->point.header->name))
				locations_add(search->arena, &search->found, (struct place){entry->source, entry->value});
	}
}

static void find_references(struct search *search) {
	bool header = search->token.kind == TOKEN_SECTION;
	if (!header && !search->point.entry) return;
	struct place here = header ? location_of_header(search->point.header) : location_of_entry(search->point.entry);
	locations_add(search->arena, &search->found, here);
	links_each(&search->point.analysis->lint, search->arena, NULL, keep, search);
	follow(search, here, NULL, follow_once_more);
	if (!header) return;
	find_heirs(search);
	find_users(search);
	find_section(search, search->point.header->name, false);
}

static void refer(struct server *server, const struct json_object *params, struct reply *reply) {
	struct search search = {0};
	if (!begin(server, params, reply, &search)) return;
	find_references(&search);
	/* The place itself came first. */
	if (search.found.count && !tree_truth(tree_get(params, "context", "includeDeclaration"))) {
		search.found.items++;
		search.found.count--;
	}
	locations_write(&reply->json, &server->workspace, search.point.analysis, &search.found);
}

const struct method definition_methods[] = {{"textDocument/definition", true, define}, {"textDocument/references", true, refer}, {0}};
