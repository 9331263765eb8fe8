#include "check/check.h"

#define CHECK(name) extern const struct check check_##name;
#include "check/checks.def"
#undef CHECK

const struct check *const checks[] = {
#define CHECK(name) &check_##name,
#include "check/checks.def"
#undef CHECK
	NULL,
};

const struct check *check_find(struct text name)
{
	for (size_t i = 0; checks[i]; i++)
		if (text_is(name, checks[i]->name))
			return checks[i];
	return NULL;
}
