#include "report/outcome.h"

#include "diagnostic/effect.h"
#include "report/summary.h"

/* --- what works now --- */

static bool has_effect(const struct diagnostics *diagnostics, const char *name) {
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct diagnostic *found = &diagnostics->found.items[i];
		if (found->severity > SEVERITY_INFO && text_is(found->effect, name))
			return true;
	}
	return false;
}

/* Effects stand gravest first: behind one that blocks every request nothing is said to work. */
void outcome_write_works(const struct report_input *input, struct buffer *out) {
	const char *separator = "works once the files are read again, as far as they tell: ";
	bool blocked = false, any = false;
	for (const struct effect *effect = effects; effect->name && !blocked; effect++) {
		bool left = has_effect(input->diagnostics, effect->name);
		blocked = left && effect->blocks == BLOCKS_ALL;
		if (left || !has_effect(input->before, effect->name)) continue;
		buffer_format(out, "%s%s", separator, effect->mended);
		separator = "; ";
		any = true;
	}
	if (any)
		buffer_add_byte(out, '\n');
}

/* --- what is left --- */

/* What can be done about a finding. */
enum remedy { REMEDY_PERSON, REMEDY_UNSAFE, REMEDY_LEFT_OUT, REMEDY_COUNT };

static const char *const remedies[] = {[REMEDY_PERSON] = "that a person must decide",
                                       [REMEDY_UNSAFE] = "that --unsafe-fixes can mend",
                                       [REMEDY_LEFT_OUT] = "whose fix was left out"};

enum { MOST_RULES = 5 };

static enum remedy remedy_of(const struct report_input *input, const struct diagnostic *found) {
	if (!fix_is_possible(found->fix) || found->fix->safety == SAFETY_SUGGEST)
		return REMEDY_PERSON;
	return found->fix->safety == SAFETY_SAFE || input->unsafe_fixes ? REMEDY_LEFT_OUT : REMEDY_UNSAFE;
}

static size_t count_left(const struct report_input *input, enum remedy remedy, enum severity severity) {
	size_t count = 0;
	for (size_t i = 0; i < input->diagnostics->found.count; i++) {
		const struct diagnostic *found = &input->diagnostics->found.items[i];
		count += found->severity == severity && remedy_of(input, found) == remedy;
	}
	return count;
}

static void write_rules(const struct report_input *input, enum remedy remedy, struct buffer *out) {
	struct text_list rules = {0};
	for (size_t i = 0; i < input->diagnostics->found.count; i++) {
		const struct diagnostic *found = &input->diagnostics->found.items[i];
		if (found->severity > SEVERITY_INFO && remedy_of(input, found) == remedy)
			text_list_add_once(input->arena, &rules, found->rule);
	}
	for (size_t i = 0; i < rules.count && i < MOST_RULES; i++)
		buffer_format(out, "%s%.*s", i ? ", " : " (", TEXT_ARGUMENTS(rules.items[i]));
	if (rules.count > MOST_RULES)
		buffer_format(out, " and %zu more", rules.count - MOST_RULES);
	buffer_add_byte(out, ')');
}

void outcome_write_left(const struct report_input *input, struct buffer *out) {
	const char *separator = "left: ";
	for (enum remedy remedy = REMEDY_PERSON; remedy < REMEDY_COUNT; remedy++) {
		size_t errors = count_left(input, remedy, SEVERITY_ERROR);
		size_t warnings = count_left(input, remedy, SEVERITY_WARNING);
		if (!errors && !warnings) continue;
		buffer_add_string(out, separator);
		summary_add_count(errors, SEVERITY_ERROR, out);
		buffer_add_string(out, errors && warnings ? " and " : "");
		summary_add_count(warnings, SEVERITY_WARNING, out);
		buffer_format(out, " %s", remedies[remedy]);
		write_rules(input, remedy, out);
		separator = "; ";
	}
	size_t infos = diagnostics_count(input->diagnostics, SEVERITY_INFO);
	buffer_add_string(out, infos ? separator : "");
	summary_add_count(infos, SEVERITY_INFO, out);
	buffer_add_byte(out, '\n');
}
