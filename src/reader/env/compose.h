/* What `$` means in a value of docker compose. */
#pragma once

#include "reader/env/expand.h"

/* The statement's content with its variables, as compose-go 2, template/template.go: the caller's environment first,
 * then what the file has given. What can't be read refuses the file. Text in single quotes stays as it is. */
struct text compose_expand(struct env_scan *scan, const struct env_statement *statement);
