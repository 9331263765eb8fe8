/* Catalogues of translations: a language's texts for one pack, each under its place in the pack. */
#pragma once

#include "rule/language.h"
#include "yaml/node.h"

struct catalogue {
	struct source *source;   /* NULL: there is none in this language */
	const struct node *pack; /* the name of the pack that it is for */
	const struct node *list; /* a map from places ("rules.no-general.message") to texts */
	struct map texts;        /* the same, to be found: place -> text's node */
	struct map used;         /* places that the pack has asked for */
};

/* Where the catalogue of a pack's file is looked for: DIR/uz/NAME.yaml for DIR/NAME.yaml. */
struct text catalogue_path(struct arena *arena, struct text path, enum language language);

/* Reads what lies beside the file of a pack: DIR/uz/NAME.yaml for DIR/NAME.yaml. A catalogue that is not there has no
 * source. Faults go to the diagnostics under `arilint/pack`; false when there are any. `catalogues` is an array of
 * LANGUAGE_COUNT. */
bool catalogues_read(struct diagnostics *diagnostics, struct text path, struct catalogue *catalogues);

/* Adds a fault for each text that the pack has no place for; false when there is one. */
bool catalogues_check_used(struct diagnostics *diagnostics, const struct catalogue *catalogues, struct text pack);
