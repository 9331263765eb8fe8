#include "command/rule_page.h"

#include "diagnostic/effect.h"
#include "fixer/test.h"
#include "report/diff.h"
#include "report/frame.h"
#include "report/terminal.h"

enum { WIDTH = 120, MOST_LINES = 40 };

struct page {
	struct arena *arena;
	const struct pack *pack;
	const struct rule *rule;
	enum language language;
	bool colour;
	struct buffer *out;
};

struct text rule_spelled(const struct message *message, enum language language) {
	const struct template *template = message_in(message, language);
	return template ? template->spelled : TEXT("");
}

const struct rule *rule_find(const struct pack_list *packs, struct text id, const struct pack **pack) {
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rules.count; j++) {
			*pack = packs->items[i];
			if (text_equal((*pack)->rules.items[j].id, id))
				return &(*pack)->rules.items[j];
		}
	return NULL;
}

/* --- what it says of itself --- */

static void write_member(const struct page *page, const char *member, struct text text) {
	text = text_trim(text, "\n");
	if (!text.length) return;
	buffer_format(page->out, "\n%s: ", member);
	while (text.length)
		terminal_add_between(page->out, "", text_cut(&text, '\n'), "\n");
}

static void write_labelled(const struct page *page, const char *label, struct text text) {
	if (text.length)
		terminal_add_between(page->out, label, text, "\n");
}

static void write_effects(const struct page *page) {
	const struct rule *rule = page->rule;
	buffer_format(page->out, "\nseverity: %s\n", severity_name(rule->severity));
	write_labelled(page, "effect: ", effect_meaning(rule->effect));
	for (size_t i = 0; i < rule->targets.count; i++)
		write_labelled(page, "only for: ", rule->targets.items[i]->label);
	for (size_t i = 0; i < rule->overrides.count; i++) {
		const struct target_override *override = &rule->overrides.items[i];
		enum severity severity = override->has_severity ? override->severity : rule->severity;
		struct text effect = override->has_effect ? override->effect : rule->effect;
		terminal_add(page->out, override->target->label);
		buffer_format(page->out, ": %s%s%.*s\n", severity_name(severity), effect.length ? ", " : "",
		              TEXT_ARGUMENTS(effect));
	}
	buffer_format(page->out, "by default: %s\n", rule->enabled ? "on" : "off");
}

static void write_fixes(const struct page *page) {
	for (size_t i = 0; i < page->rule->fixes.count; i++) {
		const struct rule_fix *fix = &page->rule->fixes.items[i];
		buffer_format(page->out, "\nfix (%s): ", safety_name(fix->safety));
		terminal_add_between(page->out, "", rule_spelled(&fix->title, page->language), "\n");
	}
}

/* --- the example --- */

static const struct rule_test *find_example(const struct rule *rule) {
	for (size_t i = 0; i < rule->tests.count; i++)
		if (rule->tests.items[i].findings.count)
			return &rule->tests.items[i];
	return NULL;
}

static void write_heading(const struct page *page, const struct rule_test *test) {
	buffer_add_string(page->out, "\nexample");
	for (size_t i = 0; i < test->versions.count; i++) {
		terminal_add_between(page->out, i ? ", " : " (", test->versions.items[i].program, " ");
		terminal_add(page->out, test->versions.items[i].number);
	}
	buffer_add_string(page->out, test->versions.count ? "):\n" : ":\n");
}

/* Whether the finding is about a line of this file. */
static bool stands_in(struct test_run *run, const struct diagnostic *found, struct source *source, uint32_t line) {
	struct place place = found->place;
	return place.source == source && place.span.end && text_equal(found->rule, run->rule->id) &&
	       source_position(source, place.span.start).line == line;
}

static void write_source_line(struct test_run *run, const struct frame *frame, struct source *source, uint32_t line,
                              struct buffer *out) {
	bool marked = false;
	for (size_t i = 0; i < run->diagnostics.found.count; i++) {
		const struct diagnostic *found = &run->diagnostics.found.items[i];
		if (!stands_in(run, found, source, line)) continue;
		frame_write(frame, found->place, '^', found->message, out);
		marked = true;
	}
	if (!marked)
		frame_write_line(frame, source, line, out);
}

/* What is said of the file as a whole stands behind its name. */
static void write_name(const struct page *page, struct test_run *run, struct source *source) {
	terminal_add_between(page->out, "  --> ", source->path, "");
	for (size_t i = 0; i < run->diagnostics.found.count; i++) {
		const struct diagnostic *found = &run->diagnostics.found.items[i];
		if (text_equal(found->rule, run->rule->id) && found->place.source == source && !found->place.span.end)
			terminal_add_between(page->out, ": ", found->message, "");
	}
	buffer_add_byte(page->out, '\n');
}

static void write_file(const struct page *page, struct test_run *run, struct source *source) {
	struct frame frame = {.arena = page->arena, .gutter = 3, .width = WIDTH, .colour = page->colour,
	                      .paint = COLOUR_BOLD_RED};
	write_name(page, run, source);
	uint32_t lines = source_position(source, (uint32_t)source->bytes.length).line;
	/* Behind the last line end stands no further line. */
	if (!source->bytes.length || source->bytes.bytes[source->bytes.length - 1] == '\n')
		lines--;
	for (uint32_t line = 1; line <= lines && line <= MOST_LINES; line++)
		write_source_line(run, &frame, source, line, page->out);
	if (lines > MOST_LINES)
		buffer_format(page->out, "    | (%u more lines)\n", lines - MOST_LINES);
}

static void write_fixed(const struct page *page, const struct rule_test *test, const struct fixer_result *result) {
	buffer_format(page->out, "\nafter --fix%s%s%.*s:\n", test->unsafe ? " --unsafe-fixes" : "",
	              test->authority.length ? " --authority " : "", TEXT_ARGUMENTS(test->authority));
	for (size_t i = 0; i < result->files.count; i++) {
		const struct fixed_file *file = &result->files.items[i];
		/* Without marks of secrets: what a test says stands in the pack in clear. */
		diff_write(page->arena, source_from_text(page->arena, file->before->path, file->before->bytes),
		           source_from_text(page->arena, file->after->path, file->after->bytes), page->colour, page->out);
	}
}

static void write_example(const struct page *page) {
	const struct rule_test *test = find_example(page->rule);
	struct test_run run;
	if (!test) return;
	write_heading(page, test);
	test_lint(&run, page->arena, page->pack, page->rule, test, NULL);
	for (size_t i = 0; i < run.inputs.count; i++)
		write_file(page, &run, run.inputs.items[i]);
	struct fixer_result result = test_fix(&run);
	if (result.files.count && !result.refusal.length)
		write_fixed(page, test, &result);
	fixer_release(&result);
}

void rule_page_write(struct arena *arena, const struct pack *pack, const struct rule *rule, enum language language,
                     bool colour, struct buffer *out) {
	struct page page = {arena, pack, rule, language, colour, out};
	buffer_add(out, rule->id);
	terminal_add_between(out, ": ", rule_spelled(&rule->title, language), "\n");
	write_effects(&page);
	write_member(&page, "docs", words_in(&rule->docs, language));
	write_member(&page, "message", rule_spelled(&rule->message, language));
	write_member(&page, "why", rule_spelled(&rule->why, language));
	write_member(&page, "help", rule_spelled(&rule->help, language));
	write_fixes(&page);
	write_example(&page);
}
