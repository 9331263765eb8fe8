#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/map.h"
#include "command/command.h"
#include "command/explain.h"
#include "reader/reader.h"

static const char usage[] =
	"Usage: arilint dump --reader NAME [--root DIR] [--tokens | --explain KEY] FILE\n"
	"       arilint dump --readers\n"
	"\n"
	"Prints as JSON what the program behind a reader sees in FILE ('-': standard input).\n"
	"Values are NOT masked: this is a view of your own file, passwords included.\n"
	"\n"
	"  --reader NAME   whose reading; see --readers\n"
	"  --root DIR      the folder that includes are relative to (default: the file's own)\n"
	"  --tokens        print kind, start and end of each token of FILE instead\n"
	"  --explain KEY   print where each value of KEY, or SECTION.KEY, comes from instead\n"
	"  --readers       list the readers\n"
	"\n"
	"Exit status: 0, also when the program refuses the file; 2 wrong usage; 3 FILE can't be read.\n";

struct request {
	struct arena *arena;
	const struct reader *reader;
	struct text reader_name, root, file, key;
	bool tokens, list, help;
};

static void write_value(struct buffer *out, struct text value)
{
	if (text_is_utf8(value)) {
		buffer_add_json(out, value);
		return;
	}
	buffer_add_string(out, "{\"b64\": \"");
	buffer_add_base64(out, value);
	buffer_add_string(out, "\"}");
}

static void write_section(struct buffer *out, const struct section *section)
{
	buffer_add_string(out, "\n  {\"name\": ");
	write_value(out, section->name);
	buffer_format(out, ", \"template\": %s, \"vars\": [", section->template ? "true" : "false");
	for (size_t i = 0; i < section->variables.count; i++) {
		buffer_add_string(out, i ? ", [" : "[");
		write_value(out, section->variables.items[i].name);
		buffer_add_string(out, ", ");
		write_value(out, section->variables.items[i].value);
		buffer_add_byte(out, ']');
	}
	buffer_add_string(out, "]}");
}

static void write_sections(struct buffer *out, const struct view *view)
{
	buffer_add_string(out, "\"sections\": [");
	for (size_t i = 0; i < view->sections.count; i++) {
		if (i)
			buffer_add_byte(out, ',');
		write_section(out, view->sections.items[i]);
	}
	buffer_add_byte(out, ']');
}

static void write_variable(struct buffer *out, const struct variable *variable)
{
	buffer_add_json(out, variable->name);
	buffer_add_string(out, ": ");
	if (variable->absent)
		buffer_add_string(out, "null");
	else
		write_value(out, variable->value);
}

/* One value a name: the last one, where the name first stood. */
static void write_variables(struct arena *arena, struct buffer *out, const struct view *view)
{
	struct map last = {0};
	size_t written = 0;
	buffer_add_string(out, "\"vars\": {");
	for (size_t i = 0; i < view->sections.count; i++) {
		struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = variables->count; j-- > 0;)
			map_put(arena, &last, variables->items[j].name, &variables->items[j]);
		struct map seen = {0};
		for (size_t j = 0; j < variables->count; j++) {
			struct variable *variable = &variables->items[j];
			if (map_put(arena, &seen, variable->name, variable) != variable)
				continue;
			if (written++)
				buffer_add_string(out, ", ");
			write_variable(out, map_get(&last, variable->name));
		}
	}
	buffer_add_byte(out, '}');
}

static void write_view(struct request *request, struct buffer *out, const struct view *view)
{
	if (!view->ok) {
		buffer_add_string(out, "{\"ok\": false, \"error\": ");
		buffer_add_json(out, view->error);
	} else {
		buffer_add_string(out, "{\"ok\": true, ");
		if (request->reader->has_sections)
			write_sections(out, view);
		else
			write_variables(request->arena, out, view);
	}
	buffer_add_string(out, "}\n");
}

static void write_tokens(struct request *request, struct buffer *out, struct text bytes)
{
	struct token_list tokens = {NULL, 0, 0};
	request->reader->lex(request->arena, bytes, &tokens);
	for (size_t i = 0; i < tokens.count; i++)
		buffer_format(out, "%s %u %u\n", token_kind_name(tokens.items[i].kind), tokens.items[i].span.start,
		              tokens.items[i].span.end);
}

static void write_readers(struct buffer *out)
{
	for (size_t i = 0; readers[i]; i++)
		buffer_format(out, "%s\t%s\n", readers[i]->name, readers[i]->summary);
}

static int finish(const struct buffer *out)
{
	if (file_write_all(STDOUT_FILENO, buffer_text(out)))
		return EXIT_CLEAN;
	perror("arilint: error: standard output");
	return EXIT_UNREAD;
}

/* The process's own variables, as the programs behind the .env readers see them. */
static struct text_list environment_of(struct arena *arena)
{
	struct text_list list = {NULL, 0, 0};
	for (char **entry = environ; *entry; entry++)
		*list_add(arena, &list) = text_of(*entry);
	return list;
}

static int dump_file(struct request *request)
{
	struct arena *arena = request->arena;
	struct buffer out = {.arena = arena};
	struct text fault = TEXT("");
	struct source *source = text_is(request->file, "-") ? source_read_standard_input(arena, &fault)
	                                                    : source_read(arena, request->file, &fault);
	if (fault.length) {
		fprintf(stderr, "arilint: error: %.*s: %.*s\n", TEXT_ARGUMENTS(request->file), TEXT_ARGUMENTS(fault));
		return EXIT_UNREAD;
	}
	if (request->tokens) {
		write_tokens(request, &out, source->bytes);
		return finish(&out);
	}
	struct reading reading = {.arena = arena, .source = source, .root = request->root};
	if (!request->reader->has_sections)
		reading.environment = environment_of(arena);
	struct view *view = reader_read(request->reader, &reading);
	if (request->key.length)
		explain_write(arena, view, request->key, &out);
	else
		write_view(request, &out, view);
	return finish(&out);
}

static int complain(const char *what, struct text name, const char *hint)
{
	fprintf(stderr, "arilint: error: dump: %s%.*s%s\n", what, TEXT_ARGUMENTS(name), hint);
	return EXIT_USAGE;
}

/* Where the value of an option goes: "--name=value", or the next argument. NULL when it is none that takes a value. */
static struct text *find_option(struct request *request, struct text name)
{
	const struct {
		const char *name;
		struct text *value;
	} options[] = {
		{"--reader", &request->reader_name},
		{"--root", &request->root},
		{"--explain", &request->key},
	};
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (text_is(name, options[i].name))
			return options[i].value;
	return NULL;
}

static bool take_flag(struct request *request, struct text argument)
{
	if (text_is(argument, "--tokens"))
		request->tokens = true;
	else if (text_is(argument, "--readers"))
		request->list = true;
	else if (text_is(argument, "--help") || text_is(argument, "-h"))
		request->help = true;
	else
		return false;
	return true;
}

static int take_argument(struct request *request, size_t count, char **arguments, size_t *at)
{
	struct text argument = text_of(arguments[*at]), rest = argument, name = text_cut(&rest, '=');
	struct text *value = find_option(request, name);
	if (value && name.length < argument.length)
		*value = rest;
	else if (value && *at + 1 < count)
		*value = text_of(arguments[++*at]);
	else if (value)
		return complain("a value is missing behind ", argument, "; see arilint dump --help");
	else if (take_flag(request, argument))
		return EXIT_CLEAN;
	else if (argument.length > 1 && argument.bytes[0] == '-')
		return complain("there is no option ", argument, "; see arilint dump --help");
	else if (request->file.length)
		return complain("one file at a time; also given: ", argument, "");
	else
		request->file = argument;
	return EXIT_CLEAN;
}

int command_dump(struct arena *arena, size_t argument_count, char **arguments)
{
	struct request request = {.arena = arena};
	struct buffer out = {.arena = arena};
	for (size_t at = 0; at < argument_count; at++) {
		int status = take_argument(&request, argument_count, arguments, &at);
		if (status)
			return status;
	}
	if (request.help)
		buffer_add_string(&out, usage);
	else if (request.list)
		write_readers(&out);
	if (out.length)
		return finish(&out);
	request.reader = reader_find(request.reader_name);
	if (!request.reader && request.reader_name.length)
		return complain("there is no reader ", request.reader_name, "; see arilint dump --readers");
	if (!request.reader)
		return complain("which reader? name one with --reader", TEXT(""), "; see arilint dump --readers");
	if (!request.file.length)
		return complain("which file? name one", TEXT(""), "; see arilint dump --help");
	return dump_file(&request);
}
