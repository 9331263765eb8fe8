/* Meanings: what keys are for, told to who writes them. */
#include "rule/load_language.h"
#include "rule/load_selector.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

static void load_meaning(struct loader *loader, const struct node *node, void *object) {
	struct meaning *meaning = object;
	load_members(loader, node, &shape_meaning, meaning);
	loader->selector = NULL;
	loader->selector_failed = false;
	const struct selector *selector = meaning->selector;
	if (selector && !(selector->kind & (SUBJECT_KEY | SUBJECT_SETTING)))
		loader_fault(loader, node, TEXT("write {each: key, in: ROLE, where: {key: ...}}, or {setting: NAME}"),
		             "a meaning is that of keys");
}

static const struct member meaning_members[] = {
	{AT(meaning, name), NULL, &found_text},
	{AT(meaning, selector), "look_at", &member_selector, NEEDED,
         "the keys: those that its `where` names, of `each: key`, or those of settings", &shape_selector},
	{AT(meaning, about), "about", &member_words, NEEDED, "what they are for, one sentence; may be a map of languages",
         &shape_words},
	{0},
};
const struct shape shape_meaning = {STRUCT(meaning), "a meaning", "what keys are for", meaning_members, load_meaning};
