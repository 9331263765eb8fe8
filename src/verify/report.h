/* What verification found, in a form for people or programs; one file each, one line each in the table in report.c. */
#pragma once

#include "base/buffer.h"
#include "verify/verify.h"

struct verify_report_input {
	struct arena *arena;
	const struct client_list *clients;
	struct verify_summary summary;
	struct text fault;   /* why no answer could be had; empty: none is missing */
	bool colour;
	const char *version;
};

struct verify_report {
	const char *name;
	void (*write)(const struct verify_report_input *input, struct buffer *out);
};

extern const struct verify_report verify_report_text, verify_report_json, verify_report_nagios, verify_report_prometheus;

/* NULL when there is none of that name. */
const struct verify_report *verify_report_find(struct text name);
extern const char *const verify_report_names;

/* By their state: "passed", ... */
extern const char *const verify_probe_words[];

/* "GET /ari/asterisk/info" */
struct text verify_request_words(struct arena *arena, const struct probe_result *result);
