#include "command/diagnosis.h"


#include "diagnostic/effect.h"

enum {
	LONGEST_SHOWN = 300,    /* bytes of a line */
	LONGEST_CAPTURE = 200,
	BEFORE_MATCH = 80       /* bytes that are shown before what was found */
};

/* --- texts --- */

struct shown_line {
	struct source *source;
	size_t message;         /* where the message begins */
	size_t end;             /* up to here it may be shown */
};

static bool continues_character(struct text text, size_t at) {
	return at < text.length && ((unsigned char)text.bytes[at] & 0xc0) == 0x80;
}

/* The part [start, end) of a line, `most` bytes at most, without half a character, its secrets masked. */
static struct text show(struct arena *arena, const struct shown_line *line, size_t start, size_t end, size_t most) {
	struct text bytes = line->source->bytes;
	bool clipped = end > start + most || end > line->end;
	end = end < start + most ? end : start + most;
	end = end < line->end ? end : line->end;
	while (clipped && end > start && continues_character(bytes, end))
		end--;
	while (start < end && continues_character(bytes, start))
		start++;
	struct span span = {(uint32_t)start, (uint32_t)(end > start ? end : start)};
	struct text text = redact_show(arena, line->source, span, NULL);
	return clipped ? text_join(arena, text, TEXT("…")) : text;
}

static struct text show_window(struct arena *arena, const struct shown_line *line, size_t match) {
	size_t start = 0, length = line->source->bytes.length;
	if (length > LONGEST_SHOWN || line->end < length) {
		size_t last = line->end > LONGEST_SHOWN ? line->end - LONGEST_SHOWN : 0;
		start = match > BEFORE_MATCH ? match - BEFORE_MATCH : 0;
		start = start < last ? start : last;
	}
	struct text text = show(arena, line, start, length, LONGEST_SHOWN);
	return start ? text_join(arena, TEXT("…"), text) : text;
}

static struct text fill_in(struct arena *arena, const struct symptom_text *parts, const struct pattern *pattern,
                           const struct shown_line *line) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < parts->count; i++) {
		struct span span = pattern_span(pattern, parts->items[i].group);
		if (parts->items[i].group)
			buffer_add(&out, show(arena, line, line->message + span.start, line->message + span.end, LONGEST_CAPTURE));
		else
			buffer_add(&out, parts->items[i].text);
	}
	return buffer_text(&out);
}

/* --- what explains it --- */

static size_t gravity(struct text effect) {
	size_t i = 0;
	while (effects[i].name && !text_is(effect, effects[i].name))
		i++;
	return i;
}

static int compare_findings(const void *left, const void *right) {
	const struct diagnostic *a = *(const struct diagnostic *const *)left, *b = *(const struct diagnostic *const *)right;
	size_t grave_a = gravity(a->effect), grave_b = gravity(b->effect);
	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	if (grave_a != grave_b)
		return grave_a < grave_b ? -1 : 1;
	return (a > b) - (a < b); /* as they were found: by path and line */
}

static void explain(struct arena *arena, const struct diagnostics *diagnostics, struct diagnosis *diagnosis) {
	const struct symptom *symptom = diagnosis->match->symptom;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct diagnostic *finding = &diagnostics->found.items[i];
		if (text_list_has(&symptom->rules, finding->rule) ||
		    (finding->effect.length && text_list_has(&symptom->effects, finding->effect)))
			*list_add(arena, &diagnosis->findings) = finding;
	}
	list_sort(&diagnosis->findings, compare_findings);
}

struct diagnosis diagnosis_make(struct arena *arena, const struct log_match *match, struct redaction *redaction,
                                enum language language, const struct diagnostics *diagnostics) {
	struct diagnosis diagnosis = {.match = match};
	const struct symptom *symptom = match->symptom;
	struct pattern *pattern = match->pattern;
	const struct log_entry *entry = &match->entry;
	struct shown_line line = {.source = redact_line(arena, redaction, entry->line)};
	line.message = entry->line.length - entry->message.length;
	line.end = match->cut ? redact_sure(redaction, entry->line.length) : entry->line.length;
	/* It matched before; here its groups are wanted. */
	pattern_match(pattern, entry->message);
	diagnosis.title = fill_in(arena, symptom_text_in(&symptom->title, language), pattern, &line);
	diagnosis.message = fill_in(arena, symptom_text_in(&symptom->message, language), pattern, &line);
	diagnosis.help = fill_in(arena, symptom_text_in(&symptom->help, language), pattern, &line);
	diagnosis.line = show_window(arena, &line, line.message + pattern_span(pattern, 0).start);
	if (diagnostics)
		explain(arena, diagnostics, &diagnosis);
	return diagnosis;
}

static int compare_diagnoses(const void *left, const void *right) {
	const struct log_match *a = ((const struct diagnosis *)left)->match, *b = ((const struct diagnosis *)right)->match;
	size_t grave_a = gravity(a->symptom->effect), grave_b = gravity(b->symptom->effect);
	if (grave_a != grave_b)
		return grave_a < grave_b ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return (a > b) - (a < b);
}

static bool is_explaining(const struct diagnosis_report *report, const struct diagnostic *finding) {
	for (size_t i = 0; i < report->found.count; i++)
		for (size_t j = 0; j < report->found.items[i].findings.count; j++)
			if (report->found.items[i].findings.items[j] == finding)
				return true;
	return false;
}

void diagnosis_collect(struct diagnosis_report *report, const struct log_matches *matches,
                       struct redaction *redaction, const struct diagnostics *diagnostics) {
	report->lines = matches->lines;
	report->given_up = matches->given_up;
	for (size_t i = 0; i < matches->count; i++)
		if (matches->items[i].count)
			*list_add(report->arena, &report->found) =
				diagnosis_make(report->arena, &matches->items[i], redaction, report->language, diagnostics);
	list_sort(&report->found, compare_diagnoses);
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct fix *fix = diagnostics->found.items[i].fix;
		report->fixable += fix && fix->safety == SAFETY_SAFE && !fix->withheld.length &&
		                   is_explaining(report, &diagnostics->found.items[i]);
	}
}
