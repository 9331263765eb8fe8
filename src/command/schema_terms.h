/* Terms of JSON Schemas that no shape holds: names of checks, filters, fix operators, readers, fields and effects, out
 * of the tables that the loader reads packs by, and plain values. */
#pragma once

#include "json/write.h"

/* Adds a definition of each to the object that is open. */
void schema_add_terms(struct json *json);

/* Adds members that are written with ' for ". */
void schema_add_members(struct json *json, const char *members);

/* Adds a reference to a definition. */
void schema_add_reference(struct json *json, const char *definition);
