#include "verify/report.h"

static const struct verify_report *const table[] = {&verify_report_text, &verify_report_json, &verify_report_nagios,
                                                    &verify_report_prometheus};

const char *const verify_report_names = "text, json, nagios, prometheus";

const char *const verify_probe_words[] = {
	[PROBE_SKIPPED] = "skipped", [PROBE_PASSED] = "passed", [PROBE_WARNED] = "warning", [PROBE_FAILED] = "failed"};

const struct verify_report *verify_report_find(struct text name) {
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (text_is(name, table[i]->name))
			return table[i];
	return NULL;
}

struct text verify_request_words(struct arena *arena, const struct probe_result *result) {
	if (result->probe->websocket)
		return text_format(arena, "WebSocket %.*s", TEXT_ARGUMENTS(result->path));
	return text_format(arena, "%.*s %.*s", TEXT_ARGUMENTS(result->probe->method), TEXT_ARGUMENTS(result->path));
}
