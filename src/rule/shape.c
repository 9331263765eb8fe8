#include "rule/shape.h"

#include <stddef.h>

const struct member_type found_text = {MEMORY_TEXT, NULL, NULL};
const struct member_type found_texts = {MEMORY_TEXTS, NULL, NULL};
const struct member_type found_number = {MEMORY_NUMBER, NULL, NULL};
const struct member_type found_struct = {MEMORY_STRUCT, NULL, NULL};
const struct member_type found_pointer = {MEMORY_POINTER, NULL, NULL};
const struct member_type found_array = {MEMORY_ARRAY, NULL, NULL};
const struct member_type found_pointers = {MEMORY_POINTERS, NULL, NULL};
const struct member_type found_registered = {MEMORY_REGISTERED, NULL, NULL};
const struct member_type found_registered_ended = {MEMORY_REGISTERED_ENDED, NULL, NULL};
