#include "verify/server.h"

#include <unistd.h>

#include "model/account.h"
#include "reader/reader.h"
#include "trust/trust.h"

static void add_account(struct arena *arena, struct text name, struct user_list *users, struct trusted *trusted) {
	struct account account;
	if (!name.length || !account_find(arena, name, &account)) return;
	*list_add(arena, users) = account.user;
	if (trusted->count < TRUST_MOST_USERS)
		trusted->users[trusted->count++] = account.user;
}

/* The last value of a key of a section, as Asterisk would read the file. */
static struct text read_key(struct arena *arena, const struct text_list *where) {
	struct text fault = TEXT(""), found = TEXT("");
	struct reading reading = {.arena = arena, .source = source_read(arena, where->items[0], &fault)};
	const struct view *view = fault.length ? NULL : reader_read(reader_find(TEXT("asterisk")), &reading);
	for (size_t i = 0; view && i < view->sections.count; i++) {
		const struct section *section = view->sections.items[i];
		for (size_t j = 0; text_equal(section->name, where->items[1]) && j < section->variables.count; j++)
			if (text_equal_ignoring_case(section->variables.items[j].name, where->items[2]))
				found = section->variables.items[j].value;
	}
	return found;
}

/* Who may change the file names himself at most: he must be among those who are trusted. */
static void add_named(struct arena *arena, const struct text_list *where, struct user_list *users, struct trusted *trusted) {
	struct text fault = TEXT("");
	struct trusted with = *trusted;
	if (where->count != 3) return;
	struct text name = read_key(arena, where);
	if (trust_path(arena, where->items[0], WAY_FILE, &with, &fault))
		add_account(arena, name, users, trusted);
}

struct text server_doubt(struct arena *arena, const struct verification *verification, struct text host, struct text port,
                         enum listener *listener) {
	struct trusted trusted = trust_in_us();
	struct user_list users = {0};
	unsigned other = 0;
	*list_add(arena, &users) = geteuid();
	add_account(arena, verification->account, &users, &trusted);
	add_named(arena, &verification->account_from, &users, &trusted);
	*listener = listener_find(arena, host, port, &users, &other);
	switch (*listener) {
	case LISTENER_TRUSTED: break;
	case LISTENER_NONE: return TEXT("nobody listens there");
	case LISTENER_OTHER:
		return text_format(arena, "it is the user %.*s who listens there, not the server", TEXT_ARGUMENTS(account_user_name(arena, other)));
	case LISTENER_UNKNOWN: return TEXT("it can't be told who listens there");
	}
	return TEXT("");
}
