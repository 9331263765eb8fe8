/* Paths as texts. */
#pragma once

#include "base/text.h"

/* The working directory, without symbolic links, as it was when first asked for; empty when it can't be told. */
struct text path_here(void);

/* "/srv//etc/./ari.conf" and, seen from the folder /srv, "etc/ari.conf" both become "/srv/etc/ari.conf". Nothing is
 * asked of the file system. The root is the empty text. */
struct text path_absolute(struct arena *arena, struct text folder, struct text path);

/* An absolute path as it is written in the working directory, where it lies below that. */
struct text path_seen_from_here(struct text path);

/* What stands behind the last "/" of a path, and before it; without one all of it, and nothing. */
struct text path_name(struct text path);
struct text path_folder(struct text path);

/* The folder with its "/": what a name is put behind. Empty without one. */
struct text path_prefix(struct text path);

/* Whether an absolute path is that of a folder, or of something below it. Nothing is asked of the file system. */
bool path_is_below(struct text folder, struct text path);

/* "$VARIABLE/END", or "$HOME/FALLBACK/END" where the variable of the environment holds no absolute path; empty where HOME
 * holds none either. */
struct text path_of_user(struct arena *arena, const char *variable, const char *fallback, const char *end);

/* The longest glob that path_matches_glob() knows, in bytes; a longer one matches nothing. */
enum { PATH_LONGEST_GLOB = 1024 };

/* `*` matches any bytes but "/", `?` one byte but "/", `**` any bytes, and a `**` and "/" together also none; all else
 * itself. Takes time in proportion to path times glob, whatever they hold. */
bool path_matches_glob(struct text path, struct text glob);
