#include "filter/filter.h"

#define FILTER(name) extern const struct filter filter_##name;
#include "filter/filters.def"
#undef FILTER

const struct filter *const filters[] = {
#define FILTER(name) &filter_##name,
#include "filter/filters.def"
#undef FILTER
	NULL,
};

const struct filter *filter_find(struct text name) {
	for (size_t i = 0; filters[i]; i++)
		if (text_is(name, filters[i]->name))
			return filters[i];
	return NULL;
}
