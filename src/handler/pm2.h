/* What `pm2 jlist` says of an app. It says "online" of one that crashes at its start, while pm2 starts it again and again:
 * only that nothing has changed some seconds later tells that it is up. */
#pragma once

#include "base/list.h"
#include "base/text.h"

/* One process of an app. */
struct pm2_process {
	struct text id;
	struct text status;      /* "online" */
	struct text restarts;
	struct text up_since;
};

struct pm2_list LIST_OF(struct pm2_process);

/* Finds the processes of an app in pm2's output. False with a reason when there are none, or not all are online. */
bool pm2_read(struct arena *arena, struct text output, struct text app, struct pm2_list *list, struct text *reason);

/* Whether none was started again or came or went between two looks; false with a reason. */
bool pm2_steady(struct arena *arena, const struct pm2_list *first, const struct pm2_list *second, struct text *reason);
