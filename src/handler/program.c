#include "handler/program.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trust/trust.h"

bool program_account(struct arena *arena, const struct handler *handler, struct account *account, struct text *reason) {
	uid_t us = geteuid();
	struct text name = handler->user.length ? handler->user : account_user_name(arena, us);
	if (!account_find(arena, name, account)) {
		*account = (struct account){.name = name, .home = TEXT("/"), .user = us, .group = getegid()};
		if (!handler->user.length) return true;
		*reason = text_format(arena, "there is no user '%.*s' in /etc/passwd", TEXT_ARGUMENTS(name));
		return false;
	}
	if (us == 0 || account->user == us) return true;
	*reason = text_format(arena, "only root can run it as the user '%.*s'", TEXT_ARGUMENTS(name));
	return false;
}

/* The path without symbolic links; empty with errno set. */
static struct text resolve(struct arena *arena, struct text path) {
	char resolved[PATH_MAX];
	return realpath(text_string(arena, path), resolved) ? text_copy(arena, text_of(resolved)) : TEXT("");
}

static bool check_file(struct arena *arena, struct text path, const struct account *account, struct text *fault) {
	const struct trusted trusted = trust_in(account->user);
	struct stat status;
	struct text resolved = resolve(arena, path);
	if (!resolved.length || stat(text_string(arena, resolved), &status) < 0)
		*fault = errno == ENOENT ? TEXT("is not there") : text_of(strerror(errno));
	else if (!S_ISREG(status.st_mode))
		*fault = TEXT("is no program");
	else if (account_may(arena, account->name, &status, X_OK) == ACCOUNT_NO ||
	         access(text_string(arena, resolved), X_OK) < 0)
		*fault = TEXT("can't be run: it is not executable");
	else
		return trust_path(arena, path, WAY_FILE, &trusted, fault);
	return false;
}

static bool check_program(struct arena *arena, const struct handler_command *command, const struct account *account,
                          struct text *reason) {
	struct text fault = TEXT(""), path = command->words.items[0];
	if (check_file(arena, path, account, &fault)) return true;
	*reason = text_format(arena, "its program %.*s %s%.*s", TEXT_ARGUMENTS(path),
	                      text_starts_with(fault, TEXT("/")) ? "is not safe: " : "", TEXT_ARGUMENTS(fault));
	return false;
}

/* /tmp: everybody may leave files there. */
static bool is_shared(const struct stat *folder) { return folder->st_uid == 0 && folder->st_mode & S_ISVTX; }

/* What is run there may go by files of it: make, docker compose. Root's programs are therefore not run where everybody may
 * leave files. */
static bool check_folder(struct arena *arena, const struct handler *handler, const struct account *account,
                         struct text *reason) {
	const struct trusted trusted = trust_in(account->user);
	struct stat status;
	struct text folder = handler->folder, fault = TEXT("");
	if (!folder.length) return true;
	if (stat(text_string(arena, folder), &status) < 0 || !S_ISDIR(status.st_mode))
		*reason = text_format(arena, "its folder %.*s is not there", TEXT_ARGUMENTS(folder));
	else if (is_shared(&status) && account->user)
		return trust_path(arena, text_join(arena, folder, TEXT("/..")), WAY_FOLDER, &trusted, reason);
	else if (!trust_path(arena, folder, WAY_FOLDER, &trusted, &fault))
		*reason = text_format(arena, "its folder %.*s is not safe: %s%.*s", TEXT_ARGUMENTS(folder),
		                      text_starts_with(fault, TEXT("/")) ? "" : "it ", TEXT_ARGUMENTS(fault));
	return !reason->length;
}

bool program_check(struct arena *arena, const struct handler *handler, struct text *reason) {
	struct account account;
	if (!program_account(arena, handler, &account, reason) || !check_folder(arena, handler, &account, reason) ||
	    !check_program(arena, &handler->command, &account, reason))
		return false;
	for (size_t i = 0; i < handler->states.count; i++)
		if (!check_program(arena, &handler->states.items[i].command, &account, reason))
			return false;
	return true;
}
