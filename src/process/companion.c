#include "process/companion.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/exhaustion.h"
#include "base/file.h"
#include "trust/trust.h"

static struct text own_folder(struct arena *arena, struct stat *self) {
	char *path = realpath("/proc/self/exe", NULL);
	if (!path && errno == ENOMEM)
		exhaustion_end();
	struct text folder = text_copy(arena, text_of(path));
	if (!path || stat(path, self) < 0)
		memset(self, 0, sizeof(*self));
	free(path);
	size_t slash = text_find_last_byte(folder, '/');
	return slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(folder, 0, slash);
}

int companion_open(struct arena *arena, const char *name, struct text *fault) {
	struct stat self, status;
	struct text own = own_folder(arena, &self), beside = text_join(arena, own, TEXT("/../libexec/arilint"));
	const struct text folders[] = {own, beside, TEXT("/usr/local/libexec/arilint"), TEXT("/usr/libexec/arilint"),
	                               TEXT("/usr/lib/arilint")};
	struct trusted trusted = trust_in_us(), alone;
	trusted.users[trusted.count++] = self.st_uid;
	alone = trusted;
	alone.strict = true;
	for (size_t i = own.length ? 0 : 2; i < sizeof(folders) / sizeof(*folders); i++) {
		struct text path = text_format(arena, "%.*s/%s", TEXT_ARGUMENTS(folders[i]), name);
		struct text reason = TEXT("");
		int program = trust_open(arena, path, WAY_FILE, &trusted, &reason);
		if (program < 0 && !reason.length) continue;
		if (program >= 0)
			trust_descriptor(arena, program, &alone, &reason);
		if (program >= 0 && !reason.length && (fstat(program, &status) < 0 || !S_ISREG(status.st_mode)))
			reason = TEXT("is no program");
		if (!reason.length)
			return program;
		*fault = text_format(arena, "%.*s can't be trusted: %.*s", TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(reason));
		return file_close(program, true) ? -1 : program;
	}
	*fault = text_format(arena, "the program %s is not beside arilint nor in a libexec/arilint; install it, too", name);
	return -1;
}
