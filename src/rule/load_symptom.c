/* Symptoms: patterns of log lines, what they mean, and which findings explain them. */
#include "rule/symptom.h"

#include "base/buffer.h"
#include "rule/load_language.h"
#include "rule/load_reference.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

struct part_list LIST_OF(struct symptom_part);

const struct symptom_text *symptom_text_in(const struct symptom_message *message, enum language language) {
	return message->in[language].count ? &message->in[language] : &message->in[0];
}

/* --- texts with captures --- */

/* The two whose groups texts and names speak of. */
struct patterns {
	struct pattern pattern, line;
	bool told; /* else one could not be compiled, so that nothing can be told of their groups */
};

/* A message and the patterns whose groups it names. */
struct captures {
	struct patterns patterns;
	struct symptom_message *message;
};

static struct patterns compile(struct loader *loader, const struct symptom *symptom) {
	struct patterns patterns = {.pattern = {.arena = loader->arena, .spelled = symptom->pattern},
	                            .line = {.arena = loader->arena, .spelled = symptom->line}};
	struct text fault;
	size_t offset;
	patterns.told = symptom->pattern.length && pattern_compile(&patterns.pattern, &offset, &fault) &&
	                pattern_compile(&patterns.line, &offset, &fault);
	return patterns;
}

static unsigned find_group(const struct patterns *patterns, struct text name) {
	unsigned group = pattern_group(&patterns->pattern, name), of_line = pattern_group(&patterns->line, name);
	return group || !of_line ? group : SYMPTOM_OF_LINE + of_line;
}

static bool add_capture(struct loader *loader, const struct node *node, struct text name, const struct patterns *patterns,
                        struct part_list *parts) {
	unsigned group = find_group(patterns, name);
	if (group) {
		*list_add(loader->arena, parts) = (struct symptom_part){TEXT(""), group};
	} else {
		struct text_list names = {0};
		pattern_group_names(&patterns->pattern, &names);
		pattern_group_names(&patterns->line, &names);
		struct text help =
			names.count ? loader_suggest(loader, name, &names) : TEXT("write (?<name>...) there");
		loader_fault_within(loader, node, name, help, "the pattern has no group '%.*s'", TEXT_ARGUMENTS(name));
	}
	return group != 0;
}

static void parse_parts(struct loader *loader, const struct node *node, const struct patterns *patterns,
                        struct part_list *parts) {
	struct text rest = node->text, part;
	bool named, ok = true;
	while (rest.length && ok) {
		ok = load_braced_part(loader, node, &rest, &part, &named);
		if (ok && named)
			ok = add_capture(loader, node, part, patterns, parts);
		else if (ok)
			*list_add(loader->arena, parts) = (struct symptom_part){part, 0};
	}
}

static void load_one(struct loader *loader, const struct node *node, enum language language, void *object) {
	struct captures *captures = object;
	struct part_list parts = {0};
	struct text text;
	if (load_text(loader, node, &text) && captures->patterns.told)
		parse_parts(loader, node, &captures->patterns, &parts);
	captures->message->in[language] = (struct symptom_text){parts.items, parts.count};
}

static void load_symptom_text(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct symptom *symptom = object;
	struct captures captures = {compile(loader, symptom), member_at(member, object)};
	load_in_languages(loader, node, &captures, load_one);
}

/* --- what explains it --- */

static void add_rule(struct loader *loader, const struct node *node, struct text name, struct symptom *symptom) {
	const struct pack *pack = loader->pack;
	struct text_list names = {0};
	struct text prefix = text_join(loader->arena, pack->name, TEXT("/"));
	struct text id = text_find_byte(name, '/') == TEXT_NOT_FOUND ? text_join(loader->arena, prefix, name) : name;
	/* Other packs may be there or not. */
	bool known = !text_starts_with(id, prefix);
	for (size_t i = 0; !known && i < pack->rules.count; i++) {
		known = text_equal(pack->rules.items[i].id, id);
		*list_add(loader->arena, &names) = text_from(pack->rules.items[i].id, prefix.length);
	}
	if (!known)
		loader_fault_within(loader, node, name, loader_suggest(loader, text_from(id, prefix.length), &names),
		                    "there is no rule '%.*s'", TEXT_ARGUMENTS(name));
	*list_add(loader->arena, &symptom->rules) = id;
}

static void load_explaining_rules(struct loader *loader, const struct node *node, const struct member *member,
                                  void *object) {
	struct text text;
	if (!load_list(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++)
		if (load_text(loader, &node->items[i], &text))
			add_rule(loader, &node->items[i], text, object);
}

/* The number of a name of the symptom's, or its count of names after a fault. */
static uint32_t find_name(struct loader *loader, const struct node *node, const struct symptom *symptom) {
	struct text_list names = {0};
	for (uint32_t i = 0; i < symptom->names.count; i++) {
		if (text_equal(symptom->names.items[i].text, node->text))
			return i;
		*list_add(loader->arena, &names) = symptom->names.items[i].text;
	}
	loader_fault(loader, node, names.count ? loader_suggest(loader, node->text, &names) : TEXT(""),
	             "'%.*s' is not among the `names` of the symptom", TEXT_ARGUMENTS(node->text));
	return (uint32_t)symptom->names.count;
}

static void load_one_about(struct loader *loader, const struct node *node, const struct symptom *symptom,
                           struct symptom_about *about) {
	struct symptom_same *same = arena_array(loader->arena, struct symptom_same, node->count + 1);
	about->same.items = same;
	if (!load_map(loader, node, "what a finding must be about")) return;
	for (size_t i = 0; i < node->count; i++) {
		uint32_t name = find_name(loader, &node->items[2 * i], symptom);
		const struct reference *reference = load_reference(loader, &node->items[2 * i + 1]);
		if (reference && name < symptom->names.count)
			same[about->same.count++] = (struct symptom_same){name, reference};
	}
}

/* What only some findings have is unknown of the others. */
static void load_about(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	static const struct selector of_findings = {.kind = SUBJECT_SETTING | SUBJECT_KEY | SUBJECT_SECTION};
	struct symptom *symptom = object;
	bool list = node->kind == NODE_LIST;
	size_t count = list ? node->count : 1;
	struct symptom_about *about = arena_array(loader->arena, struct symptom_about, count);
	loader->selector = &of_findings;
	for (size_t i = 0; i < count; i++)
		load_one_about(loader, list ? &node->items[i] : node, symptom, &about[i]);
	loader->selector = NULL;
	symptom->about.items = about;
	symptom->about.count = count;
}

static const struct member same_members[] = {
	{AT(symptom_same, name), NULL, &found_number},
	{AT(symptom_same, reference), NULL, &found_pointer, .of = &shape_reference},
	{0},
};
static const struct shape shape_same = {STRUCT(symptom_same), .members = same_members};
static const struct member about_members[] = {
	{AT(symptom_about, same), NULL, &found_array, .of = &shape_same},
	{0},
};
static const struct shape shape_about = {STRUCT(symptom_about), "about", "what a finding must be about to explain a line",
	about_members};

#define ABOUT "'type': 'object', 'minProperties': 1, 'additionalProperties': {'$ref': '#/$defs/reference'}"
static const struct member_type member_about = {MEMORY_ARRAY, load_about,
	"'anyOf': [{" ABOUT "}, {'type': 'array', 'minItems': 1, 'items': {" ABOUT "}}]"};
static const struct member_type member_rule_names = {MEMORY_TEXTS, load_explaining_rules,
                                                     "'type': 'array', 'items': {'$ref': '#/$defs/rule_name'}"};

static const struct member explained_by_members[] = {
	{AT(symptom, rules), "rules", &member_rule_names, OPTIONAL, "those of these rules; PACK/RULE of another pack"},
	{AT(symptom, effects), "effects", &member_effects, OPTIONAL, "those with one of these effects"},
	{AT(symptom, about), "about", &member_about, OPTIONAL,
         "a map from `names` to references, or a list of such maps: what a finding must be about to explain a line",
         &shape_about},
	{0},
};
static const struct shape shape_explained_by = {"explained_by", 0, "explained_by", "which findings explain a symptom",
	explained_by_members};

/* --- symptoms --- */

static struct text expression_of(struct loader *loader, const struct node *node, struct text name) {
	struct text_list names = {0};
	for (size_t i = 0; i < loader->pack->expressions.count; i++) {
		if (text_equal(loader->pack->expressions.items[i]->name, name))
			return loader->pack->expressions.items[i]->text;
		*list_add(loader->arena, &names) = loader->pack->expressions.items[i]->name;
	}
	loader_fault_within(loader, node, name, names.count ? loader_suggest(loader, name, &names) : TEXT(""),
	                    "there is no expression '%.*s'", TEXT_ARGUMENTS(name));
	return TEXT("");
}

/* Adds the text with what each {{name}} stands for. */
static void take_in(struct loader *loader, const struct node *node, struct buffer *all) {
	struct text rest = node->text;
	for (;;) {
		size_t open = text_find(rest, TEXT("{{")), end = text_find(rest, TEXT("}}"));
		if (open == TEXT_NOT_FOUND || end == TEXT_NOT_FOUND || end < open) break;
		buffer_add(all, text_slice(rest, 0, open));
		buffer_add(all, expression_of(loader, node, text_slice(rest, open + 2, end)));
		rest = text_from(rest, end + 2);
	}
	buffer_add(all, rest);
}

/* One text, or a list: any of them, whose groups of one name are one. */
static struct text load_alternatives(struct loader *loader, const struct node *node) {
	struct buffer all = {.arena = loader->arena};
	struct text_list texts = {0};
	if (!load_texts(loader, node, &texts)) return TEXT("");
	if (node->kind != NODE_LIST)
		take_in(loader, node, &all);
	for (size_t i = 0; node->kind == NODE_LIST && i < node->count; i++) {
		buffer_add_string(&all, i ? "|" : "(?|");
		take_in(loader, &node->items[i], &all);
	}
	buffer_add_string(&all, node->kind == NODE_LIST ? ")" : "");
	return buffer_text(&all);
}

static void load_symptom_pattern(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct text *spelled = member_at(member, object);
	struct pattern pattern;
	struct node whole = *node;
	if (node->kind == NODE_LIST && node->count)
		whole = node->items[0];
	whole.text = load_alternatives(loader, node);
	if (!whole.text.length || !load_expression(loader, &whole, spelled, &pattern)) return;
	struct symptom *symptom = object;
	if (spelled == &symptom->pattern)
		symptom->secret = pattern_group(&pattern, TEXT("secret"));
}

static void load_expression_text(struct loader *loader, const struct node *node, void *object) {
	((struct expression *)object)->text = load_alternatives(loader, node);
}

static const struct member expression_members[] = {
	{AT(expression, name), NULL, &found_text}, {AT(expression, text), NULL, &found_text}, {0}};
const struct shape shape_expression = {STRUCT(expression), "an expression", "a part of regular expressions",
	expression_members, load_expression_text, "'$ref': '#/$defs/texts'"};

static void load_symptom_names(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct symptom *symptom = object;
	struct text_list texts = {0};
	struct patterns patterns = compile(loader, symptom);
	struct part_list groups = {0};
	if (!load_texts(loader, node, &texts) || !patterns.told) return;
	struct symptom_name *names = arena_array(loader->arena, struct symptom_name, texts.count);
	for (size_t i = 0; i < texts.count; i++)
		if (add_capture(loader, node, texts.items[i], &patterns, &groups))
			names[symptom->names.count++] = (struct symptom_name){
				texts.items[i], groups.items[groups.count - 1].group, text_is(texts.items[i], "host")};
	symptom->names.items = names;
}

static const struct member parts_of_name[] = {
	{AT(symptom_name, text), NULL, &found_text}, {AT(symptom_name, group), NULL, &found_number},
	{AT(symptom_name, is_host), NULL, &found_number}, {0}};
static const struct shape shape_name = {STRUCT(symptom_name), .members = parts_of_name};
static const struct member parts_of_text[] = {
	{AT(symptom_part, text), NULL, &found_text}, {AT(symptom_part, group), NULL, &found_number}, {0}};
static const struct shape shape_part = {STRUCT(symptom_part), .members = parts_of_text};
static const struct member text_members[] = {
	{AT(symptom_message, in), NULL, &found_array, .of = &shape_part},
	{0},
};
static const struct shape shape_text = {STRUCT(symptom_message), .members = text_members};

static const struct member_type member_pattern = {MEMORY_TEXT, load_symptom_pattern, "texts"};
static const struct member_type member_symptom_text = {MEMORY_STRUCT, load_symptom_text, "message"};
static const struct word source_words[] = {{"backend", 0}, {"asterisk", 0}, {0}};

static const struct member_type member_symptom_names = {MEMORY_ARRAY, load_symptom_names, "texts"};

/* The pattern comes before the names and texts: these are its groups. */
static const struct member symptom_members[] = {
	{AT(symptom, id), "id", &member_id, NEEDED, "its name; it is called `PACK/SYMPTOM`"},
	{AT(symptom, secret), NULL, &found_number},
	{AT(symptom, source), "source", &member_word_text, OPTIONAL,
         "`backend` or `asterisk`: whose log says it. A line that Asterisk wrote is not held against what a backend "
         "says",
         .words = source_words},
	{AT(symptom, pattern), "pattern", &member_pattern, NEEDED,
         "a regular expression, or a list: any of them; its groups `(?<name>…)` are the captures of the texts below, and one called `secret` is "
         "masked wherever the line is shown"},
	{AT(symptom, line), "line", &member_pattern, OPTIONAL,
         "what must be found in the message, too, likewise; its groups are captures as well. It is asked once the pattern is "
         "found: for what a line names elsewhere (`^` and bounded repeats keep it quick)"},
	{AT(symptom, names), "names", &member_symptom_names, OPTIONAL,
         "captures that say what a line is about: lines that name something else are another symptom. `host` is a network "
         "place: `localhost`, `127.0.0.1` and `::1` are one",
         &shape_name},
	{AT(symptom, effect), "effect", &member_effect, OPTIONAL, "what the user meets; the gravest comes first"},
	{AT(symptom, title), "title", &member_symptom_text, NEEDED,
         "what has happened, a message with captures: `{port}`", &shape_text},
	{AT(symptom, message), "message", &member_symptom_text, NEEDED, "what it means, likewise", &shape_text},
	{AT(symptom, help), "help", &member_symptom_text, OPTIONAL, "what to do next, likewise", &shape_text},
	{AT_WHOLE, "explained_by", &member_same, OPTIONAL, "which findings in files explain it", &shape_explained_by},
	{0},
};
const struct shape shape_symptom = {STRUCT(symptom), "a symptom", "what a log says when something is wrong",
	symptom_members};
