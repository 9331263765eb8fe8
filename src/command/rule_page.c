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
	struct text language;
	bool colour;
	struct buffer *out;
};

struct text rule_text(const struct node *node, struct text language)
{
	if (!node || node->kind == NODE_TEXT)
		return node ? node->text : TEXT("");
	const struct node *english = node_get(node, "en"), *wanted = english;
	for (size_t i = 0; i < node->count; i++)
		if (text_equal(node->items[2 * i].text, language))
			wanted = &node->items[2 * i + 1];
	return wanted ? wanted->text : TEXT("");
}

/* --- what it says of itself --- */

static void write_member(const struct page *page, const char *member)
{
	struct text text = text_trim(rule_text(node_get(page->rule->node, member), page->language), "\n");
	if (!text.length)
		return;
	buffer_format(page->out, "\n%s: ", member);
	while (text.length) {
		terminal_add(page->out, text_cut(&text, '\n'));
		buffer_add_byte(page->out, '\n');
	}
}

static void write_labelled(const struct page *page, const char *label, struct text text)
{
	if (!text.length)
		return;
	buffer_add_string(page->out, label);
	terminal_add(page->out, text);
	buffer_add_byte(page->out, '\n');
}

static void write_effects(const struct page *page)
{
	const struct rule *rule = page->rule;
	buffer_format(page->out, "\nseverity: %s\n", severity_name(rule->severity));
	write_labelled(page, "effect: ", effect_meaning(rule->effect));
	for (size_t i = 0; i < rule->target_count; i++)
		write_labelled(page, "only for: ", rule->targets[i]->label);
	for (size_t i = 0; i < rule->override_count; i++) {
		const struct target_override *override = &rule->overrides[i];
		enum severity severity = override->has_severity ? override->severity : rule->severity;
		struct text effect = override->has_effect ? override->effect : rule->effect;
		terminal_add(page->out, override->target->label);
		buffer_format(page->out, ": %s%s%.*s\n", severity_name(severity), effect.length ? ", " : "",
		              TEXT_ARGUMENTS(effect));
	}
	buffer_format(page->out, "by default: %s\n", rule->enabled ? "on" : "off");
}

static void write_fixes(const struct page *page)
{
	const struct node *fix = node_get(page->rule->node, "fix");
	for (size_t i = 0; i < page->rule->fix_count; i++) {
		const struct node *one = fix->kind == NODE_LIST ? &fix->items[i] : fix;
		buffer_format(page->out, "\nfix (%s): ", safety_name(page->rule->fixes[i].safety));
		terminal_add(page->out, rule_text(node_get(one, "title"), page->language));
		buffer_add_byte(page->out, '\n');
	}
}

/* --- the example --- */

static const struct rule_test *find_example(const struct rule *rule)
{
	for (size_t i = 0; i < rule->test_count; i++)
		if (rule->tests[i].finding_count)
			return &rule->tests[i];
	return NULL;
}

static void write_heading(const struct page *page, const struct rule_test *test)
{
	buffer_add_string(page->out, "\nexample");
	for (size_t i = 0; i < test->version_count; i++) {
		buffer_add_string(page->out, i ? ", " : " (");
		terminal_add(page->out, test->versions[i].program);
		buffer_add_byte(page->out, ' ');
		terminal_add(page->out, test->versions[i].number);
	}
	buffer_add_string(page->out, test->version_count ? "):\n" : ":\n");
}

/* Whether the finding is about a line of this file. */
static bool stands_in(struct test_run *run, const struct diagnostic *found, struct source *source, uint32_t line)
{
	struct place place = found->place;
	return place.source == source && place.span.end && text_equal(found->rule, run->rule.id) &&
	       source_position(run->arena, source, place.span.start).line == line;
}

static void write_source_line(struct test_run *run, const struct frame *frame, struct source *source, uint32_t line,
                              struct buffer *out)
{
	bool marked = false;
	for (size_t i = 0; i < run->diagnostics.found.count; i++) {
		const struct diagnostic *found = &run->diagnostics.found.items[i];
		if (!stands_in(run, found, source, line))
			continue;
		frame_write(frame, found->place, '^', found->message, out);
		marked = true;
	}
	if (!marked)
		frame_write_line(frame, source, line, out);
}

/* What is said of the file as a whole stands behind its name. */
static void write_name(const struct page *page, struct test_run *run, struct source *source)
{
	buffer_add_string(page->out, "  --> ");
	terminal_add(page->out, source->path);
	for (size_t i = 0; i < run->diagnostics.found.count; i++) {
		const struct diagnostic *found = &run->diagnostics.found.items[i];
		if (!text_equal(found->rule, run->rule.id) || found->place.source != source || found->place.span.end)
			continue;
		buffer_add_string(page->out, ": ");
		terminal_add(page->out, found->message);
	}
	buffer_add_byte(page->out, '\n');
}

static void write_file(const struct page *page, struct test_run *run, struct source *source)
{
	struct frame frame = {.arena = page->arena, .gutter = 3, .width = WIDTH, .colour = page->colour};
	frame.paint = COLOUR_BOLD_RED;
	write_name(page, run, source);
	uint32_t lines = source_position(page->arena, source, (uint32_t)source->bytes.length).line;
	/* Behind the last line end stands no further line. */
	if (!source->bytes.length || source->bytes.bytes[source->bytes.length - 1] == '\n')
		lines--;
	for (uint32_t line = 1; line <= lines && line <= MOST_LINES; line++)
		write_source_line(run, &frame, source, line, page->out);
	if (lines > MOST_LINES)
		buffer_format(page->out, "    | (%u more lines)\n", lines - MOST_LINES);
}

static void write_example(const struct page *page)
{
	const struct rule_test *test = find_example(page->rule);
	struct test_run run;
	if (!test)
		return;
	write_heading(page, test);
	test_lint(&run, page->arena, page->pack, page->rule, test);
	for (size_t i = 0; i < run.inputs.count; i++)
		write_file(page, &run, run.inputs.items[i]);
	struct mending mending = test_mend(&run);
	if (!mending.files.count || mending.refusal.length)
		return;
	buffer_format(page->out, "\nafter --fix%s%s%.*s:\n", test->unsafe ? " --unsafe-fixes" : "",
	              test->authority.length ? " --authority " : "", TEXT_ARGUMENTS(test->authority));
	for (size_t i = 0; i < mending.files.count; i++) {
		const struct mended_file *file = &mending.files.items[i];
		/* Without marks of secrets: what a test says stands in the pack in clear. */
		diff_write(page->arena, source_from_text(page->arena, file->before->path, file->before->bytes),
		           source_from_text(page->arena, file->after->path, file->after->bytes), page->colour, page->out);
	}
}

void rule_page_write(struct arena *arena, const struct pack *pack, const struct rule *rule, struct text language,
                     bool colour, struct buffer *out)
{
	struct page page = {arena, pack, rule, language, colour, out};
	buffer_add(out, rule->id);
	buffer_add_string(out, ": ");
	terminal_add(out, rule_text(node_get(rule->node, "title"), language));
	buffer_add_byte(out, '\n');
	write_effects(&page);
	write_member(&page, "docs");
	write_member(&page, "message");
	write_member(&page, "why");
	write_member(&page, "help");
	write_fixes(&page);
	write_example(&page);
}
