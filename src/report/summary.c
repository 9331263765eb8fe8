#include "report/summary.h"

#include "report/terminal.h"

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

/* How many findings --fix, with --unsafe-fixes for the unsafe ones, would mend. */
static size_t count_fixable(const struct diagnostics *diagnostics, enum safety safety) {
	size_t count = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct fix *fix = diagnostics->found.items[i].fix;
		count += fix_is_possible(fix) && fix->safety == safety;
	}
	return count;
}

static void write_hint(const struct report_input *input, struct buffer *out) {
	size_t safe = count_fixable(input->diagnostics, SAFETY_SAFE);
	size_t unsafe = count_fixable(input->diagnostics, SAFETY_UNSAFE);
	if (safe)
		buffer_format(out, "; %zu can be fixed with --fix", safe);
	if (unsafe && safe)
		buffer_format(out, ", %zu more with --unsafe-fixes", unsafe);
	else if (unsafe)
		buffer_format(out, "; %zu can be fixed with --fix --unsafe-fixes", unsafe);
}

static void write_counts(const struct report_input *input, struct buffer *out) {
	const char *separator = "";
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--) {
		size_t count = diagnostics_count(input->diagnostics, (enum severity)severity);
		if (!count) continue;
		const char *ending = severity == SEVERITY_INFO ? "" : plural(count);
		buffer_format(out, "%s%zu %s%s", separator, count, severity_name((enum severity)severity), ending);
		separator = ", ";
	}
	if (!input->fix_wanted)
		write_hint(input, out);
	buffer_add_byte(out, '\n');
}

static size_t count_skipped_rules(const struct report_input *input) {
	struct map rules = {0};
	for (size_t i = 0; i < input->diagnostics->skipped.count; i++) {
		struct not_evaluated *skipped = &input->diagnostics->skipped.items[i];
		map_put(input->arena, &rules, skipped->rule, skipped);
	}
	return rules.count;
}

static void write_skipped(const struct report_input *input, struct buffer *out) {
	size_t count = count_skipped_rules(input);
	if (!count) return;
	buffer_format(out, "%zu rule%s not evaluated%s\n", count, count == 1 ? " was" : "s were",
	              input->show_not_evaluated ? ":" : " (--show-not-evaluated tells why)");
	for (size_t i = 0; input->show_not_evaluated && i < input->diagnostics->skipped.count; i++) {
		terminal_add_between(out, "  ", input->diagnostics->skipped.items[i].rule, ": ");
		terminal_add_between(out, "", input->diagnostics->skipped.items[i].reason, "\n");
	}
}

void summary_write(const struct report_input *input, struct buffer *out) {
	if (input->fixed)
		buffer_format(out, "fixed %zu fault%s\n", input->fixed, plural(input->fixed));
	if (input->diagnostics->found.count)
		write_counts(input, out);
	else
		buffer_format(out, "no faults %s in %zu file%s\n", input->fixed ? "left" : "found", input->file_count,
		              plural(input->file_count));
	write_skipped(input, out);
}
