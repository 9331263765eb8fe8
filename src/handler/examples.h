/* The ready-made definitions of src/integrations/handlers/, compiled in (see embed/pack_embed.c). */
#pragma once

#include "base/text.h"

struct example {
	const char *file;  /* "asterisk.yaml" */
	struct text yaml;
};

/* Ends with a NULL file. */
extern const struct example examples[];
