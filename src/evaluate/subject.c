#include "evaluate/subject.h"

#include "evaluate/expression.h"
#include "evaluate/match.h"

static void visit_matches(struct context *context, const struct setting *setting, struct file *file, visitor *visit,
                          void *data) {
	struct text doubt = TEXT("");
	context->subject = (struct subject){.file = file};
	const struct match_list *matches = setting_matches(context, setting, file, &doubt);
	for (size_t i = 0; matches && i < matches->count; i++) {
		context->subject = match_subject(&matches->items[i], file);
		context->subject.doubt = doubt;
		visit(context, data);
	}
}

static void visit_settings(struct context *context, struct file *file, visitor *visit, void *data) {
	for (size_t i = 0; i < context->selector->settings.count; i++)
		visit_matches(context, context->selector->settings.items[i], file, visit, data);
}

/* Statements stand in the order of the file; an included file's stand among them. */
static void visit_lines(struct context *context, struct file *file, visitor *visit, void *data) {
	struct source *source = file->source;
	const struct view *view = file->view;
	size_t entry = 0;
	uint32_t end;
	for (uint32_t start = 0; start < source->bytes.length; start = end) {
		size_t feed = text_find_byte(text_from(source->bytes, start), '\n');
		end = feed == TEXT_NOT_FOUND ? (uint32_t)source->bytes.length : start + (uint32_t)feed + 1;
		while (entry < view->entries.count &&
		       (view->entries.items[entry]->source != source || view->entries.items[entry]->lines.end <= start))
			entry++;
		const struct entry *here = entry < view->entries.count ? view->entries.items[entry] : NULL;
		context->subject = (struct subject){.file = file, .line = {start, end}};
		context->subject.continued = here && here->lines.start < start;
		context->subject.goes_on = here && here->lines.start < end && here->lines.end > end;
		context->subject.line.end -= feed != TEXT_NOT_FOUND;
		if (context->subject.line.end > start && source->bytes.bytes[context->subject.line.end - 1] == '\r')
			context->subject.line.end--;
		visit(context, data);
	}
}

void subjects_each(struct context *context, struct file *file, visitor *visit, void *data) {
	switch (context->selector->kind) {
	case SUBJECT_SECTION:
	case SUBJECT_KEY: context_each(context, file, visit, data); break;
	case SUBJECT_SETTING: visit_settings(context, file, visit, data); break;
	case SUBJECT_ANSWER: break;
	case SUBJECT_FILE:
		context->subject = (struct subject){.file = file};
		visit(context, data);
		break;
	case SUBJECT_LINE: visit_lines(context, file, visit, data); break;
	case SUBJECT_FAULT:
		for (size_t i = 0; i < file->view->faults.count; i++) {
			context->subject = (struct subject){.file = file, .fault = &file->view->faults.items[i]};
			visit(context, data);
		}
		break;
	}
}
