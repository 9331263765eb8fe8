#include "command/recognised.h"

#include "report/terminal.h"
#include "rule/joins.h"

/* --- finding --- */

static const struct setting_keys *more_of(const struct lint_options *options, const struct setting *setting) {
	for (size_t i = 0; i < options->setting_keys.count; i++)
		if (options->setting_keys.items[i].setting == setting)
			return &options->setting_keys.items[i];
	return NULL;
}

static struct recognised_setting *find_known(struct recognised *recognised, const struct setting *setting) {
	for (size_t i = 0; i < recognised->settings.count; i++)
		if (recognised->settings.items[i].setting == setting)
			return &recognised->settings.items[i];
	return NULL;
}

/* What packs share is listed once, with the rules of all of them. */
static void add_pack(struct recognised *recognised, const struct lint_options *options, const struct pack *pack) {
	for (size_t i = 0; i < pack->settings.count; i++)
		if (!find_known(recognised, pack->settings.items[i]))
			*list_add(recognised->arena, &recognised->settings) = (struct recognised_setting){
				.pack = pack, .setting = pack->settings.items[i],
				.more = more_of(options, pack->settings.items[i])};
	for (size_t i = 0; i < pack->rules.count; i++) {
		bool *joined = arena_array(recognised->arena, bool, pack->settings.count);
		rule_joins(pack, &pack->rules.items[i], joined);
		for (size_t j = 0; j < pack->settings.count; j++)
			if (joined[j])
				*list_add(recognised->arena, &find_known(recognised, pack->settings.items[j])->rules) =
					pack->rules.items[i].id;
	}
}

struct recognised recognised_find(struct arena *arena, const struct lint_options *options) {
	struct recognised recognised = {.arena = arena, .packs = &options->packs};
	for (size_t i = 0; i < options->packs.count; i++)
		add_pack(&recognised, options, options->packs.items[i]);
	return recognised;
}

/* --- writing --- */

/* How one format spells what all for people have. */
struct style {
	const char *title;                  /* before all packs */
	const char *pack, *files, *settings; /* before a pack's name, its files, its settings */
	const char *row, *cell, *end;       /* before, within and behind a line */
	const char *quote;                  /* around names */
	bool markdown;
};

static const struct style text_style = {"", "", "  files, and who reads them\n", "  settings\n", "    ", ": ", "\n", "", false};
static const struct style markdown_style = {
	"# What arilint recognises and compares\n\n"
	"Written from the rule packs: which files arilint knows, which names of settings in them, and which rules join\n"
	"these. `*` stands for any bytes. `.arilint.yaml` can name further keys: `settings: {PACK/SETTING: [KEY]}`.\n\n",
	"## ", "\n| file | names | read as |\n|---|---|---|\n",
	"\n| setting | where | keys | rules |\n|---|---|---|---|\n", "| ", " | ", " |\n", "`", true};

/* A bar would end the cell. */
static void add_escaped(const struct style *style, struct text text, struct buffer *out) {
	while (style->markdown && text_has_byte(text, '|'))
		terminal_add_between(out, "", text_cut(&text, '|'), "\\|");
	terminal_add(out, text);
}

static void add_name(const struct style *style, struct text name, struct buffer *out) {
	buffer_add_string(out, style->quote);
	add_escaped(style, name, out);
	buffer_add_string(out, style->quote);
}

static void add_names(const struct style *style, const struct text_list *names, struct buffer *out) {
	for (size_t i = 0; i < names->count; i++) {
		buffer_add_string(out, i ? ", " : "");
		add_name(style, names->items[i], out);
	}
}

static void write_role(const struct style *style, const struct role *role, struct buffer *out) {
	buffer_add_string(out, style->row);
	buffer_add(out, role->name);
	buffer_add_string(out, style->cell);
	add_names(style, &role->files.globs, out);
	buffer_add_string(out, style->markdown ? style->cell : " (");
	for (size_t i = 0; i < role->reader_count; i++)
		buffer_format(out, "%s%s", i ? ", " : "", role->readers[i]->name);
	buffer_format(out, "%s%s", style->markdown ? "" : ")", style->end);
}

static void write_place(const struct style *style, const struct setting *setting, struct buffer *out) {
	if (!setting->role)
		buffer_add_string(out, "made of others");
	else
		terminal_add_between(out, "in ", setting->role->name, "");
	if (!setting->section) return;
	buffer_add_string(out, ", [");
	add_escaped(style, setting->section->spelled, out);
	buffer_add_byte(out, ']');
}

static void write_keys(const struct style *style, const struct recognised_setting *found, struct buffer *out) {
	const struct setting *setting = found->setting;
	if (found->more) {
		add_names(style, &found->more->named, out);
		buffer_add_string(out, " (of the configuration), ");
	}
	add_names(style, &setting->keys.globs, out);
	if (setting->fallback_keys.globs.count) {
		buffer_add_string(out, "; without these ");
		add_names(style, &setting->fallback_keys.globs, out);
	}
	for (size_t i = 0; i < setting->texts.count; i++) {
		buffer_add_string(out, i ? ", else " : "");
		add_name(style, setting->texts.items[i].spelled.length ? setting->texts.items[i].spelled : TEXT("''"), out);
	}
	if (!setting->keys.globs.count && !setting->texts.count)
		buffer_add_string(out, setting->role ? "the section itself" : "whichever case holds");
}

static void write_setting(const struct style *style, const struct recognised_setting *found, struct buffer *out) {
	buffer_add_string(out, style->row);
	buffer_format(out, "%.*s/%.*s", TEXT_ARGUMENTS(found->pack->name), TEXT_ARGUMENTS(found->setting->name));
	buffer_add_string(out, style->markdown ? style->cell : "\n      ");
	write_place(style, found->setting, out);
	buffer_add_string(out, style->cell);
	write_keys(style, found, out);
	buffer_add_string(out, style->markdown ? style->cell : "\n      rules: ");
	for (size_t i = 0; i < found->rules.count; i++)
		buffer_format(out, "%s%.*s", i ? ", " : "", TEXT_ARGUMENTS(found->rules.items[i]));
	buffer_add_string(out, found->rules.count ? "" : "none");
	buffer_add_string(out, style->end);
}

static void write_pack(const struct recognised *recognised, const struct style *style, const struct pack *pack,
                       struct buffer *out) {
	buffer_format(out, "%s%.*s: ", style->pack, TEXT_ARGUMENTS(pack->name));
	terminal_add_between(out, "", pack->title, "\n");
	buffer_add_string(out, style->files);
	for (size_t i = 0; i < pack->roles.count; i++)
		write_role(style, pack->roles.items[i], out);
	if (pack->settings.count)
		buffer_add_string(out, style->settings);
	for (size_t i = 0; i < recognised->settings.count; i++)
		if (recognised->settings.items[i].pack == pack)
			write_setting(style, &recognised->settings.items[i], out);
}

static void write_for_people(const struct recognised *recognised, const struct style *style, struct buffer *out) {
	buffer_add_string(out, style->title);
	for (size_t i = 0; i < recognised->packs->count; i++) {
		buffer_add_string(out, i ? "\n" : "");
		write_pack(recognised, style, recognised->packs->items[i], out);
	}
}

void recognised_write(const struct recognised *recognised, struct text format, struct buffer *out) {
	if (text_is(format, "json"))
		recognised_write_json(recognised, out);
	else
		write_for_people(recognised, text_is(format, "markdown") ? &markdown_style : &text_style, out);
}
