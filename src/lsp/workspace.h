/* The folder that the editor works on: the configuration and packs that hold there, the files that belong to the open ones, and
 * the findings in these. */
#pragma once

#include "command/setup.h"
#include "inventory/lint.h"
#include "lsp/document.h"

/* One run over the open texts and the files beside them. */
struct analysis {
	struct arena arena;
	struct lint_options options;
	struct diagnostics diagnostics; /* sorted; in open texts alone */
	struct lint lint;
	struct source_list inputs;
	struct map taken;               /* path, and device and inode -> source */
	struct map layouts;             /* path of a source -> struct layout */
	enum encoding encoding;
};

struct workspace {
	const struct options *given;    /* on the command line */
	struct text language;           /* that the editor asks for; empty: none */
	struct text root;               /* an absolute path as the editor writes it, which is the working directory; empty: it has none */
	struct documents documents;
	enum encoding encoding;

	struct arena setup_arena;       /* of the next two */
	struct setup setup;
	struct diagnostics faults;      /* of configuration and packs: nothing is judged while there are any */
	struct text fault;              /* why the command line can't be gone by; empty: it can */

	struct arena found_arena;
	struct source_list found;       /* files of the workspace as they were on the disk */
	bool searched;                  /* and nothing is known to have changed since */

	struct analysis now;
	bool judged;                    /* `now` is of the texts as they stand */
};

/* Reads configuration and packs, again if they were before. */
void workspace_set_up(struct workspace *workspace);

/* The run over all texts as they stand, which is made if there is none yet. */
struct analysis *workspace_analysis(struct workspace *workspace);

/* What a run may have of its own: the comments that silence findings in place of fixes, or one text alone that a fix may change. */
struct variant {
	bool silencing;
	const struct document *only;
};

/* A run for itself; workspace_analysis() is as good afterwards as before. */
void workspace_analyse(struct workspace *workspace, const struct variant *variant, struct analysis *analysis);
void analysis_release(struct analysis *analysis);

/* The source that stands for a text; NULL when it is not judged. */
struct source *analysis_source(const struct workspace *workspace, const struct analysis *analysis,
                               const struct document *document);

const struct layout *analysis_layout(struct analysis *analysis, const struct source *source);

/* The document whose text a source is, or NULL. */
struct document *workspace_document(const struct workspace *workspace, const struct source *source);

/* As the editor names it, if it is open, or would. */
struct text workspace_uri(const struct workspace *workspace, struct arena *arena, const struct source *source);

/* The text of a document has changed, or there is one more or less. */
void workspace_changed(struct workspace *workspace);

/* Files on the disk have changed: any, or the configuration, too. */
void workspace_files_changed(struct workspace *workspace);

void workspace_release(struct workspace *workspace);
