/* Build step: rule packs in YAML in, C tables out, so that an everyday run parses no YAML. A pack with a fault fails the
 * build. The examples of handlers go along as they are. usage: pack-embed PACK.yaml ... -- EXAMPLE.yaml ... >
 * embedded_packs.c */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "report/report.h"
#include "rule/load.h"

struct queue LIST_OF(const struct node *);

static void print_text(struct text text)
{
	fputs("{\"", stdout);
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.bytes[i];
		if (byte >= 32 && byte < 127 && byte != '"' && byte != '\\' && byte != '?')
			putchar(byte);
		else
			printf("\\%03o", byte);
	}
	printf("\", %zu}", text.length);
}

static struct node without_member(struct arena *arena, const struct node *map, const char *name)
{
	struct node copy = *map;
	struct node *items = arena_array(arena, struct node, map->count * 2);
	copy.items = items;
	copy.count = 0;
	for (size_t i = 0; i < map->count; i++) {
		if (text_is(map->items[2 * i].text, name))
			continue;
		items[2 * copy.count] = map->items[2 * i];
		items[2 * copy.count++ + 1] = map->items[2 * i + 1];
	}
	return copy;
}

static struct node without_tests(struct arena *arena, const struct node *pack)
{
	struct node copy = *pack;
	struct node *items = arena_array(arena, struct node, pack->count * 2);
	copy.items = items;
	for (size_t i = 0; i < pack->count * 2; i++) {
		items[i] = pack->items[i];
		if (i % 2 == 0 || !text_is(items[i - 1].text, "rules"))
			continue;
		struct node *rules = arena_array(arena, struct node, items[i].count);
		for (size_t j = 0; j < items[i].count; j++)
			rules[j] = without_member(arena, &items[i].items[j], "tests");
		items[i].items = rules;
	}
	return copy;
}

/* Breadth first, so that the items of each node stand side by side behind it. */
static void print_tree(struct arena *arena, size_t number, const struct node *tree)
{
	struct queue queue = {0};
	*list_add(arena, &queue) = tree;
	printf("static const struct node tree_%zu[] = {\n", number);
	for (size_t i = 0; i < queue.count; i++) {
		const struct node *node = queue.items[i];
		size_t items = node->kind == NODE_MAP ? node->count * 2 : node->kind == NODE_LIST ? node->count : 0;
		printf("\t{%d, %u, %u, %u, %u, ", (int)node->kind, node->line, node->column, node->end_line, node->end_column);
		print_text(node->text);
		if (items)
			printf(", tree_%zu + %zu, %zu},\n", number, queue.count, node->count);
		else
			printf(", NULL, %zu},\n", node->count);
		for (size_t j = 0; j < items; j++)
			*list_add(arena, &queue) = &node->items[j];
	}
	puts("};\n");
}

/* As numbers: C need not take a string of this length. */
static void print_yaml(const char *name, size_t number, struct text yaml)
{
	printf("static const unsigned char %s_%zu[] = {", name, number);
	for (size_t i = 0; i < yaml.length; i++)
		printf("%s%u,", i % 32 ? "" : "\n\t", (unsigned)(unsigned char)yaml.bytes[i]);
	puts("\n};\n");
}

static void print_faults(struct arena *arena, struct diagnostics *diagnostics)
{
	struct buffer out = {.arena = arena};
	struct report_input input = {.arena = arena, .diagnostics = diagnostics, .version = ""};
	diagnostics_sort(diagnostics);
	report_find(TEXT("concise"))->write(&input, &out);
	file_write_all(2, buffer_text(&out));
}

static void print_table(const char *yaml, int number, const char *path)
{
	const char *slash = strrchr(path, '/');
	printf("\t{\"%s\", ", slash ? slash + 1 : path);
	if (!strcmp(yaml, "yaml"))
		printf("tree_%d, ", number);
	printf("{(const char *)%s_%d, sizeof(%s_%d)}},\n", yaml, number, yaml, number);
}

static void print_examples(struct arena *arena, int count, char **paths)
{
	for (int i = 0; i < count; i++) {
		struct text fault;
		print_yaml("example", (size_t)i, source_read(arena, text_of(paths[i]), &fault)->bytes);
	}
	puts("const struct example examples[] = {");
	for (int i = 0; i < count; i++)
		print_table("example", i, paths[i]);
	puts("\t{NULL, {NULL, 0}},\n};");
}

int main(int count, char **arguments)
{
	struct arena arena = {0};
	struct diagnostics diagnostics = {.arena = &arena};
	int packs = 1;
	while (packs < count && strcmp(arguments[packs], "--") != 0)
		packs++;
	puts("/* Made of rules/ by the build: do not edit. */\n#include \"handler/examples.h\"\n#include \"rule/embedded.h\"\n");
	for (int i = 1; i < packs; i++) {
		struct text fault;
		struct source *source = source_read(&arena, text_of(arguments[i]), &fault);
		const struct node *tree = fault.length ? NULL : node_read(&diagnostics, source);
		if (fault.length)
			fprintf(stderr, "%s %.*s\n", arguments[i], TEXT_ARGUMENTS(fault));
		if (!tree || !pack_load(&diagnostics, source, tree, TEXT("en"))) {
			print_faults(&arena, &diagnostics);
			return 1;
		}
		struct node bare = without_tests(&arena, tree);
		print_tree(&arena, (size_t)i, &bare);
		print_yaml("yaml", (size_t)i, source->bytes);
	}
	puts("const struct embedded_pack embedded_packs[] = {");
	for (int i = 1; i < packs; i++)
		print_table("yaml", i, arguments[i]);
	puts("\t{NULL, NULL, {NULL, 0}},\n};");
	if (packs < count)
		print_examples(&arena, count - packs - 1, arguments + packs + 1);
	arena_release(&arena);
	return 0;
}
