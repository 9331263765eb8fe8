/* Tests of rules: what a pack says about itself, and files of cases. */
#include "base/text_set.h"
#include "rule/loader.h"
#include "rule/test.h"

enum { MOST_FILES = 64, MOST_VERSIONS = 16 };

/* --- files --- */

static void load_file(struct loader *loader, const struct node *name, const struct node *content,
                      struct rule_test *test)
{
	struct test_file *file = &test->files[test->file_count];
	if (!name->text.length) {
		loader_fault(loader, name, TEXT(""), "a file needs a name");
		return;
	}
	file->path = name->text;
	file->node = name;
	if (!load_text(loader, content, &file->content))
		return;
	file->fixed = file->content;
	if (map_put(loader->arena, &test->paths, file->path, file) != file)
		loader_fault(loader, name, TEXT(""), "the file '%.*s' is there twice", TEXT_ARGUMENTS(name->text));
	else
		test->file_count++;
}

static bool has_role(const struct loader *loader, struct text path)
{
	bool example;
	size_t rank;
	for (size_t i = 0; i < loader->pack->role_count; i++)
		if (role_has_file(&loader->pack->roles[i], path, &example, &rank))
			return true;
	return false;
}

static void load_test_files(struct loader *loader, const struct node *node, struct rule_test *test)
{
	bool any_role = false;
	if (!load_map(loader, node, "files"))
		return;
	if (node->count > MOST_FILES) {
		loader_fault(loader, node, TEXT(""), "a test has at most %d files", MOST_FILES);
		return;
	}
	test->files = arena_array(loader->arena, struct test_file, node->count);
	for (size_t i = 0; i < node->count; i++) {
		load_file(loader, &node->items[2 * i], &node->items[2 * i + 1], test);
		any_role = any_role || has_role(loader, node->items[2 * i].text);
	}
	if (!any_role)
		loader_fault(loader, node, TEXT("a file's name gives its role: see `files` of the pack's roles"),
		             "none of these files has a role");
}

static struct test_file *find_test_file(struct loader *loader, const struct node *node, struct text path,
                                        struct rule_test *test)
{
	struct text_list names = {0};
	struct test_file *file = map_get(&test->paths, path);
	/* Where the files could not be read, their names are not judged. */
	if (file || !test->file_count)
		return file;
	for (size_t i = 0; i < test->file_count; i++)
		*list_add(loader->arena, &names) = test->files[i].path;
	loader_fault_within(loader, node, path, loader_suggest(loader, path, &names), "the test has no file '%.*s'",
	                    TEXT_ARGUMENTS(path));
	return NULL;
}

static void load_fixed(struct loader *loader, const struct node *node, struct rule_test *test)
{
	test->has_fixed = true;
	if (!load_map(loader, node, "fixed"))
		return;
	for (size_t i = 0; i < node->count; i++) {
		struct test_file *file = find_test_file(loader, &node->items[2 * i], node->items[2 * i].text, test);
		if (file)
			load_text(loader, &node->items[2 * i + 1], &file->fixed);
	}
}

static bool read_mode(struct text text, uint32_t *mode)
{
	*mode = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '7')
			return false;
		*mode = *mode * 8 + (uint32_t)(text.bytes[i] - '0');
	}
	return text.length >= 3 && text.length <= 4;
}

static void load_modes(struct loader *loader, const struct node *node, struct rule_test *test)
{
	if (!load_map(loader, node, "modes"))
		return;
	for (size_t i = 0; i < node->count; i++) {
		struct test_file *file = find_test_file(loader, &node->items[2 * i], node->items[2 * i].text, test);
		struct text mode;
		if (load_text(loader, &node->items[2 * i + 1], &mode) && file && !read_mode(mode, &file->mode))
			loader_fault(loader, &node->items[2 * i + 1], TEXT("write it in octal, '0644'"),
			             "'%.*s' is no file mode", TEXT_ARGUMENTS(mode));
	}
}

static void load_test_readers(struct loader *loader, const struct node *node, struct rule_test *test)
{
	if (!load_map(loader, node, "readers"))
		return;
	for (size_t i = 0; i < node->count; i++) {
		struct test_file *file = find_test_file(loader, &node->items[2 * i], node->items[2 * i].text, test);
		if (file)
			load_reader_names(loader, &node->items[2 * i + 1], file->readers, &file->reader_count);
	}
}

/* --- what must be found --- */

static bool take_number(struct text text, uint32_t *number)
{
	int64_t value;
	if (!text_to_integer(text, &value) || value < 1 || value > UINT32_MAX)
		return false;
	*number = (uint32_t)value;
	return true;
}

static bool split_place(struct text place, struct test_finding *finding)
{
	size_t column = text_find_last_byte(place, ':');
	size_t line = column == TEXT_NOT_FOUND ? column : text_find_last_byte(text_slice(place, 0, column), ':');
	if (line == TEXT_NOT_FOUND || !line)
		return false;
	finding->place = place;
	finding->path = text_slice(place, 0, line);
	return take_number(text_slice(place, line + 1, column), &finding->line) &&
	       take_number(text_from(place, column + 1), &finding->column);
}

static void load_finding_at(struct loader *loader, const struct node *node, void *object)
{
	struct text place;
	if (load_text(loader, node, &place) && !split_place(place, object))
		loader_fault(loader, node, TEXT("write FILE:LINE:COLUMN, '.env:3:7'"), "'%.*s' is no place",
		             TEXT_ARGUMENTS(place));
}

static void load_finding_message(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct test_finding *)object)->message);
}

static void load_finding_severity(struct loader *loader, const struct node *node, void *object)
{
	struct test_finding *finding = object;
	finding->has_severity = true;
	load_severity(loader, node, &finding->severity);
}

static void load_finding_effect(struct loader *loader, const struct node *node, void *object)
{
	struct test_finding *finding = object;
	finding->has_effect = true;
	load_effect_or_none(loader, node, &finding->effect);
}

static const struct rule *find_rule(struct loader *loader, struct text id, struct pack **pack, struct text_list *ids)
{
	for (size_t i = 0; i < loader->packs->count; i++)
		for (size_t j = 0; j < loader->packs->items[i]->rule_count; j++) {
			const struct rule *rule = &loader->packs->items[i]->rules[j];
			*pack = loader->packs->items[i];
			if (text_equal(rule->id, id))
				return rule;
			*list_add(loader->arena, ids) = rule->id;
		}
	return NULL;
}

/* NULL after a fault, and for what the program itself finds. */
static const struct rule *load_rule_name(struct loader *loader, const struct node *node, struct pack **pack)
{
	struct text_list ids = {0};
	struct text id, near;
	if (!load_text(loader, node, &id) || text_is(id, "arilint/unused-suppression"))
		return NULL;
	const struct rule *rule = find_rule(loader, id, pack, &ids);
	if (!rule)
		loader_fault(loader, node,
		             text_list_nearest(loader->arena, &ids, id, &near)
		                     ? text_format(loader->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near))
		                     : TEXT("`arilint rule` lists the rules"),
		             "there is no rule '%.*s'", TEXT_ARGUMENTS(id));
	return rule;
}

static void load_finding_rule(struct loader *loader, const struct node *node, void *object)
{
	struct pack *pack;
	struct test_finding *finding = object;
	if (!loader->packs) {
		loader_fault(loader, node, TEXT(""), "a test that a pack brings along runs its rule alone");
		return;
	}
	load_rule_name(loader, node, &pack);
	finding->rule = node->text;
}

static const struct member finding_members[] = {
	{"at", true, load_finding_at},
	{"rule", false, load_finding_rule},
	{"message", false, load_finding_message},
	{"severity", false, load_finding_severity},
	{"effect", false, load_finding_effect},
	{NULL, false, NULL},
};

/* As findings are sorted. */
static bool comes_before(const struct test_finding *a, const struct test_finding *b)
{
	int order = text_compare(a->path, b->path);
	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	if (!order)
		order = (a->column > b->column) - (a->column < b->column);
	return order < 0;
}

static void load_report(struct loader *loader, const struct node *node, struct rule_test *test)
{
	if (!load_list(loader, node, "report"))
		return;
	test->findings = arena_array(loader->arena, struct test_finding, node->count);
	for (size_t i = 0; i < node->count; i++) {
		struct test_finding *finding = &test->findings[test->finding_count++];
		const struct node *item = &node->items[i], *at = item->kind == NODE_MAP ? node_get(item, "at") : item;
		if (item->kind == NODE_MAP)
			load_members(loader, item, finding_members, "a finding", finding);
		else
			load_finding_at(loader, item, finding);
		if (!finding->path.length || !finding->column || !find_test_file(loader, at, finding->path, test))
			continue;
		if (finding->rule.length && !test->packs)
			loader_fault(loader, node_get(item, "rule"), TEXT("write `rules: all`"), "the test runs its rule alone");
		if (i && comes_before(finding, finding - 1))
			loader_fault(loader, item, TEXT("findings are sorted by file, line and column"),
			             "this comes before the one above it");
	}
}

/* --- the rest --- */

static bool has_program(const struct loader *loader, struct text program, struct text_list *known)
{
	for (size_t i = 0; i < loader->pack->target_count; i++) {
		if (text_equal(loader->pack->targets[i].program, program))
			return true;
		*list_add(loader->arena, known) = loader->pack->targets[i].program;
	}
	return false;
}

static bool is_version(struct text text)
{
	bool digit = false;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] == '.' && !digit)
			return false;
		digit = text.bytes[i] >= '0' && text.bytes[i] <= '9';
		if (!digit && text.bytes[i] != '.')
			return false;
	}
	return digit;
}

static void load_test_versions(struct loader *loader, const struct node *node, struct rule_test *test)
{
	if (!load_map(loader, node, "targets"))
		return;
	if (node->count > MOST_VERSIONS) {
		loader_fault(loader, node, TEXT(""), "a test has at most %d targets", MOST_VERSIONS);
		return;
	}
	test->versions = arena_array(loader->arena, struct version, node->count);
	for (size_t i = 0; i < node->count; i++) {
		const struct node *program = &node->items[2 * i];
		struct version *version = &test->versions[test->version_count++];
		struct text_list known = {0};
		version->program = program->text;
		if (!has_program(loader, program->text, &known))
			loader_fault(loader, program, loader_suggest(loader, program->text, &known),
			             "no target is about a program '%.*s'", TEXT_ARGUMENTS(program->text));
		if (load_text(loader, &node->items[2 * i + 1], &version->number) && !is_version(version->number))
			loader_fault(loader, &node->items[2 * i + 1], TEXT("write digits and dots, '22.10'"),
			             "'%.*s' is no version", TEXT_ARGUMENTS(version->number));
	}
}

static void load_test_authority(struct loader *loader, const struct node *node, void *object)
{
	const struct role *role = load_role_name(loader, node);
	if (role)
		((struct rule_test *)object)->authority = role->name;
}

static void load_not_evaluated(struct loader *loader, const struct node *node, void *object)
{
	load_truth(loader, node, &((struct rule_test *)object)->not_evaluated);
}

static void load_unsafe(struct loader *loader, const struct node *node, void *object)
{
	load_truth(loader, node, &((struct rule_test *)object)->unsafe);
}

static void load_test_rules(struct loader *loader, const struct node *node, void *object)
{
	if (!loader->packs)
		loader_fault(loader, node, TEXT("put it into a file of cases"), "a test that a pack brings along runs its rule alone");
	else if (node->kind != NODE_TEXT || !text_is(node->text, "all"))
		loader_fault(loader, node, TEXT("left out, the test runs its rule alone"), "this must be all");
	else
		((struct rule_test *)object)->packs = loader->packs;
}

/* Those without a function name files, so they are read when the files are known. */
static const struct member test_members[] = {
	{"files", true, NULL},
	{"rules", false, load_test_rules},
	{"targets", false, NULL},
	{"authority", false, load_test_authority},
	{"modes", false, NULL},
	{"readers", false, NULL},
	{"report", false, NULL},
	{"not_evaluated", false, load_not_evaluated},
	{"unsafe", false, load_unsafe},
	{"fixed", false, NULL},
	{NULL, false, NULL},
};

static void load_test(struct loader *loader, const struct node *node, struct rule_test *test)
{
	static const struct {
		const char *name;
		void (*load)(struct loader *, const struct node *, struct rule_test *);
	} later[] = {{"files", load_test_files}, {"targets", load_test_versions}, {"modes", load_modes},
	             {"report", load_report},    {"fixed", load_fixed},          {"readers", load_test_readers}};
	test->node = node;
	load_members(loader, node, test_members, "a test", test);
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
		const struct node *value = node_get(node, later[i].name);
		if (value)
			later[i].load(loader, value, test);
	}
}

static const struct rule_test *load_test_list(struct loader *loader, const struct node *node, size_t *count)
{
	if (!load_list(loader, node, "tests"))
		return NULL;
	struct rule_test *tests = arena_array(loader->arena, struct rule_test, node->count);
	for (size_t i = 0; i < node->count; i++)
		load_test(loader, &node->items[i], &tests[i]);
	*count = node->count;
	return tests;
}

void load_tests(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	rule->tests = load_test_list(loader, node, &rule->test_count);
}

/* --- files of cases --- */

static void load_cases_rule(struct loader *loader, const struct node *node, void *object)
{
	struct cases *cases = object;
	cases->rule = load_rule_name(loader, node, &loader->pack);
	cases->pack = loader->pack;
}

/* `tests` are read when their rule is known: its pack names roles and programs. */
static const struct member cases_members[] = {
	{"arilint", true, load_format}, {"rule", true, load_cases_rule}, {"tests", true, NULL}, {NULL, false, NULL}};

bool cases_are(const struct node *tree)
{
	return tree->kind == NODE_MAP && node_get(tree, "rule") && !node_get(tree, "pack");
}

bool cases_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                const struct pack_list *packs, struct cases *cases)
{
	struct loader loader = {.diagnostics = diagnostics, .arena = diagnostics->arena, .packs = packs};
	const struct node *tests = node_get(tree, "tests");
	loader.source = source;
	loader.language = TEXT("en");
	*cases = (struct cases){.source = source};
	load_members(&loader, tree, cases_members, "a file of cases", cases);
	if (cases->rule && tests)
		cases->tests = load_test_list(&loader, tests, &cases->test_count);
	return !loader.faults;
}
