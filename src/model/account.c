#include "model/account.h"

#include <unistd.h>

#include "source/source.h"

/* The fields of passwd(5) and group(5) begin alike: name, password, number. */
struct account {
	struct text name;
	int64_t number;
	struct text rest;     /* the fields behind the number */
};

static bool read_account(struct text *lines, struct account *account)
{
	while (lines->length) {
		struct text line = text_cut(lines, '\n');
		account->name = text_cut(&line, ':');
		text_cut(&line, ':');
		struct text number = text_cut(&line, ':');
		account->rest = line;
		if (account->name.length && text_to_integer(number, &account->number))
			return true;
	}
	return false;
}

static struct text read_table(struct arena *arena, const char *path)
{
	struct text fault = TEXT("");
	return source_read(arena, text_of(path), &fault)->bytes;
}

static struct text name_of(struct arena *arena, const char *path, int64_t number)
{
	struct text lines = read_table(arena, path);
	struct account account;
	while (read_account(&lines, &account))
		if (account.number == number)
			return account.name;
	return text_format(arena, "%lld", (long long)number);
}

struct text account_user_name(struct arena *arena, uid_t user)
{
	return name_of(arena, "/etc/passwd", user);
}

struct text account_group_name(struct arena *arena, gid_t group)
{
	return name_of(arena, "/etc/group", group);
}

static bool is_member(struct arena *arena, struct text user, int64_t group)
{
	struct text lines = read_table(arena, "/etc/group");
	struct account account;
	while (read_account(&lines, &account))
		for (struct text members = account.rest; account.number == group && members.length;)
			if (text_equal(text_cut(&members, ','), user))
				return true;
	return false;
}

enum account_answer account_may(struct arena *arena, struct text user, const struct stat *status, int access)
{
	struct text lines = read_table(arena, "/etc/passwd");
	struct account account;
	bool found = false;
	while (!found && read_account(&lines, &account))
		found = text_equal(account.name, user);
	if (!found)
		return ACCOUNT_UNKNOWN;
	int64_t own_group = -1;
	text_to_integer(text_cut(&account.rest, ':'), &own_group);
	mode_t bits = status->st_mode;
	if (account.number == 0)
		bits = access == R_OK || S_ISDIR(bits) || (bits & 0111) ? 07 : 0;
	else if ((int64_t)status->st_uid == account.number)
		bits >>= 6;
	else if ((int64_t)status->st_gid == own_group || is_member(arena, user, status->st_gid))
		bits >>= 3;
	return (bits & (mode_t)access) == (mode_t)access ? ACCOUNT_YES : ACCOUNT_NO;
}
