/* A run over files in memory, with a secret in them that no output may show. */
#pragma once

#include "fixer/test.h"

/* Stands nowhere by chance. */
#define PLANTED "Vq7xNw3kTz9m"

struct test_file_list LIST_OF(struct test_file);

struct pack_list packs_built_in(struct arena *arena);

/* An ari.conf, an http.conf and a .env that fit together; PLANTED is the password. */
void planted_add_files(struct arena *arena, struct test_file_list *files);

/* Lints the files by all rules and marks what may not be shown. `test` and the run must not be moved. */
void planted_lint(struct test_run *run, struct rule_test *test, struct arena *arena, const struct test_file_list *files);

/* That a text holds PLANTED in no disguise that is known. */
void require_absent(struct arena *arena, struct text output, const char *what);

/* The same of what goes to the user, once it has passed the last door. */
void require_hidden(struct arena *arena, struct text output, const char *what);

/* Lints the files, reports in every format, fixes, shows the difference, and fixes what the fix has made: that must change
 * nothing. */
void planted_judge(struct arena *arena, const struct test_file_list *files, bool unsafe);
