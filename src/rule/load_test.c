/* Tests of rules: what a pack says about itself, and files of cases. */
#include "rule/load.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "rule/shapes.h"
#include "rule/test.h"

enum { MOST_FILES = 64, MOST_VERSIONS = 16 };

/* --- files --- */

static bool has_role(const struct loader *loader, struct text path) {
	bool example;
	size_t rank;
	for (size_t i = 0; i < loader->pack->roles.count; i++)
		if (role_has_file(loader->pack->roles.items[i], path, &example, &rank))
			return true;
	return false;
}

static void load_file(struct loader *loader, const struct node *name, struct map *paths, struct test_file *file) {
	if (!name->text.length)
		loader_fault(loader, name, TEXT(""), "a file needs a name");
	else if (map_put(loader->arena, paths, name->text, file) != file)
		loader_fault(loader, name, TEXT(""), "the file '%.*s' is there twice", TEXT_ARGUMENTS(name->text));
	file->path = name->text;
	load_text(loader, &name[1], &file->content);
	file->fixed = file->content;
}

static void load_files(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct rule_test *test = object;
	struct map paths = {0};
	bool any_role = false;
	if (!load_map(loader, node, member->name)) return;
	if (node->count > MOST_FILES) {
		loader_fault(loader, node, TEXT(""), "a test has at most %d files", MOST_FILES);
		return;
	}
	struct test_file *files = arena_array(loader->arena, struct test_file, node->count);
	for (size_t i = 0; i < node->count; i++) {
		load_file(loader, &node->items[2 * i], &paths, &files[i]);
		any_role = any_role || has_role(loader, files[i].path);
	}
	test->files.items = files;
	test->files.count = node->count;
	if (!any_role)
		loader_fault(loader, node, TEXT("a file's name gives its role: see `files` of the pack's roles"),
		             "none of these files has a role");
}

/* The test's file of that name; NULL with a fault. Where the files could not be read, their names are not judged. */
static struct test_file *find_file(struct loader *loader, const struct node *node, struct text path,
                                   struct rule_test *test) {
	struct test_file *files = (struct test_file *)(uintptr_t)test->files.items; /* made by load_files() */
	struct text_list names = {0};
	for (size_t i = 0; i < test->files.count; i++) {
		if (text_equal(files[i].path, path))
			return &files[i];
		*list_add(loader->arena, &names) = files[i].path;
	}
	if (names.count)
		loader_fault_within(loader, node, path, loader_suggest(loader, path, &names),
		                    "the test has no file '%.*s'", TEXT_ARGUMENTS(path));
	return NULL;
}

/* A map from names of the test's files to something about each. */
static void load_of_files(struct loader *loader, const struct node *node, const struct member *member,
                          struct rule_test *test,
                          void (*load)(struct loader *loader, const struct node *node, struct test_file *file)) {
	if (!load_map(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++) {
		struct test_file *file = find_file(loader, &node->items[2 * i], node->items[2 * i].text, test);
		if (file)
			load(loader, &node->items[2 * i + 1], file);
	}
}

static void load_fixed_file(struct loader *loader, const struct node *node, struct test_file *file) {
	load_text(loader, node, &file->fixed);
}

static void load_fixed(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	((struct rule_test *)object)->has_fixed = true;
	load_of_files(loader, node, member, object, load_fixed_file);
}

static bool read_mode(struct text text, uint32_t *mode) {
	*mode = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '7') return false;
		*mode = *mode * 8 + (uint32_t)(text.bytes[i] - '0');
	}
	return text.length >= 3 && text.length <= 4;
}

static void load_mode(struct loader *loader, const struct node *node, struct test_file *file) {
	struct text mode;
	if (load_text(loader, node, &mode) && !read_mode(mode, &file->mode))
		loader_fault(loader, node, TEXT("write it in octal, '0644'"), "'%.*s' is no file mode",
		             TEXT_ARGUMENTS(mode));
}

static void load_modes(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	load_of_files(loader, node, member, object, load_mode);
}

static void load_file_readers(struct loader *loader, const struct node *node, struct test_file *file) {
	load_reader_names(loader, node, file->readers, &file->reader_count);
}

static void load_readers(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	load_of_files(loader, node, member, object, load_file_readers);
}

/* --- what must be found --- */

static bool take_number(struct text text, uint32_t *number) {
	int64_t value;
	if (!text_to_integer(text, &value) || value < 1 || value > UINT32_MAX) return false;
	*number = (uint32_t)value;
	return true;
}

static bool split_place(struct text place, struct test_finding *finding) {
	size_t column = text_find_last_byte(place, ':');
	size_t line = column == TEXT_NOT_FOUND ? column : text_find_last_byte(text_slice(place, 0, column), ':');
	if (line == TEXT_NOT_FOUND || !line) return false;
	finding->place = place;
	finding->path = text_slice(place, 0, line);
	return take_number(text_slice(place, line + 1, column), &finding->line) &&
	       take_number(text_from(place, column + 1), &finding->column);
}

static void load_at(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct text place;
	if (load_text(loader, node, &place) && !split_place(place, object))
		loader_fault(loader, node, TEXT("write FILE:LINE:COLUMN, '.env:3:7'"), "'%.*s' is no place",
		             TEXT_ARGUMENTS(place));
}

static const struct rule *find_rule(struct loader *loader, struct text id, const struct pack **pack,
                                    struct text_list *ids) {
	for (size_t i = 0; i < loader->packs->count; i++)
		for (size_t j = 0; j < loader->packs->items[i]->rules.count; j++) {
			const struct rule *rule = &loader->packs->items[i]->rules.items[j];
			*pack = loader->packs->items[i];
			if (text_equal(rule->id, id))
				return rule;
			*list_add(loader->arena, ids) = rule->id;
		}
	return NULL;
}

/* NULL after a fault, and for what the program itself finds. */
static const struct rule *load_rule_name(struct loader *loader, const struct node *node, const struct pack **pack) {
	struct text_list ids = {0};
	struct text id, near;
	if (!load_text(loader, node, &id) || text_is(id, "arilint/unused-suppression")) return NULL;
	const struct rule *rule = find_rule(loader, id, pack, &ids);
	if (!rule)
		loader_fault(loader, node,
		             text_list_nearest(loader->arena, &ids, id, &near)
		                     ? text_format(loader->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near))
		                     : TEXT("`arilint rule` lists the rules"),
		             "there is no rule '%.*s'", TEXT_ARGUMENTS(id));
	return rule;
}

static void load_finding_rule(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	const struct pack *pack;
	if (!loader->cases) {
		loader_fault(loader, node, TEXT(""), "a test that a pack brings along runs its rule alone");
		return;
	}
	load_rule_name(loader, node, &pack);
	((struct test_finding *)object)->rule = node->text;
}

static const struct member_type member_finding_rule = {MEMORY_TEXT, load_finding_rule, "rule_name"};
static const struct member_type member_place = {MEMORY_TEXT, load_at, "place"};

static const struct member finding_members[] = {
	{AT(test_finding, place), "at", &member_place, NEEDED, "FILE:LINE:COLUMN"},
	{AT(test_finding, path), NULL, &found_text},
	{AT(test_finding, line), NULL, &found_number},
	{AT(test_finding, column), NULL, &found_number},
	{AT(test_finding, rule), "rule", &member_finding_rule, OPTIONAL,
         "PACK/RULE, where all rules are judged; left out: the rule of the test"},
	{AT(test_finding, message), "message", &member_text, OPTIONAL, "the message, in English"},
	{AT(test_finding, severity), "severity", &member_word, OPTIONAL, "the severity for the test's versions",
         .words = severity_words, .flag = offsetof(struct test_finding, has_severity)},
	{AT(test_finding, has_severity), NULL, &found_number},
	{AT(test_finding, effect), "effect", &member_effect_or_none, OPTIONAL, "the effect for the test's versions",
         .flag = offsetof(struct test_finding, has_effect)},
	{AT(test_finding, has_effect), NULL, &found_number},
	{0},
};

/* A place alone is a finding, too. */
static void load_finding(struct loader *loader, const struct node *node, void *object);

static const struct shape shape_finding = {STRUCT(test_finding), "a finding", "a finding that must come",
	finding_members, load_finding};

static void load_finding(struct loader *loader, const struct node *node, void *object) {
	if (node->kind == NODE_MAP)
		load_members(loader, node, &shape_finding, object);
	else
		load_at(loader, node, NULL, object);
}

/* As findings are sorted. */
static bool comes_before(const struct test_finding *a, const struct test_finding *b) {
	int order = text_compare(a->path, b->path);
	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	if (!order)
		order = (a->column > b->column) - (a->column < b->column);
	return order < 0;
}

static void load_report(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct rule_test *test = object;
	member_array.load(loader, node, member, object);
	for (size_t i = 0; i < test->findings.count; i++) {
		const struct test_finding *finding = &test->findings.items[i];
		const struct node *item = &node->items[i], *at = item->kind == NODE_MAP ? node_get(item, "at") : item;
		if (!finding->path.length || !finding->column || !find_file(loader, at, finding->path, test)) continue;
		if (finding->rule.length && !test->all_rules)
			loader_fault(loader, node_get(item, "rule"), TEXT("write `rules: all`"),
			             "the test runs its rule alone");
		if (i && comes_before(finding, finding - 1))
			loader_fault(loader, item, TEXT("findings are sorted by file, line and column"),
			             "this comes before the one above it");
	}
}

/* --- the rest --- */

static bool has_program(const struct loader *loader, struct text program, struct text_list *known) {
	for (size_t i = 0; i < loader->pack->targets.count; i++) {
		if (text_equal(loader->pack->targets.items[i]->program, program)) return true;
		*list_add(loader->arena, known) = loader->pack->targets.items[i]->program;
	}
	return false;
}

static bool is_version(struct text text) {
	bool digit = false;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] == '.' && !digit) return false;
		digit = text.bytes[i] >= '0' && text.bytes[i] <= '9';
		if (!digit && text.bytes[i] != '.') return false;
	}
	return digit;
}

static void load_versions(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct rule_test *test = object;
	if (!load_map(loader, node, member->name)) return;
	if (node->count > MOST_VERSIONS) {
		loader_fault(loader, node, TEXT(""), "a test has at most %d targets", MOST_VERSIONS);
		return;
	}
	struct version *versions = arena_array(loader->arena, struct version, node->count);
	for (size_t i = 0; i < node->count; i++) {
		const struct node *program = &node->items[2 * i];
		struct text_list known = {0};
		versions[i].program = program->text;
		if (!has_program(loader, program->text, &known))
			loader_fault(loader, program, loader_suggest(loader, program->text, &known),
			             "no target is about a program '%.*s'", TEXT_ARGUMENTS(program->text));
		if (load_text(loader, &program[1], &versions[i].number) && !is_version(versions[i].number))
			loader_fault(loader, &program[1], TEXT("write digits and dots, '22.10'"),
			             "'%.*s' is no version", TEXT_ARGUMENTS(versions[i].number));
	}
	test->versions.items = versions;
	test->versions.count = node->count;
}

static void load_all_rules(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	if (!loader->cases)
		loader_fault(loader, node, TEXT("put it into a file of cases"),
		             "a test that a pack brings along runs its rule alone");
	else if (node->kind != NODE_TEXT || !text_is(node->text, "all"))
		loader_fault(loader, node, TEXT("left out, the test runs its rule alone"), "this must be all");
	else
		((struct rule_test *)object)->all_rules = true;
}

#define OF_FILES(type) \
	"'type': 'object', 'propertyNames': {'minLength': 1}, 'additionalProperties': {'$ref': '#/$defs/" type "'}"

static const struct member_type member_all_rules = {MEMORY_NUMBER, load_all_rules, "'const': 'all'"};
static const struct member_type member_files = {MEMORY_ARRAY, load_files, OF_FILES("text")};
static const struct member_type member_versions = {MEMORY_ARRAY, load_versions,
                                                   "'type': 'object', 'propertyNames': {'$ref': '#/$defs/name'}, "
                                                   "'additionalProperties': {'$ref': '#/$defs/text'}"};
static const struct member_type member_modes = {MEMORY_NONE, load_modes, OF_FILES("mode")};
static const struct member_type member_readers_of_files = {MEMORY_NONE, load_readers, OF_FILES("readers")};
static const struct member_type member_report = {MEMORY_ARRAY, load_report,
	"'type': 'array', 'items': {'anyOf': [{'$ref': '#/$defs/place'}, {'$ref': '#/$defs/test_finding'}]}"};
static const struct member_type member_fixed = {MEMORY_NONE, load_fixed, OF_FILES("text")};

static const struct member file_members[] = {
	{AT(test_file, path), NULL, &found_text},
	{AT(test_file, content), NULL, &found_text},
	{AT(test_file, fixed), NULL, &found_text},
	{AT(test_file, mode), NULL, &found_number},
	{AT(test_file, readers), NULL, &found_registered, .of = &shape_reader},
	{AT(test_file, reader_count), NULL, &found_number},
	{0},
};
static const struct shape shape_file = {STRUCT(test_file), .members = file_members};
static const struct member version_members[] = {
	{AT(version, program), NULL, &found_text}, {AT(version, number), NULL, &found_text}, {0}};
static const struct shape shape_version = {STRUCT(version), .members = version_members};

/* The files come before what names them. */
static const struct member test_members[] = {
	{AT(rule_test, place), NULL, &found_struct, .of = &shape_file_place},
	{AT(rule_test, files), "files", &member_files, NEEDED, "name → content, at most 64; the name gives the role",
         &shape_file},
	{AT(rule_test, all_rules), "rules", &member_all_rules, OPTIONAL,
         "in a file of cases, all: the rules that are on by default are judged, of all packs"},
	{AT(rule_test, versions), "targets", &member_versions, OPTIONAL, "program → version, as `--target`",
         &shape_version},
	{AT(rule_test, authority), "authority", &member_role_name, OPTIONAL, "the role that is right"},
	{AT_WHOLE, "modes", &member_modes, OPTIONAL,
         "file → permissions, `'0644'`; owner and group are root, and `readable_by` goes by the bits for others"},
	{AT_WHOLE, "readers", &member_readers_of_files, OPTIONAL, "file → readers, instead of what the role says"},
	{AT(rule_test, findings), "report", &member_report, OPTIONAL,
         "where the rule finds something, in order; left out: nowhere", &shape_finding},
	{AT(rule_test, not_evaluated), "not_evaluated", &member_truth, OPTIONAL,
         "`true`: the rule must not be evaluated"},
	{AT(rule_test, unsafe), "unsafe", &member_truth, OPTIONAL, "`true`: unsafe fixes are applied, too"},
	{AT_WHOLE, "fixed", &member_fixed, OPTIONAL,
         "files as they are after the fix; the others must stay as they are, and a second fix must change nothing"},
	{AT(rule_test, has_fixed), NULL, &found_number},
	{0},
};

static void load_test(struct loader *loader, const struct node *node, void *object) {
	((struct rule_test *)object)->place = (struct file_place){node->line, node->column};
	load_members(loader, node, &shape_test, object);
}

const struct shape shape_test = {STRUCT(rule_test), "a test", "files, and what must come of them", test_members,
	load_test};

/* --- files of cases --- */

static void load_cases_rule(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct cases *cases = object;
	cases->rule = load_rule_name(loader, node, &cases->pack);
	loader->pack = cases->pack;
}

/* Their pack names roles and programs. */
static void load_cases_tests(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	if (((struct cases *)object)->rule)
		member_array.load(loader, node, member, object);
}

static const struct member_type member_cases_rule = {MEMORY_POINTER, load_cases_rule, "rule_name"};
static const struct member_type member_cases_tests = {MEMORY_ARRAY, load_cases_tests, NULL};

static const struct member cases_members[] = {
	{AT_WHOLE, "arilint", &member_format, NEEDED, "the number of the rule format: 1"},
	{AT(cases, rule), "rule", &member_cases_rule, NEEDED, "the rule that the cases are of: PACK/RULE", &shape_rule},
	{AT(cases, tests), "tests", &member_cases_tests, NEEDED, "the cases", &shape_test},
	{0},
};
const struct shape shape_cases = {STRUCT(cases), "a file of cases", "tests of one rule in a file of their own",
	cases_members};

bool cases_are(const struct node *tree) {
	return tree->kind == NODE_MAP && node_get(tree, "rule") && !node_get(tree, "pack");
}

bool cases_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                const struct pack_list *packs, struct cases *cases) {
	struct loader loader = {
		.diagnostics = diagnostics, .arena = diagnostics->arena, .source = source, .packs = packs};
	loader.cases = true;
	*cases = (struct cases){.path = source->path};
	load_shape(&loader, tree, &shape_cases, cases);
	return !loader.faults;
}
