/* config: the configuration in force. */
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/init.h"
#include "command/output.h"
#include "json/write.h"
#include "process/confine.h"
#include "report/terminal.h"

struct showing {
	struct buffer out;
	struct json json;
	const struct setup *setup;
};

static bool is_there(struct arena *arena, struct text path) { return !access(text_string(arena, path), F_OK); }

static const char *fail_on_name(const struct setup *setup) {
	return setup->fail_never ? "never" : severity_name(setup->fail_on);
}

/* What the pack says of a rule differs from what the run goes by. */
static bool differs(const struct rule_choice *choice) {
	return choice->enabled != choice->rule->enabled || choice->severity != choice->rule->severity;
}

static const char *level_of(const struct rule_choice *choice) {
	return choice->enabled ? severity_name(choice->severity) : "ignore";
}

/* Calls `show` with each rule that differs. */
static void each_difference(struct showing *showing,
                            void (*show)(struct showing *showing, struct text id, const char *level)) {
	const struct rule_choice_list *choices = &showing->setup->lint_options.choices;
	for (size_t i = 0; i < choices->count; i++)
		if (differs(&choices->items[i]))
			show(showing, choices->items[i].rule->id, level_of(&choices->items[i]));
}

/* --- for people --- */

static void show_versions(struct showing *showing, const struct version_list *versions) {
	for (size_t i = 0; i < versions->count; i++) {
		terminal_add_between(&showing->out, i ? ", " : "", versions->items[i].program, "=");
		buffer_add(&showing->out, versions->items[i].number);
	}
}

static void show_packs(struct showing *showing) {
	buffer_add_string(&showing->out, "packs:\n");
	for (size_t i = 0; i < showing->setup->lint_options.packs.count; i++) {
		const struct pack *pack = showing->setup->lint_options.packs.items[i];
		buffer_format(&showing->out, "  %.*s (", TEXT_ARGUMENTS(pack->name));
		terminal_add(&showing->out, pack->built_in ? TEXT("built in") : pack->path);
		buffer_format(&showing->out, "), %zu rules\n", pack->rules.count);
	}
}

static void show_group(struct showing *showing, const struct file_group *group) {
	struct buffer *out = &showing->out;
	terminal_add_between(out, "  ", group->name, group->versions.count ? " (" : "");
	show_versions(showing, &group->versions);
	buffer_add_string(out, group->versions.count ? "):\n" : ":\n");
	for (size_t i = 0; i < group->files.count; i++) {
		const struct declared_file *file = group->files.items[i];
		buffer_format(out, "    %.*s%s%.*s: ", TEXT_ARGUMENTS(file->pack), file->pack.length ? "." : "",
		              TEXT_ARGUMENTS(file->role));
		terminal_add_between(out, "", file->path, is_there(out->arena, file->path) ? "\n" : " (does not exist)\n");
	}
}

static void show_choices(struct showing *showing, const struct inventory *inventory) {
	struct buffer *out = &showing->out;
	if (inventory->choices.count)
		buffer_add_string(out, "readers:\n");
	for (size_t i = 0; i < inventory->choices.count; i++) {
		const struct reader_choice *choice = &inventory->choices.items[i];
		terminal_add_between(out, "  ", choice->glob, "");
		for (size_t j = 0; j < choice->count; j++)
			buffer_format(out, "%s%s", j ? ", " : ": ", choice->readers[j]->name);
		buffer_add_byte(out, '\n');
	}
}

static void show_texts(struct buffer *out, struct text name, const struct text_list *texts) {
	terminal_add_between(out, "  ", name, ": ");
	for (size_t i = 0; i < texts->count; i++)
		terminal_add_between(out, i ? ", " : "", texts->items[i], "");
	buffer_add_byte(out, '\n');
}

static void show_ignored(struct buffer *out, const struct inventory *inventory) {
	if (inventory->ignored.count)
		buffer_add_string(out, "ignore:\n");
	for (size_t i = 0; i < inventory->ignored.count; i++) {
		const struct ignored_rules *ignored = &inventory->ignored.items[i];
		show_texts(out, ignored->glob, &ignored->rules);
	}
}

static void show_settings(struct showing *showing, const struct lint_options *options) {
	struct buffer *out = &showing->out;
	if (options->setting_keys.count)
		buffer_add_string(out, "settings:\n");
	for (size_t i = 0; i < options->setting_keys.count; i++) {
		const struct setting_keys *keys = &options->setting_keys.items[i];
		show_texts(out, keys->name, &keys->named);
	}
}

static void show_difference(struct showing *showing, struct text id, const char *level) {
	buffer_format(&showing->out, "  %.*s: %s\n", TEXT_ARGUMENTS(id), level);
}

static void show_globs(struct buffer *out, const char *name, const struct text_list *globs) {
	if (globs->count)
		buffer_format(out, "%s:\n", name);
	for (size_t i = 0; i < globs->count; i++)
		terminal_add_between(out, "  ", globs->items[i], "\n");
}

static void show_text(struct showing *showing) {
	struct buffer *out = &showing->out;
	const struct setup *setup = showing->setup;
	const struct source *source = setup->configuration.source;
	const struct inventory *inventory = &setup->lint_options.inventory;
	struct text authority = setup->lint_options.authority;
	terminal_add_between(out, "configuration: ", source ? source->path : TEXT("none"), "\n");
	buffer_format(out, "language: %s\nfail on: %s\nauthority: ", language_names[setup->lint_options.language],
	              fail_on_name(setup));
	terminal_add_between(out, "", authority.length ? authority : TEXT("as the packs say"), "\ntargets: ");
	show_versions(showing, &setup->lint_options.versions);
	buffer_add_string(out, setup->lint_options.versions.count ? "\n" : "all\n");
	show_packs(showing);
	buffer_add_string(out, inventory->groups.count ? "groups:\n" : "groups: by nearness\n");
	for (size_t i = 0; i < inventory->groups.count; i++)
		show_group(showing, inventory->groups.items[i]);
	show_choices(showing, inventory);
	show_ignored(out, inventory);
	show_settings(showing, &setup->lint_options);
	show_globs(out, "layers", &inventory->layers);
	show_globs(out, "exclude", &inventory->exclude);
	buffer_add_string(out, "rules that are not as the packs say:\n");
	size_t before = out->length;
	each_difference(showing, show_difference);
	if (out->length == before)
		buffer_add_string(out, "  none\n");
}

/* --- for programs --- */

static void add_versions(struct json *json, const struct version_list *versions) {
	json_object(json, "targets");
	for (size_t i = 0; i < versions->count; i++) {
		json_key(json, versions->items[i].program);
		json_text(json, NULL, versions->items[i].number);
	}
	json_end(json);
}

static void add_packs(struct json *json, const struct pack_list *packs) {
	json_rows(json, "packs", 0);
	for (size_t i = 0; i < packs->count; i++) {
		const struct pack *pack = packs->items[i];
		json_object(json, NULL);
		json_text(json, "name", pack->name);
		json_text_or_null(json, "path", pack->built_in ? TEXT("") : pack->path);
		json_number(json, "rules", pack->rules.count);
		json_end(json);
	}
	json_end(json);
}

static void add_group(struct json *json, const struct file_group *group) {
	json_object(json, NULL);
	json_text(json, "name", group->name);
	add_versions(json, &group->versions);
	json_list(json, "files");
	for (size_t i = 0; i < group->files.count; i++) {
		const struct declared_file *file = group->files.items[i];
		json_object(json, NULL);
		json_text_or_null(json, "pack", file->pack);
		json_text(json, "role", file->role);
		json_text(json, "path", file->path);
		json_truth(json, "exists", is_there(json->out->arena, file->path));
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void add_choice(struct json *json, const struct reader_choice *choice) {
	json_object(json, NULL);
	json_text(json, "files", choice->glob);
	json_list(json, "readers");
	for (size_t i = 0; i < choice->count; i++)
		json_text(json, NULL, text_of(choice->readers[i]->name));
	json_end(json);
	json_end(json);
}

static void add_inventory(struct json *json, const struct inventory *inventory) {
	json_rows(json, "groups", 0);
	for (size_t i = 0; i < inventory->groups.count; i++)
		add_group(json, inventory->groups.items[i]);
	json_end(json);
	json_rows(json, "readers", 0);
	for (size_t i = 0; i < inventory->choices.count; i++)
		add_choice(json, &inventory->choices.items[i]);
	json_end(json);
	json_rows(json, "ignore", 0);
	for (size_t i = 0; i < inventory->ignored.count; i++) {
		json_object(json, NULL);
		json_text(json, "files", inventory->ignored.items[i].glob);
		json_texts(json, "rules", &inventory->ignored.items[i].rules);
		json_end(json);
	}
	json_end(json);
	json_line(json);
	json_texts(json, "layers", &inventory->layers);
	json_texts(json, "exclude", &inventory->exclude);
}

static void add_settings(struct json *json, const struct setting_keys_list *settings) {
	json_rows(json, "settings", 0);
	for (size_t i = 0; i < settings->count; i++) {
		json_object(json, NULL);
		json_text(json, "setting", settings->items[i].name);
		json_texts(json, "keys", &settings->items[i].named);
		json_end(json);
	}
	json_end(json);
}

static void add_difference(struct showing *showing, struct text id, const char *level) {
	json_object(&showing->json, NULL);
	json_text(&showing->json, "rule", id);
	json_text(&showing->json, "level", text_of(level));
	json_end(&showing->json);
}

static void show_json(struct showing *showing) {
	struct json *json = &showing->json;
	const struct setup *setup = showing->setup;
	const struct lint_options *lint_options = &setup->lint_options;
	const struct source *source = setup->configuration.source;
	json->out = &showing->out;
	json_object(json, NULL);
	json_text_or_null(json, "configuration", source ? source->path : TEXT(""));
	json_text(json, "language", text_of(language_names[lint_options->language]));
	json_text(json, "fail_on", text_of(fail_on_name(setup)));
	json_text_or_null(json, "authority", lint_options->authority);
	add_versions(json, &lint_options->versions);
	add_packs(json, &lint_options->packs);
	add_inventory(json, &lint_options->inventory);
	add_settings(json, &lint_options->setting_keys);
	json_rows(json, "rules", 0);
	each_difference(showing, add_difference);
	json_end(json);
	json_end(json);
	buffer_add_byte(json->out, '\n');
}

/* --- the verb --- */

static int run(struct call *call) {
	const struct options *options = &call->options;
	struct showing showing = {.out = {.arena = call->arena}, .setup = &call->setup};
	bool json = text_is(options->format, "json");
	if (options->format.length && !json && !text_is(options->format, "text"))
		return call_fail(call, TEXT("config --format takes text or json"), EXIT_USAGE);
	if (options->init)
		return init_handlers(call->arena);
	confine(CONFINED_TO_READING);
	int status = call_begin(call, options->format);
	if (status >= 0)
		return status;
	if (json)
		show_json(&showing);
	else
		show_text(&showing);
	return output_print(buffer_text(&showing.out)) ? EXIT_CLEAN : EXIT_UNTOLD;
}

const struct verb verb_config = {
	.name = "config", .flag = VERB_CONFIG, .run = run,
	.usage = "arilint config [OPTIONS] | config --init",
	.summary = "Prints the configuration in force, or makes that of handlers.",
	.examples = "  arilint config --format json\n"
	            "  sudo arilint config --init",
};
