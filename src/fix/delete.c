/* delete: takes a statement out; a comment behind it stays. */
#include "fix/operator.h"

static void delete_statement(struct fix_run *run)
{
	struct value place = run->places[0];
	const struct entry *entry = place.entry;
	if (!entry) {
		run->fix->withheld = TEXT("there is no statement to delete");
		return;
	}
	struct span gone = entry->lines;
	if (entry->comment.end > entry->comment.start)
		gone = (struct span){entry->key.start, entry->comment.start};
	fix_edit(run, entry->source, gone, TEXT(""), false);
}

const struct fix_operator fix_delete = {
	"delete", "takes a statement out; a comment behind it stays", {{"place", FIX_PLACE, false}}, delete_statement};
