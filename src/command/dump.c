#include <errno.h>
#include <string.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/map.h"
#include "command/command.h"
#include "command/explain.h"
#include "command/output.h"
#include "command/tell.h"
#include "json/write.h"
#include "reader/deployment.h"
#include "reader/reader.h"

static void write_value(struct json *json, struct text value) {
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

/* `ADDRESS:MACHINE:CONTAINER/PROTOCOL`, an address or a port that is not known left out. */
static struct text port_text(struct arena *arena, const struct publication *port) {
	struct buffer text = {.arena = arena};
	buffer_add(&text, port->address);
	buffer_add_byte(&text, ':');
	if (port->machine)
		buffer_format(&text, "%u", port->machine);
	buffer_format(&text, port->first == port->last ? ":%u" : ":%u-%u", port->first, port->last);
	buffer_add_byte(&text, '/');
	buffer_add(&text, port->protocol);
	return buffer_text(&text);
}

static void write_deployment(const struct shown *shown, struct json *json, const struct deployment *deployment) {
	if (!deployment || !deployment->publications.count) return;
	json_list(json, "ports");
	for (size_t i = 0; i < deployment->publications.count; i++)
		json_text(json, NULL, shown_words(shown, port_text(shown->arena, &deployment->publications.items[i])));
	json_end(json);
}

static void write_section(const struct shown *shown, struct json *json, const struct section *section) {
	json_object(json, NULL);
	json_key(json, TEXT("name"));
	write_value(json, shown_words(shown, section->name));
	json_truth(json, "template", section->template);
	json_list(json, "vars");
	for (size_t i = 0; i < section->variables.count; i++) {
		json_list(json, NULL);
		write_value(json, shown_words(shown, section->variables.items[i].name));
		write_value(json, shown_value(shown, &section->variables.items[i]));
		json_end(json);
	}
	json_end(json);
	write_deployment(shown, json, section->deployment);
	json_end(json);
}

static void write_sections(const struct shown *shown, struct json *json, const struct view *view) {
	json_rows(json, "sections", 2);
	for (size_t i = 0; i < view->sections.count; i++)
		write_section(shown, json, view->sections.items[i]);
	json_end(json);
}

/* One value a name: the last one, where the name first stood. */
static void write_variables(const struct shown *shown, struct json *json, const struct view *view) {
	struct map last = {0};
	json_object(json, "vars");
	for (size_t i = 0; i < view->sections.count; i++) {
		struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = variables->count; j-- > 0;)
			map_put(shown->arena, &last, variables->items[j].name, &variables->items[j]);
		struct map seen = {0};
		for (size_t j = 0; j < variables->count; j++) {
			const struct variable *variable = &variables->items[j];
			if (map_put(shown->arena, &seen, variable->name, &variables->items[j]) != variable) continue;
			variable = map_get(&last, variable->name);
			json_key(json, shown_words(shown, variable->name));
			if (variable->absent)
				json_null(json, NULL);
			else
				write_value(json, shown_value(shown, variable));
		}
	}
	json_end(json);
}

static void write_view(const struct shown *shown, struct buffer *out, const struct reader *reader, const struct view *view) {
	struct json json = {.out = out};
	json_object(&json, NULL);
	json_truth(&json, "ok", view->ok);
	if (!view->ok)
		json_text(&json, "error", shown_words(shown, view->error));
	else if (reader->has_sections)
		write_sections(shown, &json, view);
	else
		write_variables(shown, &json, view);
	json_end(&json);
	buffer_add_byte(out, '\n');
}

static void write_tokens(struct buffer *out, const struct token_list *tokens) {
	for (size_t i = 0; i < tokens->count; i++)
		buffer_format(out, "%s %u %u\n", token_kind_name(tokens->items[i].kind), tokens->items[i].span.start,
		              tokens->items[i].span.end);
}

static void write_readers(struct buffer *out) {
	for (size_t i = 0; readers[i]; i++)
		buffer_format(out, "%s\t%s\n", readers[i]->name, readers[i]->summary);
}

static int finish(const struct buffer *out) {
	return output_print(buffer_text(out)) ? EXIT_CLEAN : EXIT_UNTOLD;
}

/* The process's own variables, as the programs behind the .env readers see them. */
static struct text_list environment_of(struct arena *arena) {
	struct text_list list = {NULL, 0, 0};
	for (char **entry = environ; *entry; entry++)
		*list_add(arena, &list) = text_of(*entry);
	return list;
}

static int dump_file(const struct call *call, const struct reader *reader, struct text path) {
	struct arena *arena = call->arena;
	struct buffer out = {.arena = arena};
	struct text fault = TEXT("");
	struct source *source = text_is(path, "-") ? source_read_standard_input(arena, &fault)
	                                                    : source_read(arena, path, &fault);
	if (fault.length) {
		tell_error(arena, "", text_format(arena, "%.*s: %.*s", TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(fault)));
		return EXIT_UNREAD;
	}
	struct reading reading = {.arena = arena, .source = source, .root = call->options.root,
	                          .tokens = call->options.tokens ? TOKENS_ALL : TOKENS_NONE};
	if (!reader->has_sections)
		reading.environment = environment_of(arena);
	reading.has_environment = true;
	struct view *view = reader_read(reader, &reading);
	struct shown shown = shown_make(arena, path, view);
	if (call->options.tokens)
		write_tokens(&out, view->tokens.items[0]);
	else if (call->options.explain.length)
		explain_write(&shown, view, call->options.explain, &out);
	else
		write_view(&shown, &out, reader, view);
	return finish(&out);
}

static int run(struct call *call) {
	struct buffer out = {.arena = call->arena};
	const struct options *options = &call->options;
	const struct reader *reader = reader_find(options->reader);
	struct text fault = TEXT("");
	if (!options_show_secrets(options, &fault))
		return call_fail(call, fault, EXIT_USAGE);
	if (options->readers) {
		write_readers(&out);
		return finish(&out);
	}
	if (!reader && options->reader.length)
		fault = text_format(call->arena, "there is no reader %.*s; see arilint dump --readers", TEXT_ARGUMENTS(options->reader));
	else if (!reader)
		fault = TEXT("which reader? name one with --reader; see arilint dump --readers");
	else if (!options->paths.count)
		fault = TEXT("which file? name one; see arilint dump --help");
	return fault.length ? call_fail(call, fault, EXIT_USAGE) : dump_file(call, reader, options->paths.items[0]);
}

const struct verb verb_dump = {
	.name = "dump", .flag = VERB_DUMP, .only_reads = true, .most_words = 1, .run = run,
	.usage = "arilint dump --reader NAME [--root DIR] [--tokens | --explain KEY] FILE\n"
	         "       arilint dump --readers",
	.summary = "Prints as JSON what the program behind a reader sees in FILE ('-': standard input).\n"
	           "Values are masked where they may be secrets; of a file whose name says nothing, all are.",
	.examples = "  arilint dump --show-secrets --reader asterisk --root /etc/asterisk /etc/asterisk/ari.conf\n"
	            "  arilint dump --reader dotenv --explain ARI_PASSWORD .env",
	.statuses = "Exit status: 0, also when the program refuses the file; 2 wrong usage; 3 FILE can't be read.",
};
