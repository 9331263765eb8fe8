/* Places to go to. */
#pragma once

#include "lsp/workspace.h"

struct json;

/* Adds a Location: the file as the editor names it, and the range in it. */
void location_write(struct json *json, const char *key, const struct workspace *workspace, struct analysis *analysis,
                    struct place place);

/* Each place once. */
struct location_list LIST_OF(struct place);

void locations_add(struct arena *arena, struct location_list *list, struct place place);

/* Where a statement begins: its key. */
struct place location_of_entry(const struct entry *entry);
struct place location_of_header(const struct header *header);

/* All of a list, as a list. */
void locations_write(struct json *json, const struct workspace *workspace, struct analysis *analysis, const struct location_list *list);
