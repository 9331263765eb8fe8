#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/map.h"
#include "command/command.h"
#include "command/explain.h"
#include "json/write.h"
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

static void write_value(struct json *json, struct text value)
{
	struct buffer encoded = {.arena = json->out->arena};
	if (text_is_utf8(value)) {
		json_text(json, NULL, value);
		return;
	}
	buffer_add_base64(&encoded, value);
	json_object(json, NULL);
	json_text(json, "b64", buffer_text(&encoded));
	json_end(json);
}

static void write_section(struct json *json, const struct section *section)
{
	json_object(json, NULL);
	json_key(json, TEXT("name"));
	write_value(json, section->name);
	json_truth(json, "template", section->template);
	json_list(json, "vars");
	for (size_t i = 0; i < section->variables.count; i++) {
		json_list(json, NULL);
		write_value(json, section->variables.items[i].name);
		write_value(json, section->variables.items[i].value);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void write_sections(struct json *json, const struct view *view)
{
	json_rows(json, "sections", 2);
	for (size_t i = 0; i < view->sections.count; i++)
		write_section(json, view->sections.items[i]);
	json_end(json);
}

/* One value a name: the last one, where the name first stood. */
static void write_variables(struct arena *arena, struct json *json, const struct view *view)
{
	struct map last = {0};
	json_object(json, "vars");
	for (size_t i = 0; i < view->sections.count; i++) {
		struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = variables->count; j-- > 0;)
			map_put(arena, &last, variables->items[j].name, &variables->items[j]);
		struct map seen = {0};
		for (size_t j = 0; j < variables->count; j++) {
			const struct variable *variable = &variables->items[j];
			if (map_put(arena, &seen, variable->name, &variables->items[j]) != variable)
				continue;
			variable = map_get(&last, variable->name);
			json_key(json, variable->name);
			if (variable->absent)
				json_null(json, NULL);
			else
				write_value(json, variable->value);
		}
	}
	json_end(json);
}

static void write_view(struct request *request, struct buffer *out, const struct view *view)
{
	struct json json = {.out = out};
	json_object(&json, NULL);
	json_truth(&json, "ok", view->ok);
	if (!view->ok)
		json_text(&json, "error", view->error);
	else if (request->reader->has_sections)
		write_sections(&json, view);
	else
		write_variables(request->arena, &json, view);
	json_end(&json);
	buffer_add_byte(out, '\n');
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
