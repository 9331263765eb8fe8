/* Tests of a rule, as its pack or a file of cases gives them: files in, what must be found, and the files as they are
 * after the fix. */
#pragma once

#include "rule/pack.h"

struct test_file {
	struct text path; /* as a user would write it; the name gives the role */
	struct text content;
	struct text fixed; /* after the fix; the same as `content` where the test does not name the file */
	uint32_t mode;     /* permission bits; 0: none are known */
	const struct reader *readers[ROLE_MOST_READERS];
	size_t reader_count; /* 0: the role's readers read it */
};

/* One finding that must come. */
struct test_finding {
	struct text place; /* FILE:LINE:COLUMN, as the pack spells it */
	struct text path;
	uint32_t line, column;
	struct text rule;    /* its full id; empty: the rule of the test */
	struct text message; /* empty: any */
	bool has_severity;
	enum severity severity;
	bool has_effect;
	struct text effect; /* empty: the finding must have none */
};

struct rule_test {
	struct file_place place;
	bool all_rules; /* all that are on by default are judged, of all packs; else the rule alone is */
	struct ARRAY_OF(struct test_file) files;
	struct ARRAY_OF(struct version) versions;
	struct text authority;                         /* the role that is right; empty: as the pack says */
	struct ARRAY_OF(struct test_finding) findings; /* sorted by path, line and column */
	bool not_evaluated;                            /* the rule must not be judged */
	bool unsafe;                                   /* unsafe fixes are applied too */
	bool has_fixed;                                /* the files after the fix are compared */
};

/* Tests of one rule in a file of their own. */
struct cases {
	struct text path;
	const struct pack *pack;
	const struct rule *rule;
	struct ARRAY_OF(struct rule_test) tests;
};

struct cases_list LIST_OF(struct cases);
