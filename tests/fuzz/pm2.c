/* Any bytes as what `pm2 jlist` prints: an app is up, or a reason says why it can't be told. */
#include "handler/pm2.h"
#include "target.h"

static bool read_list(struct arena *arena, struct text bytes, struct pm2_list *list) {
	struct text reason = TEXT("");
	bool up = pm2_read(arena, bytes, TEXT("backend"), list, &reason);
	require(up == !reason.length, "it is %s, and the reason is: %.*s", up ? "up" : "not up", TEXT_ARGUMENTS(reason));
	require(!up || list->count, "an app is up that has no process");
	return up;
}

/* Two looks, one above the other. */
void take_pm2(struct text bytes) {
	struct arena arena = {0};
	struct pm2_list first = {0}, second = {0};
	struct text reason = TEXT("");
	size_t half = text_find(bytes, TEXT("\n---\n"));
	bool up = read_list(&arena, text_slice(bytes, 0, half), &first);
	if (up && half != TEXT_NOT_FOUND && read_list(&arena, text_from(bytes, half + 5), &second)) {
		bool steady = pm2_steady(&arena, &first, &second, &reason);
		require(steady == !reason.length, "steady or not, and the reason is: %.*s", TEXT_ARGUMENTS(reason));
	}
	arena_release(&arena);
}
