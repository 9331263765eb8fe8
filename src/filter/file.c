/* Filters that ask the machine about a file: nothing is read but its folder's entries and their status. */
#include "filter/filter.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "model/account.h"

static bool is_on_disk(const struct source *source) { return source->status.st_ino != 0; }

/* The machine is asked once: the answer, a path that may be empty, is kept under the name and what no path has. */
static struct text find_beside(struct arena *arena, struct file *file, struct text name, const struct source_list *memory) {
	struct text key = text_join(arena, TEXT("\0beside/"), name);
	struct text *known = map_place(file->arena, &file->found, key, sizeof(*known));
	if (!known->bytes)
		*known = source_beside(file->arena, file->source, name, memory);
	return *known;
}

static struct value beside(struct arena *arena, struct value value, const struct argument *argument) {
	struct text path = find_beside(arena, value.file, argument->text, argument->memory);
	if (!path.length)
		return value_absent(value.file, value.section);
	return value_with_fact(value, path);
}

/* The machine of the file that the value stands in is asked; a path without a root may be below any folder. */
static struct value on_disk(struct arena *arena, struct value value, const struct argument *argument) {
	bool told = value.file && (argument->memory || is_on_disk(value.file->source));
	if (!told || !text_starts_with(value.text, TEXT("/")))
		return value_absent(value.file, value.section);
	bool there = source_is_there(arena, value.file->source, value.text, argument->memory);
	return value_with_fact(value, value_truth(there));
}

/* Every folder above a file must let the user through. */
static enum account_answer may_reach(struct arena *arena, struct text user, struct text path) {
	enum account_answer answer = ACCOUNT_YES;
	struct text folder = path_prefix(path);
	while (folder.length && answer == ACCOUNT_YES) {
		struct stat status;
		if (stat(text_string(arena, folder), &status) < 0)
			return ACCOUNT_UNKNOWN;
		answer = account_may(arena, user, &status, X_OK);
		folder = path_prefix(text_slice(folder, 0, folder.length - 1));
	}
	return answer;
}

static struct value readable_by(struct arena *arena, struct value value, const struct argument *argument) {
	const struct source *source = value.file->source;
	enum account_answer answer = source->status.st_mode & S_IROTH ? ACCOUNT_YES : ACCOUNT_NO;
	if (!source->status.st_mode)
		return value_absent(value.file, value.section);
	if (is_on_disk(source))
		answer = account_may(arena, argument->text, &source->status, R_OK);
	if (is_on_disk(source) && answer == ACCOUNT_YES)
		answer = may_reach(arena, argument->text, source->path);
	if (answer == ACCOUNT_UNKNOWN)
		return value_absent(value.file, value.section);
	return value_with_fact(value, value_truth(answer == ACCOUNT_YES));
}

const struct filter filter_beside = {"beside", ARGUMENT_TEXT,
	"the path of the file of that name in the same folder; absent without one", beside, .asks_machine = true};
const struct filter filter_on_disk = {"on_disk", ARGUMENT_NONE,
	"`true` or `false`: whether a file lies on this machine at the path that the value is; absent where it does not begin with a slash",
	on_disk, .asks_machine = true};
const struct filter filter_readable_by = {
	"readable_by", ARGUMENT_TEXT,
	"whether mode and folders let that user read its file (`true`, `false`); absent where the machine has no such user",
	readable_by, .asks_machine = true};
