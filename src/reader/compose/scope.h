/* The variables that compose puts into a compose file: those of the .env beside it. Those of whoever starts compose come
 * before them and are not known. */
#pragma once

#include "base/map.h"
#include "reader/reader.h"

struct compose_scope {
	struct reading *reading;
	struct view *view;                 /* gets the .env as one more of its sources */
	struct text folder;                /* of the compose file, with its "/" */
	const struct compose_scope *above; /* of the file that includes it, whose variables come first; NULL: none */
	struct map variables;              /* name -> struct variable */
	bool unreadable;                   /* there is a .env, but what it says is not known */
};

/* Cuts what is written before the first colon outside of `${...}`, or all of it. */
struct text compose_cut_part(struct text *rest);

/* The path by which a file is opened: one relative to a folder (with its "/"), or an absolute one. */
struct text compose_path(struct arena *arena, struct text folder, struct text path);

/* Opens a file by its path relative to a folder (with its "/"); NULL where there is none. */
struct source *compose_open(struct reading *reading, struct text folder, struct text path);

/* Reads a source as one of the readers that compose has for .env files. The variables of `around` ("NAME=value") count more
 * than its own, those of `given` less. It becomes a source of the view, too; its statements are that reader's. */
struct view *compose_read_env(const struct compose_scope *scope, struct source *source, const struct reader *reader,
                              const struct text_list *around, const struct text_list *given);

/* Reads the .env in the scope's folder. */
void compose_scope_open(struct compose_scope *scope);

/* The variable of the .env; NULL where there is none. */
const struct variable *compose_scope_variable(const struct compose_scope *scope, struct text name);

/* That of the file which compose is started with: what a key without a value takes on, and what env_files name, is in it
 * alone. */
const struct compose_scope *compose_scope_root(const struct compose_scope *scope);

/* The variables of the scope itself, as "NAME=value". */
void compose_scope_list(const struct compose_scope *scope, struct text_list *list);

/* Sets value, unsettled and presumed of a variable by what stands in the compose file. Gives the variable of the .env that
 * the text is, where it is one as a whole. */
const struct variable *compose_scope_settle(const struct compose_scope *scope, struct text text, struct variable *variable);

/* The text with its variables; false where not all of them are known. */
bool compose_scope_text(const struct compose_scope *scope, struct text text, struct text *value);

/* Why a value is not known, for people: the words behind a name. */
const struct text *compose_doubt(struct arena *arena, struct text name, const char *words);
