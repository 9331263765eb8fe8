#include "evaluate/subject.h"

#include "evaluate/expression.h"
#include "evaluate/setting.h"

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

void subjects_each(struct context *context, struct file *file, visitor *visit, void *data) {
	switch (context->selector->kind) {
	case SUBJECT_SECTION:
	case SUBJECT_KEY:
	case SUBJECT_LINE: context_each(context, file, visit, data); break;
	case SUBJECT_SETTING: visit_settings(context, file, visit, data); break;
	case SUBJECT_ANSWER: break;
	case SUBJECT_FILE:
		context->subject = (struct subject){.file = file};
		visit(context, data);
		break;
	case SUBJECT_FAULT:
		for (size_t i = 0; i < file->view->faults.count; i++) {
			context->subject = (struct subject){.file = file, .fault = &file->view->faults.items[i]};
			visit(context, data);
		}
		break;
	}
}
