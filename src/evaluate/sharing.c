#include "evaluate/sharing.h"

#include "base/path.h"
#include "inventory/peer.h"

static struct file_list *list_of(struct lint *lint, const struct selector *selector, const struct file *shared) {
	const void *identity[] = {selector, shared};
	struct text key = {(const char *)identity, sizeof(identity)};
	return map_place(lint->arena, &lint->sharing, key, sizeof(struct file_list));
}

/* Nobody runs more backends of one server; and each looks at what all others have. */
enum { MOST_SHARING = 100 };

/* With many files, each looking for the others would take long. */
static void sort_out(struct context *context, const struct selector *selector) {
	struct lint *lint = context->lint;
	struct text reason;
	for (size_t i = 0; i < lint->files.count; i++) {
		struct file *file = lint->files.items[i];
		if (file->role != selector->role || file->example || !lint_shows(lint, context->pack, file->source)) continue;
		const struct file *shared = peer_of(lint, file, selector->sharing, context->pack, &reason);
		struct file_list *list = list_of(lint, selector, shared);
		if (list->count < MOST_SHARING)
			*list_add(lint->arena, list) = file;
	}
}

const struct file_list *sharing_files(struct context *context, const struct selector *selector, struct file *file) {
	struct lint *lint = context->lint;
	struct text reason, key = {(const char *)&selector, sizeof(selector)};
	struct file *shared = peer_of(lint, file, selector->sharing, context->pack, &reason);
	if (!shared && peer_count(lint, file, selector->sharing, context->pack)) return NULL;
	if (!map_get(&lint->sharing, key)) {
		map_place(lint->arena, &lint->sharing, key, 1);
		sort_out(context, selector);
	}
	return list_of(lint, selector, shared);
}

/* With the "/" at its end: "srv/crm2" does not lie below "srv/crm". */
static struct text folder_of(const struct file *file) {
	struct text path = file->source->path;
	return text_slice(path, 0, path.length - path_name(path).length);
}

bool sharing_one_program(const struct file *a, const struct file *b) {
	struct text one = folder_of(a), other = folder_of(b);
	return a->role == b->role && (text_starts_with(one, other) || text_starts_with(other, one));
}
