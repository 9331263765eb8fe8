/* Where a finding is, as programs that read reports want it told. */
#pragma once

#include "report/report.h"

/* What is listed of a finding at most. */
enum { PLACE_MOST_LABELS = 16 };

/* Whether a place is all of a file: then it has no line of its own. */
bool place_is_whole_file(struct place place);

bool place_is_same(struct place a, struct place b);

/* The path without "./" in front, as trees of files know it. */
struct text place_path(struct place place);

/* The same for the beginning of a line of output: with "./" before it where a CI system could take it for a command. */
struct text place_path_in_line(struct arena *arena, struct place place);

/* The path as a reference of RFC 3986, "file:///..." where it is absolute; bytes that stand for something else there are
 * percent-encoded. */
struct text place_uri(struct arena *arena, struct place place);

struct region {
	struct position start, end;
};

struct region place_region(struct place place);
