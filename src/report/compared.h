/* Which files were compared with which, in words. */
#pragma once

#include "report/report.h"

/* Whether any of the files was compared with another. */
bool compared_any(const struct report_input *input);

/* Adds a line: "compared: .env with ari.conf, http.conf; modules.conf with no other". Nothing where no file was. */
void compared_write(const struct report_input *input, struct buffer *out);

/* Adds the member `compared`: of each pair `path` and `with`. */
void compared_add_json(const struct report_input *input, struct json *json);
