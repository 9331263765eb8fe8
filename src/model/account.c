#include "model/account.h"

#include <unistd.h>

#include "source/source.h"

/* The fields of passwd(5) and group(5) begin alike: name, password, number. */
struct line {
	struct text name;
	int64_t number;
	struct text rest;     /* the fields behind the number */
};

static bool read_line(struct text *lines, struct line *line) {
	while (lines->length) {
		struct text rest = text_cut(lines, '\n');
		line->name = text_cut(&rest, ':');
		text_cut(&rest, ':');
		struct text number = text_cut(&rest, ':');
		line->rest = rest;
		if (line->name.length && text_to_integer(number, &line->number)) return true;
	}
	return false;
}

static struct text read_table(struct arena *arena, const char *path) {
	struct text fault = TEXT("");
	return source_read(arena, text_of(path), &fault)->bytes;
}

static struct text name_of(struct arena *arena, const char *path, int64_t number) {
	struct text lines = read_table(arena, path);
	struct line line;
	while (read_line(&lines, &line))
		if (line.number == number)
			return line.name;
	return text_format(arena, "%lld", (long long)number);
}

struct text account_user_name(struct arena *arena, uid_t user) { return name_of(arena, "/etc/passwd", user); }

struct text account_group_name(struct arena *arena, gid_t group) { return name_of(arena, "/etc/group", group); }

static bool is_member(struct arena *arena, struct text user, int64_t group) {
	struct text lines = read_table(arena, "/etc/group");
	struct line line;
	while (read_line(&lines, &line))
		for (struct text members = line.rest; line.number == group && members.length;)
			if (text_equal(text_cut(&members, ','), user))
				return true;
	return false;
}

static void add_groups(struct arena *arena, struct account *account) {
	struct text lines = read_table(arena, "/etc/group");
	struct line line;
	*list_add(arena, &account->groups) = account->group;
	while (read_line(&lines, &line))
		for (struct text members = line.rest; members.length;)
			if (text_equal(text_cut(&members, ','), account->name) && (gid_t)line.number != account->group)
				*list_add(arena, &account->groups) = (gid_t)line.number;
}

bool account_find(struct arena *arena, struct text name, struct account *account) {
	struct text lines = read_table(arena, "/etc/passwd");
	struct line line;
	int64_t group;
	while (read_line(&lines, &line)) {
		struct text number = text_cut(&line.rest, ':');
		if (!text_equal(line.name, name) || line.number < 0 || line.number > UINT32_MAX ||
		    !text_to_integer(number, &group) || group < 0 || group > UINT32_MAX)
			continue;
		text_cut(&line.rest, ':');
		*account = (struct account){
			.name = name, .home = text_cut(&line.rest, ':'), .user = (uid_t)line.number, .group = (gid_t)group};
		add_groups(arena, account);
		return true;
	}
	return false;
}

enum account_answer account_may(struct arena *arena, struct text user, const struct stat *status, int access) {
	struct text lines = read_table(arena, "/etc/passwd");
	struct line line;
	bool found = false;
	while (!found && read_line(&lines, &line))
		found = text_equal(line.name, user);
	if (!found)
		return ACCOUNT_UNKNOWN;
	int64_t own_group = -1;
	text_to_integer(text_cut(&line.rest, ':'), &own_group);
	mode_t bits = status->st_mode;
	if (line.number == 0)
		bits = access == R_OK || S_ISDIR(bits) || (bits & 0111) ? 07 : 0;
	else if ((int64_t)status->st_uid == line.number)
		bits >>= 6;
	else if ((int64_t)status->st_gid == own_group || is_member(arena, user, status->st_gid))
		bits >>= 3;
	return (bits & (mode_t)access) == (mode_t)access ? ACCOUNT_YES : ACCOUNT_NO;
}
