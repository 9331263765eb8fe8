/* A stand-in for libcurl: what src/integrations/verify calls of it, without a network. */
#pragma once

#include "base/text.h"

/* What the server says on the next connections, all of them together; `{accept}` in it becomes the right answer to a
 * WebSocket's key. */
void curl_will_answer(struct text bytes);
