/* A file under one of its roles, with what its program sees in it, ready to be asked for values.
 * In: what readers see. Out: roles, files, values, patterns: what rules speak of. */
#pragma once

#include "base/map.h"
#include "model/role.h"

/* All sections of one name, which the program takes for one (or of which it takes the first). */
struct section_group {
	const struct section *first;
	uint32_t number;
	uint32_t count;               /* sections of that name */
};

/* A value in force. There are as many as a file has keys: it is kept small. */
struct file_value {
	const struct variable *variable; /* NULL marks a free slot */
	uint32_t group;                  /* the number of its section's group */
	uint32_t hash;
};

struct file_group;
struct folder;
struct matches;
struct peer;

struct file {
	struct arena *arena;
	struct source *source;
	const struct role *role;
	const struct reader *const *readers; /* the role's, or what the configuration says */
	size_t reader_count;
	const struct file_group *group; /* that the configuration puts it in, or NULL */
	struct view *view;            /* as the first reader sees it */
	enum { FILE_UNASKED, FILE_RECOGNISED, FILE_UNKNOWN } recognised; /* whether it has a key of any setting */
	const struct named_keys *named; /* what the run says of keys of its role; NULL: nothing */
	const struct text_list *layers; /* the role's, or what the configuration says; this and the next are file_set_layers()'s */
	bool is_layer;                /* live, and one of these by its name, ... */
	size_t layer;                 /* ... in this place */
	struct text environment;      /* that it is for; empty for any */
	bool example;
	bool confined;                /* its role is a repository's: it needs no handler */
	size_t rank;                  /* see role_has_file() */
	struct map groups;            /* section name (lower case where case means nothing) -> struct section_group */
	const struct section_group **group_of; /* parallel to the view's sections; NULL for templates */
	struct file_value *values;    /* a hash table of the values in force, made on the first question */
	size_t value_capacity;        /* a power of two */
	struct matches **matches;     /* what evaluate/match.c has found in it, by the setting's place in its pack */
	struct folder *folder;        /* that it lies in; it and the next are set by inventory/peer.c when first asked */
	struct peer *peers;
	struct map found;             /* what else has been found out about it, by the address of what was asked */
};

/* Whether two sections (templates too) have one name, or two keys in sections of one name, but for the case of letters. The
 * second may say so where only sections are repeated. Both are found out once. */
bool file_repeats_sections(struct file *file);
bool file_repeats_keys(struct file *file);

/* `like`: a file of the same view under another role, or NULL. Where names of sections mean the same to both, they share what is
 * found out of them. */
struct file *file_make(struct arena *arena, struct source *source, const struct role *role, struct view *view, bool example,
                       const struct file *like);

/* Whether values of the file may not be shown at all, and whether that of this key may not. */
bool file_has_secrets(const struct file *file);
bool file_hides(const struct file *file, struct text key);

/* Finds out which of the layers the file is, see layer_of(). */
void file_set_layers(struct file *file, const struct text_list *layers);

/* Whether a program that reads no layers passes the file over: there is a glob before the one that it is. */
static inline bool file_is_upper_layer(const struct file *file) { return file->is_layer && file->layer > 0; }

/* The group of non-template sections of that name, or NULL. */
const struct section_group *file_group(const struct file *file, struct text section);

/* The same, whatever the case of its ASCII letters: of several the one that is written so, or the first; or else the last of
 * all. Looks at every group. */
const struct section_group *file_group_any_case(const struct file *file, struct text section, bool last);

/* The variable of this very section that counts for a key, or NULL. */
const struct variable *section_variable(const struct role *role, const struct section *section, struct text key);

/* The last variable of its key before it in its section; NULL without one. */
const struct variable *section_earlier(const struct section *section, const struct variable *variable);

/* The variable that is in force for a key of a group, or NULL. */
const struct variable *file_variable(struct file *file, const struct section_group *group, struct text key);

/* Who reads a statement: the file's readers, or the one of the file that it stands in. */
const struct reader *const *file_readers(const struct file *file, const struct entry *entry, size_t *count);

/* Every value in force, in the order of the file: calls `visit` with the section's name. */
void file_each_value(struct file *file,
                     void (*visit)(void *context, struct text section, const struct variable *variable),
                     void *context);
