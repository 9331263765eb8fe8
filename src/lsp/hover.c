/* What is shown beside a key or a value: what the readers see of it, where that comes from, and what the rules say of it. Beside the
 * name of a section: what the program sees in it. */
#include "command/rule_page.h"
#include "diagnostic/diagnostic.h"
#include "lsp/judge.h"
#include "lsp/link.h"
#include "lsp/point.h"
#include "lsp/prose.h"
#include "lsp/range.h"
#include "lsp/sight.h"
#include "reach/layer.h"
#include "redact/redact.h"
#include "report/place.h"

/* Nobody reads more. */
enum { MOST_PLACES = 6, MOST_RULES = 6, MOST_KEYS = 30 };

struct hover {
	const struct server *server;
	struct arena *arena;
	struct analysis *analysis;
	struct point point;
	struct subject subject;    /* of a statement */
	struct prose prose;
	struct text_list told;     /* ids of rules of which something was said */
	struct text_list compared; /* places of the other side */
	struct judge_list comparing; /* rules that compare with these */
};

static void say(struct hover *hover, enum wording wording, struct text inside) {
	prose_add(&hover->prose, server_say(hover->server, hover->arena, wording, inside));
}

/* Says something of a place, or of a name. */
static void say_of(struct hover *hover, enum wording wording, struct text name) {
	prose_item(&hover->prose);
	say(hover, wording, text_format(hover->arena, "`%.*s`", TEXT_ARGUMENTS(redact_output(hover->arena, name))));
}

/* "etc/ari.conf:4" */
static struct text spell(struct hover *hover, struct place place) {
	return text_format(hover->arena, "%.*s:%u", TEXT_ARGUMENTS(place_path(place)),
	                   source_position(place.source, place.span.start).line);
}

static struct text spell_entry(struct hover *hover, const struct entry *entry) {
	return spell(hover, (struct place){entry->source, entry->key});
}

/* --- what is seen --- */

static void add_section_name(struct hover *hover, const struct section *section) {
	if (!section || !section->name.length) return;
	prose_add(&hover->prose, TEXT(" "));
	prose_add_code(&hover->prose, text_format(hover->arena, "[%.*s]", TEXT_ARGUMENTS(section->name)));
}

static void add_seen(struct hover *hover, const struct sight *sight) {
	static const enum wording words[] = {[SIGHT_NOTHING] = WORDING_NOTHING, [SIGHT_UNKNOWN] = WORDING_NOT_KNOWN, [SIGHT_REFUSED] = WORDING_REFUSED};
	prose_item(&hover->prose);
	for (size_t i = 0; i < sight->readers.count; i++) {
		prose_add(&hover->prose, i ? TEXT(", ") : TEXT(""));
		prose_add(&hover->prose, sight->readers.items[i]);
	}
	prose_add(&hover->prose, TEXT(": "));
	if (sight->state != SIGHT_VALUE)
		say(hover, words[sight->state], sight->text);
	else if (sight->text.length)
		prose_add_code(&hover->prose, sight->text);
	else
		say(hover, WORDING_EMPTY, TEXT(""));
}

static void add_sights(struct hover *hover) {
	struct sight_list sights = sights_of(hover->analysis, hover->arena, &hover->subject);
	for (size_t i = 0; i < sights.count; i++)
		add_seen(hover, &sights.items[i]);
}

/* --- where it comes from --- */

static void add_heirs(struct hover *hover) {
	const struct view *view = hover->point.file->view;
	struct text_list heirs = {0};
	for (size_t i = 0; i < view->sections.count && heirs.count < MOST_PLACES; i++) {
		const struct section *section = view->sections.items[i];
		for (size_t j = 0; j < section->variables.count; j++)
			if (section->variables.items[j].entry == hover->point.entry && section->variables.items[j].inherited && !section->template)
				text_list_add_once(hover->arena, &heirs, text_format(hover->arena, "[%.*s]", TEXT_ARGUMENTS(section->name)));
	}
	for (size_t i = 0; i < heirs.count; i++)
		say_of(hover, WORDING_TAKEN_OVER, heirs.items[i]);
}

static void add_origin(struct hover *hover) {
	struct file *file = hover->point.file;
	const struct subject *subject = &hover->subject;
	const struct variable *counts = subject->group ? file_variable(file, subject->group, subject->variable->name) : NULL;
	struct file *over = subject->section->name.length ? NULL : layer_over(&hover->analysis->lint, file, subject->variable->name);
	if (counts && counts->entry != hover->point.entry)
		say_of(hover, WORDING_IN_FORCE, spell_entry(hover, counts->entry));
	if (over)
		say_of(hover, WORDING_READ_OVER, place_path((struct place){over->source, {0, 0}}));
	if (file->source != hover->point.source)
		say_of(hover, WORDING_INCLUDED_BY, place_path((struct place){file->source, {0, 0}}));
	add_heirs(hover);
}

static void take_link(void *data, const struct link *link) {
	struct hover *hover = data;
	bool one = link_is_entry(link->one, hover->point.entry), other = link_is_entry(link->other, hover->point.entry);
	if (!one && !other) return;
	text_list_add_once(hover->arena, &hover->compared, spell(hover, link_place(one ? link->other : link->one)));
	*list_add(hover->arena, &hover->comparing) = link->rule;
}

static void add_compared(struct hover *hover) {
	links_each(&hover->analysis->lint, hover->arena, hover->point.file, take_link, hover);
	for (size_t i = 0; i < hover->compared.count && i < MOST_PLACES; i++)
		say_of(hover, WORDING_COMPARED, hover->compared.items[i]);
}

/* --- what the rules say --- */

/* What is said of a rule that has found something is its message. */
static void add_rule(struct hover *hover, struct text id, struct text words, bool found) {
	struct text named = text_format(hover->arena, "`%.*s`: %.*s", TEXT_ARGUMENTS(id), TEXT_ARGUMENTS(text_trim(words, "\n")));
	prose_item(&hover->prose);
	if (found)
		prose_add(&hover->prose, named);
	else
		say(hover, WORDING_CHECKED, named);
	*list_add(hover->arena, &hover->told) = id;
}

static bool is_at(const struct hover *hover, const struct diagnostic *finding) {
	const struct entry *entry = hover->point.entry;
	struct span span = finding->place.span;
	return finding->place.source == hover->point.source && span.start < entry->lines.end && span.end > entry->lines.start;
}

static void add_findings(struct hover *hover) {
	const struct diagnostics *diagnostics = &hover->analysis->diagnostics;
	for (size_t i = 0; i < diagnostics->found.count && hover->told.count < MOST_RULES; i++)
		if (is_at(hover, &diagnostics->found.items[i]))
			add_rule(hover, diagnostics->found.items[i].rule, diagnostics->found.items[i].message, true);
}

/* Tells how many are left out. */
static size_t add_checked(struct hover *hover, const struct judge_list *judges) {
	size_t left = 0;
	for (size_t i = 0; i < judges->count; i++) {
		const struct rule *rule = judges->items[i];
		if (text_list_has(&hover->told, rule->id)) continue;
		if (hover->told.count < MOST_RULES)
			add_rule(hover, rule->id, rule_spelled(&rule->title, hover->analysis->options.language), false);
		else
			left++;
	}
	return left;
}

static void add_judges(struct hover *hover) {
	const struct file_list *files = &hover->analysis->lint.files;
	size_t left = 0;
	add_checked(hover, &hover->comparing);
	/* A file has other rules in each of its roles. */
	for (size_t i = 0; i < files->count; i++) {
		struct point there = point_in(&hover->point, files->items[i]);
		struct subject subject;
		if (files->items[i]->source != hover->point.file->source || !point_subject(&there, &subject)) continue;
		struct judge_list judges = judges_of(&hover->analysis->lint, hover->arena, &subject);
		left += add_checked(hover, &judges);
	}
	if (!left) return;
	prose_item(&hover->prose);
	say(hover, WORDING_MORE, text_of_number(hover->arena, (uint32_t)left));
}

/* --- what it is for --- */

/* A file has other rules in each of its roles. */
static struct text meaning_of(struct hover *hover) {
	const struct file_list *files = &hover->analysis->lint.files;
	struct subject subject;
	for (size_t i = 0; i < files->count; i++) {
		struct point there = point_in(&hover->point, files->items[i]);
		if (files->items[i]->source != hover->point.file->source || !point_subject(&there, &subject)) continue;
		const struct meaning *meaning = judge_meaning(&hover->analysis->lint, hover->arena, &subject);
		if (meaning) return words_in(&meaning->about, hover->analysis->options.language);
	}
	return TEXT("");
}

static void add_meaning(struct hover *hover) {
	struct text about = meaning_of(hover);
	if (!about.length) return;
	prose_paragraph(&hover->prose);
	prose_add(&hover->prose, about);
}

/* --- the whole --- */

static void hover_statement(struct hover *hover) {
	prose_add_code(&hover->prose, hover->subject.variable->name);
	add_section_name(hover, hover->subject.section);
	add_meaning(hover);
	add_sights(hover);
	add_origin(hover);
	add_compared(hover);
	add_findings(hover);
	add_judges(hover);
}

static const struct section *find_section(const struct hover *hover) {
	const struct view *view = hover->point.file->view;
	for (size_t i = 0; i < view->sections.count; i++)
		if (view->sections.items[i]->header == hover->point.header)
			return view->sections.items[i];
	return NULL;
}

/* What a section has of templates and other files stands nowhere else in one piece. */
static void hover_section(struct hover *hover, const struct section *section) {
	struct file *file = hover->point.file;
	prose_add_code(&hover->prose, text_format(hover->arena, "[%.*s]", TEXT_ARGUMENTS(section->name)));
	for (size_t i = 0; i < section->variables.count && i < MOST_KEYS; i++) {
		const struct variable *variable = &section->variables.items[i];
		struct value value = value_of_variable(file, section, variable);
		prose_item(&hover->prose);
		prose_add_code(&hover->prose, text_format(hover->arena, "%.*s = %.*s", TEXT_ARGUMENTS(variable->name), TEXT_ARGUMENTS(
			value.state == VALUE_PRESENT ? sight_show(hover->analysis, hover->arena, value) : TEXT("?"))));
		if (!variable->inherited) continue;
		prose_add(&hover->prose, TEXT(" "));
		say(hover, WORDING_FROM_TEMPLATE, text_format(hover->arena, "`%.*s`", TEXT_ARGUMENTS(spell_entry(hover, variable->entry))));
	}
	if (section->variables.count <= MOST_KEYS) return;
	prose_item(&hover->prose);
	say(hover, WORDING_MORE, text_of_number(hover->arena, (uint32_t)(section->variables.count - MOST_KEYS)));
}

static void reply_with(const struct hover *hover, struct reply *reply, struct span span) {
	struct json *json = &reply->json;
	json_object(json, NULL);
	json_object(json, "contents");
	json_text(json, "kind", hover->prose.marked ? TEXT("markdown") : TEXT("plaintext"));
	json_text(json, "value", redact_output(hover->arena, buffer_text(&hover->prose.out)));
	json_end(json);
	range_write(json, "range", analysis_layout(hover->analysis, hover->point.source), span);
	json_end(json);
}

static void show(struct server *server, const struct json_object *params, struct reply *reply) {
	struct hover hover = {.server = server, .arena = reply->arena};
	if (!point_find(server, params, reply, &hover.point)) return;
	hover.analysis = hover.point.analysis;
	hover.prose = (struct prose){.out = {.arena = reply->arena}, .marked = server->client.marks};
	struct token token = point_token(&hover.point, reply->arena);
	bool of_statement = token.kind == TOKEN_KEY || token.kind == TOKEN_VALUE || token.kind == TOKEN_OPERATOR;
	const struct section *section = token.kind == TOKEN_SECTION && hover.point.header ? find_section(&hover) : NULL;
	if (of_statement && point_subject(&hover.point, &hover.subject))
		hover_statement(&hover);
	else if (section)
		hover_section(&hover, section);
	if (hover.prose.out.length)
		reply_with(&hover, reply, token.span);
}

const struct method hover_methods[] = {{"textDocument/hover", true, show}, {0}};
