/* Shapes of all that a pack is made of; each stands where its struct is loaded. */
#pragma once

#include "rule/shape.h"

/* What people write. */
extern const struct shape shape_pack, shape_catalogue, shape_cases, shape_handler, shape_role, shape_target, shape_list,
	shape_setting, shape_selector, shape_rule, shape_fix, shape_test, shape_symptom, shape_expression, shape_verification, shape_meaning;

/* What is written as one text, or in a form of its own, and what the loader finds out. */
extern const struct shape shape_reference, shape_use_of_filter, shape_template, shape_message, shape_words, shape_condition,
	shape_text_set, shape_glob_set, shape_places, shape_reader, shape_file_place, shape_prefilter;
