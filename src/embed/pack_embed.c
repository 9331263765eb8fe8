/* Build step, so that a run parses no YAML and makes nothing ready. A pack with
 * a fault fails the build. The examples of handlers go along as they are. A pack may share what those before it have.
 * usage: pack-embed PACK.yaml ... -- EXAMPLE.yaml ... > packs.c
 * In: the packs in rules/. Out: C constants. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "embed/constant.h"
#include "report/report.h"
#include "rule/load.h"
#include "rule/shapes.h"

/* As numbers: C need not take a string of this length. */
static void print_example(size_t number, struct text yaml) {
	printf("static const unsigned char example_%zu[] = {", number);
	for (size_t i = 0; i < yaml.length; i++)
		printf("%s%u,", i % 32 ? "" : "\n\t", (unsigned)(unsigned char)yaml.bytes[i]);
	puts("\n};\n");
}

static void print_faults(struct arena *arena, struct diagnostics *diagnostics) {
	struct buffer out = {.arena = arena};
	struct report_input input = {.arena = arena, .diagnostics = diagnostics, .version = ""};
	diagnostics_sort(diagnostics);
	report_find(TEXT("concise"))->write(&input, &out);
	file_write_all(2, buffer_text(&out));
}

static const char *name_of(const char *path) {
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static void print_examples(struct arena *arena, int count, char **paths) {
	for (int i = 0; i < count; i++) {
		struct text fault;
		print_example((size_t)i, source_read(arena, text_of(paths[i]), &fault)->bytes);
	}
	puts("const struct example examples[] = {");
	for (int i = 0; i < count; i++)
		printf("\t{\"%s\", {(const char *)example_%d, sizeof(example_%d)}},\n", name_of(paths[i]), i, i);
	puts("\t{NULL, {NULL, 0}},\n};");
}

/* The pack as it will be compiled in; NULL when it has faults. */
static const struct pack *read_pack(struct diagnostics *diagnostics, const char *path, struct pack_list *packs) {
	struct pack *built_in = arena_new(diagnostics->arena, struct pack);
	const struct pack *pack = pack_read(diagnostics, text_of(path), packs);
	if (!pack) return NULL;
	*built_in = *pack;
	built_in->path = text_of(name_of(path));
	built_in->built_in = true;
	*list_add(diagnostics->arena, packs) = built_in;
	return built_in;
}

static void print_packs(struct constants *constants, const struct pack_list *packs) {
	struct buffer list = {.arena = constants->arena};
	for (size_t i = 0; i < packs->count; i++) {
		buffer_add(&list, constant_add(constants, &shape_pack, packs->items[i]));
		buffer_add_string(&list, ", ");
	}
	file_write_all(1, buffer_text(&constants->out));
	printf("\nconst struct pack *const built_in_packs[] = {%.*sNULL};\n\n", TEXT_ARGUMENTS(buffer_text(&list)));
}

int main(int count, char **arguments) {
	struct arena arena = {0};
	struct diagnostics diagnostics = {.arena = &arena};
	struct constants constants = {.arena = &arena, .out = {.arena = &arena}};
	struct pack_list packs = {0};
	int next = 1;
	for (; next < count && strcmp(arguments[next], "--") != 0; next++)
		if (!read_pack(&diagnostics, arguments[next], &packs)) {
			print_faults(&arena, &diagnostics);
			return 1;
		}
	puts("/* Made of rules/ by the build: do not edit. */\n"
	     "#pragma GCC diagnostic ignored \"-Wcast-qual\"\n"
	     "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	     "#pragma GCC diagnostic ignored \"-Wmissing-braces\"\n"
	     "#include \"handler/examples.h\"\n#include \"rule/load.h\"\n#include \"rule/symptom.h\"\n#include "
	     "\"rule/test.h\"\n"
	     "#include \"rule/verification.h\"\n");
	fflush(stdout);
	print_packs(&constants, &packs);
	print_examples(&arena, next < count ? count - next - 1 : 0, arguments + next + 1);
	arena_release(&arena);
	return 0;
}
