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

static void add_groups(struct arena *arena, struct text lines, struct account *account) {
	struct line line;
	*list_add(arena, &account->groups) = account->group;
	while (read_line(&lines, &line))
		for (struct text members = line.rest; members.length;)
			if (text_equal(text_cut(&members, ','), account->name) && (gid_t)line.number != account->group)
				*list_add(arena, &account->groups) = (gid_t)line.number;
}

static bool take_account(struct arena *arena, const struct line *line, struct text groups, struct account *account) {
	struct text rest = line->rest, number = text_cut(&rest, ':');
	int64_t group;
	if (line->number < 0 || line->number > UINT32_MAX || !text_to_integer(number, &group) || group < 0 ||
	    group > UINT32_MAX)
		return false;
	text_cut(&rest, ':');
	*account = (struct account){
		.name = line->name, .home = text_cut(&rest, ':'), .user = (uid_t)line->number, .group = (gid_t)group};
	add_groups(arena, groups, account);
	return true;
}

bool account_find(struct arena *arena, struct text name, struct account *account) {
	struct text lines = read_table(arena, "/etc/passwd");
	struct line line;
	while (read_line(&lines, &line))
		if (text_equal(line.name, name) && take_account(arena, &line, read_table(arena, "/etc/group"), account))
			return true;
	return false;
}

/* Whether the files are all that is asked: "passwd: files systemd". */
static bool is_local(struct text service) {
	return text_is(service, "files") || text_is(service, "compat") || text_is(service, "systemd");
}

static bool are_files_all(struct arena *arena) {
	static const struct text databases[] = {TEXT_INIT("passwd"), TEXT_INIT("group"), TEXT_INIT("initgroups")};
	struct text lines = read_table(arena, "/etc/nsswitch.conf");
	bool local = true;
	while (lines.length) {
		struct text line = text_cut(&lines, '\n'), services = text_cut(&line, '#');
		struct text name = text_trim(text_cut(&services, ':'), " \t");
		for (size_t i = 0; i < sizeof(databases) / sizeof(*databases); i++)
			while (text_equal(name, databases[i]) && services.length) {
				struct text service = text_trim(text_cut(&services, ' '), " \t");
				local = local && (!service.length || is_local(service));
			}
	}
	return local;
}

const struct accounts *accounts_read(void) {
	static struct arena arena;
	static struct accounts accounts;
	struct account account;
	struct line line;
	if (accounts.users.count)
		return &accounts;
	struct text users = read_table(&arena, "/etc/passwd"), groups = read_table(&arena, "/etc/group");
	while (read_line(&users, &line))
		if (take_account(&arena, &line, groups, &account))
			*list_add(&arena, &accounts.users) = account;
	for (struct text lines = groups; read_line(&lines, &line);) {
		*list_add(&arena, &accounts.groups) = (gid_t)line.number;
		*list_add(&arena, &accounts.names) = line.name;
	}
	accounts.complete = are_files_all(&arena);
	return &accounts;
}

static bool is_private(const struct accounts *accounts, gid_t group, struct text name) {
	for (size_t i = 0; i < accounts->users.count; i++)
		if (accounts->users.items[i].group == group && text_equal(accounts->users.items[i].name, name))
			return true;
	return false;
}

bool accounts_know_group(const struct accounts *accounts, gid_t group) {
	for (size_t i = 0; i < accounts->groups.count; i++)
		if (accounts->groups.items[i] == group)
			return accounts->complete || is_private(accounts, group, accounts->names.items[i]);
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
