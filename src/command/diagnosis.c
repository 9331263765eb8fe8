#include "command/diagnosis.h"

#include "diagnostic/effect.h"
#include "evaluate/about.h"
#include "log/place.h"

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

static struct text fill_in(struct arena *arena, const struct symptom_text *parts, const struct log_seeker *seeker,
                           const struct shown_line *line) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < parts->count; i++) {
		struct span span = log_span(seeker, parts->items[i].group);
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

static int compare_explanations(const void *left, const void *right) {
	const struct explanation *first = left, *second = right;
	const struct diagnostic *a = first->finding, *b = second->finding;
	size_t grave_a = gravity(a->effect), grave_b = gravity(b->effect);
	if (first->certain != second->certain)
		return first->certain ? -1 : 1;
	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	if (grave_a != grave_b)
		return grave_a < grave_b ? -1 : 1;
	return (a > b) - (a < b); /* as they were found: by path and line */
}

enum agreement { AGREES, DIFFERS, UNTOLD };

/* Whether a finding is about what the line names, as far as the line names it. */
static enum agreement agree(struct lint *lint, const struct diagnosis *diagnosis, const struct symptom_about *about,
                            const struct diagnostic *finding) {
	const struct symptom *symptom = diagnosis->match->symptom;
	struct text message = diagnosis->match->entry.message;
	bool named = false, told = true;
	for (size_t i = 0; i < about->same.count; i++) {
		const struct symptom_name *name = &symptom->names.items[about->same.items[i].name];
		struct span span = log_span(diagnosis->match->seeker, name->group);
		struct text text = text_slice(message, span.start, span.end);
		if (!text.length) continue;
		struct value value = about_value(lint, finding, about->same.items[i].reference);
		bool present = value.state == VALUE_PRESENT && value.text.length;
		bool same = present && (name->is_host ? text_equal(place_of_host(lint->arena, text), place_of_host(lint->arena, value.text))
		                                      : text_equal(text, value.text));
		if (present && !same)
			return DIFFERS;
		named = true;
		told = told && present;
	}
	return named && told ? AGREES : UNTOLD;
}

static enum agreement agree_with_any(struct lint *lint, const struct diagnosis *diagnosis, const struct diagnostic *finding) {
	const struct symptom *symptom = diagnosis->match->symptom;
	enum agreement agreement = symptom->about.count ? UNTOLD : AGREES;
	for (size_t i = 0; i < symptom->about.count && agreement == UNTOLD; i++)
		agreement = agree(lint, diagnosis, &symptom->about.items[i], finding);
	return agreement;
}

static void explain(struct arena *arena, struct lint *lint, struct diagnosis *diagnosis) {
	const struct symptom *symptom = diagnosis->match->symptom;
	for (size_t i = 0; i < lint->diagnostics->found.count; i++) {
		const struct diagnostic *finding = &lint->diagnostics->found.items[i];
		if (!text_list_has(&symptom->rules, finding->rule) &&
		    !(finding->effect.length && text_list_has(&symptom->effects, finding->effect)))
			continue;
		enum agreement agreement = agree_with_any(lint, diagnosis, finding);
		if (agreement != DIFFERS)
			*list_add(arena, &diagnosis->findings) = (struct explanation){finding, agreement == AGREES};
	}
	list_sort(&diagnosis->findings, compare_explanations);
}

static void take_names(struct arena *arena, const struct shown_line *line, struct diagnosis *diagnosis) {
	const struct symptom *symptom = diagnosis->match->symptom;
	for (size_t i = 0; i < symptom->names.count; i++) {
		struct span span = log_span(diagnosis->match->seeker, symptom->names.items[i].group);
		if (span.end > span.start)
			*list_add(arena, &diagnosis->names) = (struct named){
				symptom->names.items[i].text,
				show(arena, line, line->message + span.start, line->message + span.end, LONGEST_CAPTURE)};
	}
}

/* What the pattern knows to be a secret, though nothing else about it says so. */
static void hide_secret(struct arena *arena, const struct log_seeker *seeker, const struct shown_line *line) {
	const struct symptom *symptom = seeker->symptom;
	struct span span = log_span(seeker, symptom->secret);
	if (!symptom->secret || span.end == span.start) return;
	uint32_t before = (uint32_t)line->message;
	redact_mark(arena, line->source, (struct span){before + span.start, before + span.end});
	redact_settle(line->source);
}

struct diagnosis diagnosis_make(struct arena *arena, const struct log_match *match, struct redaction *redaction,
                                enum language language, struct lint *lint) {
	struct diagnosis diagnosis = {.match = match};
	const struct symptom *symptom = match->symptom;
	struct log_seeker *seeker = match->seeker;
	const struct log_entry *entry = &match->entry;
	struct shown_line line = {.source = redact_line(arena, redaction, entry->line)};
	line.message = entry->line.length - entry->message.length;
	line.end = match->cut ? redact_sure(redaction, entry->line.length) : entry->line.length;
	/* It matched before; here its groups are wanted. */
	log_seek(seeker, entry->message);
	hide_secret(arena, seeker, &line);
	diagnosis.title = fill_in(arena, symptom_text_in(&symptom->title, language), seeker, &line);
	diagnosis.message = fill_in(arena, symptom_text_in(&symptom->message, language), seeker, &line);
	diagnosis.help = fill_in(arena, symptom_text_in(&symptom->help, language), seeker, &line);
	diagnosis.line = show_window(arena, &line, line.message + log_span(seeker, 0).start);
	take_names(arena, &line, &diagnosis);
	if (lint)
		explain(arena, lint, &diagnosis);
	return diagnosis;
}

static int compare_diagnoses(const void *left, const void *right) {
	const struct log_match *a = ((const struct diagnosis *)left)->match, *b = ((const struct diagnosis *)right)->match;
	size_t grave_a = gravity(a->symptom->effect), grave_b = gravity(b->symptom->effect);
	if (grave_a != grave_b)
		return grave_a < grave_b ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

static bool is_explaining(const struct diagnosis_report *report, const struct diagnostic *finding) {
	for (size_t i = 0; i < report->found.count; i++)
		for (size_t j = 0; j < report->found.items[i].findings.count; j++)
			if (report->found.items[i].findings.items[j].finding == finding)
				return true;
	return false;
}

void diagnosis_collect(struct diagnosis_report *report, const struct log_matches *matches,
                       struct redaction *redaction, struct lint *lint) {
	const struct diagnostics *diagnostics = lint->diagnostics;
	report->lines = matches->lines;
	report->given_up = matches->given_up;
	report->not_told_apart = matches->not_told_apart;
	for (size_t i = 0; i < matches->found.count; i++)
		*list_add(report->arena, &report->found) =
			diagnosis_make(report->arena, matches->found.items[i], redaction, report->language, lint);
	list_sort(&report->found, compare_diagnoses);
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct fix *fix = diagnostics->found.items[i].fix;
		report->fixable += fix && fix->safety == SAFETY_SAFE && !fix->withheld.length &&
		                   is_explaining(report, &diagnostics->found.items[i]);
	}
}
