/* What libFuzzer and the replay of its finds call: one input, always answered with 0; a fault ends the program. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
