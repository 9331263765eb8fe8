/* A .env file as readers other than its first one see it. */
#ifndef ARILINT_MODEL_READER_VIEW_H
#define ARILINT_MODEL_READER_VIEW_H

#include "model/file.h"

/* The file as that reader sees it. It is read once for each reader, when first asked. */
const struct view *reader_view(struct file *file, const struct reader *reader);

/* The variable in force for the key, as that reader sees the file; NULL when it sees none, or refuses the file. */
const struct variable *reader_variable(struct file *file, const struct reader *reader, struct text key);

#endif
