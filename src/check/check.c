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
