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

/* What is printed piece by piece: a file that holds much is never written out as a whole in memory. */
struct dump {
	const struct shown *shown;
	struct arena *words;      /* the arena of `shown`: what is made of one of the file's words */
	struct arena piece;
	struct buffer out;        /* what is not printed yet, in the piece */
	struct json json;
	bool printed;             /* what was to be printed so far */
};

enum { LARGEST_PIECE = 65536 };

static void print_piece(struct dump *dump) {
	dump->printed = dump->printed && output_print(buffer_text(&dump->out));
	arena_rewind(&dump->piece, (struct arena_mark){0});
	dump->out = (struct buffer){.arena = &dump->piece};
}

/* Between two words of the file. */
static void go_on(struct dump *dump) {
	arena_rewind(dump->words, (struct arena_mark){0});
	if (dump->out.length >= LARGEST_PIECE)
		print_piece(dump);
}

static void write_text(struct json *json, struct text value) {
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

static void write_words(struct dump *dump, struct text words) {
	write_text(&dump->json, shown_words(dump->shown, words));
	go_on(dump);
}

static void write_value(struct dump *dump, const struct variable *variable) {
	write_text(&dump->json, shown_value(dump->shown, variable));
	go_on(dump);
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

static void write_deployment(struct dump *dump, const struct deployment *deployment) {
	if (!deployment || !deployment->publications.count) return;
	json_list(&dump->json, "ports");
	for (size_t i = 0; i < deployment->publications.count; i++) {
		struct text port = port_text(dump->words, &deployment->publications.items[i]);
		json_text(&dump->json, NULL, shown_words(dump->shown, port));
		go_on(dump);
	}
	json_end(&dump->json);
}

static void write_section(struct dump *dump, const struct section *section) {
	struct json *json = &dump->json;
	json_object(json, NULL);
	json_key(json, TEXT("name"));
	write_words(dump, section->name);
	json_truth(json, "template", section->template);
	json_list(json, "vars");
	for (size_t i = 0; i < section->variables.count && dump->printed; i++) {
		json_list(json, NULL);
		write_words(dump, section->variables.items[i].name);
		write_value(dump, &section->variables.items[i]);
		json_end(json);
	}
	json_end(json);
	write_deployment(dump, section->deployment);
	json_end(json);
}

static void write_sections(struct dump *dump, const struct view *view) {
	json_rows(&dump->json, "sections", 2);
	for (size_t i = 0; i < view->sections.count && dump->printed; i++)
		write_section(dump, view->sections.items[i]);
	json_end(&dump->json);
}

/* One value a name: the last one, where the name first stood. */
static void write_variables(struct dump *dump, const struct variable_list *variables) {
	struct arena names = {0};
	struct map last = {0};
	static char written;
	map_reserve(&names, &last, variables->count);
	for (size_t i = variables->count; i-- > 0;)
		map_put(&names, &last, variables->items[i].name, &variables->items[i]);
	for (size_t i = 0; i < variables->count && dump->printed; i++) {
		const void *found = map_exchange(&last, variables->items[i].name, &written);
		const struct variable *variable = found;
		if (found == &written) continue;
		json_key(&dump->json, shown_words(dump->shown, variable->name));
		if (variable->absent)
			json_null(&dump->json, NULL);
		else
			write_value(dump, variable);
	}
	arena_release(&names);
}

static void write_all_variables(struct dump *dump, const struct view *view) {
	json_object(&dump->json, "vars");
	for (size_t i = 0; i < view->sections.count; i++)
		write_variables(dump, &view->sections.items[i]->variables);
	json_end(&dump->json);
}

static void write_view(struct dump *dump, const struct reader *reader, const struct view *view) {
	struct json *json = &dump->json;
	json_object(json, NULL);
	json_truth(json, "ok", view->ok);
	if (!view->ok)
		json_text(json, "error", shown_words(dump->shown, view->error));
	else if (reader->has_sections)
		write_sections(dump, view);
	else
		write_all_variables(dump, view);
	json_end(json);
	buffer_add_byte(&dump->out, '\n');
}

static void write_tokens(struct dump *dump, const struct token_list *tokens) {
	for (size_t i = 0; i < tokens->count && dump->printed; i++) {
		buffer_format(&dump->out, "%s %u %u\n", token_kind_name(tokens->items[i].kind), tokens->items[i].span.start,
		              tokens->items[i].span.end);
		go_on(dump);
	}
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

static bool print_view(const struct call *call, const struct reader *reader, const struct view *view, struct shown *shown) {
	struct arena words = {0};
	struct dump dump = {.shown = shown, .words = &words, .printed = true};
	dump.out.arena = &dump.piece;
	dump.json.out = &dump.out;
	shown->arena = &words;
	if (call->options.tokens)
		write_tokens(&dump, view->tokens.items[0]);
	else if (call->options.explain.length)
		explain_write(shown, view, call->options.explain, &dump.out);
	else
		write_view(&dump, reader, view);
	print_piece(&dump);
	arena_release(&dump.piece);
	arena_release(&words);
	return dump.printed;
}

static int dump_file(const struct call *call, const struct reader *reader, struct text path) {
	struct arena *arena = call->arena;
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
	return print_view(call, reader, view, &shown) ? EXIT_CLEAN : EXIT_UNTOLD;
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
