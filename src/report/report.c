#include "report/report.h"

static const struct report *const reports[] = {
#define REPORT(name) &report_##name,
#include "report/reports.def"
#undef REPORT
};

static const char listed[] =
#define REPORT(name) ", " #name
#include "report/reports.def"
#undef REPORT
	;

const char *const report_names = listed + sizeof(", ") - 1;

const struct report *report_find(struct text name) {
	for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++)
		if (text_is(name, reports[i]->name))
			return reports[i];
	return NULL;
}
