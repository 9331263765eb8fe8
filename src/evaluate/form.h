/* How the statements of a file are written: separator, quote and comment. Most files know one or two forms; what no form can
 * satisfy no statement can. */
#ifndef ARILINT_EVALUATE_FORM_H
#define ARILINT_EVALUATE_FORM_H

#include "reader/view.h"

enum { MOST_FORMS = 8 };

/* One variable of each form. */
struct forms {
	const struct variable *variables[MOST_FORMS];
	size_t count;
	bool too_many; /* there are more than that */
};

/* Found out once for a view. */
const struct forms *forms_of(struct arena *arena, struct view *view);

#endif
