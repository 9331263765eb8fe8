/* Tests of a rule, as its pack or a file of cases gives them: files in, what must be found, and the files as they are
 * after the fix. */
#ifndef ARILINT_RULE_TEST_H
#define ARILINT_RULE_TEST_H

#include "base/map.h"
#include "rule/pack.h"

struct test_file {
	struct text path;        /* as a user would write it; the name gives the role */
	struct text content;
	struct text fixed;       /* after the fix; the same as `content` where the test does not name the file */
	uint32_t mode;           /* permission bits; 0: none are known */
	const struct reader *readers[ROLE_MOST_READERS];
	size_t reader_count;     /* 0: the role's readers read it */
	const struct node *node; /* the name in the pack */
};

/* One finding that must come. */
struct test_finding {
	struct text place;       /* FILE:LINE:COLUMN, as the pack spells it */
	struct text path;
	uint32_t line, column;
	struct text rule;        /* its full id; empty: the rule of the test */
	struct text message;     /* empty: any */
	bool has_severity;
	enum severity severity;
	bool has_effect;
	struct text effect;      /* empty: the finding must have none */
};

struct rule_test {
	const struct node *node;
	const struct pack_list *packs; /* all of their rules that are on by default are judged; NULL: the rule alone is */
	struct test_file *files;
	size_t file_count;
	struct map paths;              /* -> struct test_file */
	struct version *versions;
	size_t version_count;
	struct text authority;         /* the role that is right; empty: as the pack says */
	struct test_finding *findings; /* sorted by path, line and column */
	size_t finding_count;
	bool not_evaluated;            /* the rule must not be judged */
	bool unsafe;                   /* unsafe fixes are applied too */
	bool has_fixed;                /* the files after the fix are compared */
};

/* Tests of one rule in a file of their own. */
struct cases {
	struct source *source;
	const struct pack *pack;
	const struct rule *rule;
	const struct rule_test *tests;
	size_t test_count;
};

struct cases_list LIST_OF(struct cases);

#endif
