/* A .env file as readers other than its first one see it. */
#pragma once

#include "model/file.h"

/* The file as that reader sees it. It is read once for each reader, when first asked. */
const struct view *reader_view(struct file *file, const struct reader *reader);

/* The variable in force for the key, as that reader sees the file; NULL when it sees none, or refuses the file. */
const struct variable *reader_variable(struct file *file, const struct reader *reader, struct text key);
