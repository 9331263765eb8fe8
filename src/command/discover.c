#include "command/discover.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text_set.h"
#include "command/tell.h"
#include "evaluate/run.h"
#include "inventory/redact.h"
#include "trust/below.h"
#include "trust/trust.h"

enum { DEEPEST_FOLDER = 64, SAMPLE = 8192 };

/* Folders that hold other people's files, or none that a program reads. */
static const char *const passed_over[] = {".git", ".hg", ".svn", "node_modules", NULL};

static void add_fault(struct discovery *discovery, struct source *source, struct text rule, struct text message) {
	if (discovery->taking_peers) return;
	struct place place = {source, {0, 0}};
	diagnostics_add(discovery->diagnostics, rule, SEVERITY_ERROR, place, message)->unread = true;
}

/* Bytes that no text has, apart from UTF-16, which readers stumble over in their own way. Where a NUL is among them, one
 * in twenty is enough: of compressed or random bytes, one in ten is such a byte. */
static bool is_binary(struct text bytes) {
	size_t odd = 0, nul = 0, sample = bytes.length < SAMPLE ? bytes.length : SAMPLE;
	if (text_starts_with(bytes, TEXT("\xff\xfe")) || text_starts_with(bytes, TEXT("\xfe\xff"))) return false;
	for (size_t i = 0; i < sample; i++) {
		unsigned char byte = (unsigned char)bytes.bytes[i];
		odd += byte < 9 || (byte > 13 && byte < 32 && byte != 27);
		nul += !byte;
	}
	return odd * (nul ? 20 : 10) > sample;
}

static void add_input(struct discovery *discovery, struct source *source, struct text fault) {
	if (fault.length)
		add_fault(discovery, source, TEXT("arilint/unreadable"), fault);
	else if (is_binary(source->bytes))
		add_fault(discovery, source, TEXT("arilint/binary"),
		          TEXT("is a binary file, not a configuration file; check the path"));
	else if (!lint_role(discovery->diagnostics->arena, discovery->options, source->path))
		add_fault(discovery, source, TEXT("arilint/no-role"),
		          TEXT("is no file that a rule knows; name what it is with `--as ari.conf` or the like"));
	else
		*list_add(discovery->diagnostics->arena, &discovery->inputs) = source;
}

static void add_file(struct discovery *discovery, struct text path, struct text as) {
	struct arena *arena = discovery->diagnostics->arena;
	struct text fault = TEXT("");
	bool standard_input = text_is(path, "-");
	struct source *source =
		standard_input ? source_read_standard_input(arena, &fault) : source_read(arena, path, &fault);
	source->peer = discovery->taking_peers;
	source->led = discovery->led_out;
	source->writable_by_us = !source->peer && !source->led && (discovery->in_memory || (!standard_input && !as.length));
	if (as.length)
		source->path = as;
	if (standard_input && !fault.length)
		discovery->standard_input = source;
	source->printed = standard_input && discovery->printed;
	if (standard_input && !as.length)
		fault = TEXT("standard input needs a name; give one with `--as ari.conf` or the like");
	add_input(discovery, source, fault);
}

static void walk(struct discovery *discovery, struct text folder, int depth);

/* A link that leads out of the folder is read, but nothing is changed there that was not named, nor is anything read for
 * somebody who may not. */
static void take_link(struct discovery *discovery, struct text path) {
	struct arena *arena = discovery->diagnostics->arena;
	struct stat status;
	struct text who;
	/* A link to a folder is not followed: it may lead in a circle. */
	if (!stat(path.bytes, &status) && S_ISDIR(status.st_mode)) return;
	discovery->led_out = !trust_is_below(arena, discovery->within, path);
	if (!discovery->led_out || trust_leads(arena, path, WAY_ITSELF, path, &who))
		add_file(discovery, path, TEXT(""));
	else
		add_fault(discovery, source_from_text(arena, path, TEXT("")), TEXT("arilint/unreadable"),
		          text_format(arena, "is a link to a file that %.*s, who can change the link, may not read; name the file itself",
		                      TEXT_ARGUMENTS(who)));
	discovery->led_out = false;
}

static void take_found(struct discovery *discovery, struct text path, const struct dirent *entry, int depth) {
	unsigned char kind = entry->d_type;
	struct stat status;
	if (kind == DT_UNKNOWN && !lstat(path.bytes, &status))
		kind = S_ISDIR(status.st_mode) ? DT_DIR : S_ISLNK(status.st_mode) ? DT_LNK : DT_REG;
	const struct role *role = kind == DT_DIR ? NULL : lint_role(discovery->diagnostics->arena, discovery->options, path);
	if (kind == DT_DIR ? text_is_one_of(text_of(entry->d_name), passed_over) : !role)
		return;
	if (inventory_excludes(discovery->diagnostics->arena, &discovery->options->inventory, path)) return;
	if (kind == DT_DIR) {
		walk(discovery, path, depth + 1);
		return;
	}
	bool taking_peers = discovery->taking_peers;
	discovery->taking_peers = taking_peers || role->aside;
	if (kind == DT_LNK)
		take_link(discovery, path);
	else
		add_file(discovery, path, TEXT(""));
	discovery->taking_peers = taking_peers;
}

/* File systems that the kernel makes up: what lies there is nobody's configuration, and has no end. */
static bool is_made_up(int folder) {
	static const unsigned long made_up[] = {
		PROC_SUPER_MAGIC, SYSFS_MAGIC, CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC, DEVPTS_SUPER_MAGIC, DEBUGFS_MAGIC,
		TRACEFS_MAGIC, SECURITYFS_MAGIC, SELINUX_MAGIC, BPF_FS_MAGIC, EFIVARFS_MAGIC, PSTOREFS_MAGIC,
		BINFMTFS_MAGIC, AUTOFS_SUPER_MAGIC};
	struct statfs status;
	if (fstatfs(folder, &status) < 0) return false;
	for (size_t i = 0; i < sizeof(made_up) / sizeof(made_up[0]); i++)
		if ((unsigned long)status.f_type == made_up[i])
			return true;
	return false;
}

/* Whether a folder on the way is part of the search: none that the kernel makes up, and below / none of another file system,
 * which may be another machine's or a disk full of other things. */
static bool keeps_to(struct discovery *discovery, struct text folder, int descriptor, int depth) {
	struct arena *arena = discovery->diagnostics->arena;
	struct stat status;
	if (fstat(descriptor, &status) < 0 || (depth && status.st_dev == discovery->device)) return true;
	bool made_up = is_made_up(descriptor), elsewhere = depth && discovery->from_root;
	if (made_up && !depth)
		add_fault(discovery, source_from_text(arena, folder, TEXT("")), TEXT("arilint/unreadable"),
		          TEXT("nothing is searched there: the kernel makes it up"));
	else if (elsewhere && !made_up && !discovery->taking_peers)
		tell_note(arena, text_format(arena, "passed over, as it is another file system: %.*s; name it, too, if it is to be searched",
		                             TEXT_ARGUMENTS(tell_shown(arena, folder))));
	if (!depth)
		discovery->device = status.st_dev;
	return !made_up && !elsewhere;
}

static DIR *open_folder(struct discovery *discovery, struct text folder, int depth) {
	struct arena *arena = discovery->diagnostics->arena;
	progress_enter(&discovery->progress, folder);
	*list_add(arena, &discovery->walked) = folder;
	DIR *directory = depth < DEEPEST_FOLDER ? file_entries_of(folder.bytes) : NULL;
	if (!directory) {
		const char *why = depth < DEEPEST_FOLDER ? strerror(errno) : "more than 64 folders deep";
		add_fault(discovery, source_from_text(arena, folder, TEXT("")), TEXT("arilint/unreadable"),
		          text_format(arena, "the folder can't be read: %s", why));
	} else if (!keeps_to(discovery, folder, dirfd(directory), depth)) {
		closedir(directory);
		directory = NULL;
	}
	return directory;
}

static void walk(struct discovery *discovery, struct text folder, int depth) {
	struct arena *arena = discovery->diagnostics->arena;
	DIR *directory = open_folder(discovery, folder, depth);
	if (!directory) return;
	bool ends = text_ends_with(folder, TEXT("/"));
	struct text below = text_is(folder, ".") ? TEXT("") : ends ? folder : text_join(arena, folder, TEXT("/"));
	for (const struct dirent *entry = readdir(directory); entry && !progress_stopped(); entry = readdir(directory))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			take_found(discovery, text_join(arena, below, text_of(entry->d_name)), entry, depth);
	closedir(directory);
}

/* Everything below a folder that was named. */
static void search(struct discovery *discovery, struct text folder) {
	struct arena *arena = discovery->diagnostics->arena;
	discovery->within = folder;
	discovery->from_root = !path_absolute(arena, path_here(), folder).length;
	progress_begin(&discovery->progress, arena);
	walk(discovery, folder, 0);
	progress_end(&discovery->progress);
}

static int compare_paths(const void *left, const void *right) {
	const struct source *const *a = left, *const *b = right;
	int order = text_compare((*a)->path, (*b)->path);
	return order ? order : (*a)->peer - (*b)->peer;
}

/* What was read as a path stands for the file that lies there. */
static void drop_replaced(struct discovery *discovery, struct text as) {
	struct arena *arena = discovery->diagnostics->arena;
	struct source_list *inputs = &discovery->inputs;
	struct stat status;
	size_t kept = 0;
	if (!as.length || stat(text_string(arena, as), &status) < 0) return;
	struct text replaced = inventory_identity(arena, &status);
	for (size_t i = 0; i < inputs->count; i++) {
		struct source *source = inputs->items[i];
		if (!source->peer || !text_equal(inventory_identity(arena, &source->status), replaced))
			inputs->items[kept++] = source;
	}
	inputs->count = kept;
}

/* A file that is named twice, or by a link too, is one input. */
static void sort_and_unite(struct discovery *discovery) {
	struct arena *arena = discovery->diagnostics->arena;
	struct source_list *inputs = &discovery->inputs;
	struct map known = {0};
	size_t kept = 0, named = 0;
	list_sort(inputs, compare_paths);
	for (size_t i = 0; i < inputs->count; i++) {
		struct source *source = inputs->items[i];
		struct text identity = inventory_identity(arena, &source->status);
		struct source *first = map_put(arena, &known, identity.length ? identity : source->path, source);
		if (first == source) {
			inputs->items[kept++] = source;
		} else if ((first->peer || first->led) && !source->peer && !source->led) {
			first->path = source->path;
			first->peer = first->led = false;
			first->writable_by_us = source->writable_by_us;
		}
	}
	for (size_t i = 0; i < kept; i++)
		named += !inputs->items[i]->peer;
	inputs->count = named ? kept : 0;
}

/* The files of a group that are not known by their paths yet: one may be in several groups, and what stands for it may
 * have come from standard input. */
static void take_group(struct discovery *discovery, const struct file_group *group, struct map *known) {
	struct arena *arena = discovery->diagnostics->arena;
	for (size_t i = 0; i < group->files.count; i++) {
		struct text path = group->files.items[i]->path;
		struct text absolute = path_absolute(arena, discovery->options->inventory.here, path);
		if (map_get(known, absolute)) continue;
		map_put(arena, known, absolute, discovery);
		add_file(discovery, path, TEXT(""));
	}
}

/* What stands in a group with an input is read as its peer. */
static void take_group_peers(struct discovery *discovery) {
	struct arena *arena = discovery->diagnostics->arena;
	const struct inventory *inventory = &discovery->options->inventory;
	size_t count = discovery->inputs.count;
	struct map known = {0}, taken = {0};
	for (size_t i = 0; i < count; i++)
		map_put(arena, &known, path_absolute(arena, inventory->here, discovery->inputs.items[i]->path), discovery);
	for (size_t i = 0; i < count; i++) {
		const struct source *source = discovery->inputs.items[i];
		const struct declared_file *declared = inventory_find(arena, inventory, source->path, &source->status);
		for (; declared; declared = declared->next) {
			if (map_get(&taken, declared->group->name)) continue;
			map_put(arena, &taken, declared->group->name, discovery);
			take_group(discovery, declared->group, &known);
		}
	}
}

/* Whether a file that was named, or a folder on the way to it, is left out all the same. */
static bool is_left_out(const struct discovery *discovery, struct text path) {
	struct arena *arena = discovery->diagnostics->arena;
	bool excluded = false;
	for (size_t end = 1; discovery->force_exclude && !excluded && end <= path.length; end++)
		if (end == path.length || path.bytes[end] == '/')
			excluded = inventory_excludes(arena, &discovery->options->inventory, text_slice(path, 0, end));
	return excluded;
}

void discover(struct discovery *discovery, const struct text_list *paths, struct text as, struct text peers) {
	struct arena *arena = discovery->diagnostics->arena;
	for (size_t i = 0; i < paths->count; i++) {
		struct text path = text_copy(arena, paths->items[i]);
		struct stat status;
		if (is_left_out(discovery, as.length ? as : path)) {
			discovery->excluded++;
			struct text fault;
			if (text_is(path, "-"))
				discovery->standard_input = source_read_standard_input(arena, &fault);
			continue;
		}
		if (text_is(path, "-") || stat(path.bytes, &status) < 0 || !S_ISDIR(status.st_mode)) {
			add_file(discovery, path, as);
			continue;
		}
		*list_add(arena, &discovery->options->folders) =
			text_ends_with(path, TEXT("/")) ? path : text_join(arena, path, TEXT("/"));
		search(discovery, path);
	}
	const struct inventory *inventory = &discovery->options->inventory;
	struct map known = {0};
	for (size_t i = 0; !paths->count && i < inventory->groups.count; i++)
		take_group(discovery, inventory->groups.items[i], &known);
	discovery->taking_peers = true;
	if (paths->count && inventory->groups.count)
		take_group_peers(discovery);
	/* Where nothing that was named can be linted, nothing belongs to it. */
	if (peers.length && discovery->inputs.count)
		search(discovery, text_copy(arena, peers));
	drop_replaced(discovery, as);
	sort_and_unite(discovery);
}

/* Whether all that the configuration can speak of was looked through: its folder, or without a path its groups. */
static bool is_whole(const struct discovery *discovery, const struct text_list *paths) {
	struct arena *arena = discovery->diagnostics->arena;
	const struct inventory *inventory = &discovery->options->inventory;
	bool whole = !paths->count;
	for (size_t i = 0; i < paths->count && !whole; i++)
		whole = path_is_below(path_absolute(arena, inventory->here, paths->items[i]), inventory->folder);
	return whole;
}

static bool is_matched(const struct discovery *discovery, struct text glob) {
	const struct source_list *inputs = &discovery->inputs;
	for (size_t i = 0; i < inputs->count; i++)
		if (inventory_matches(discovery->diagnostics->arena, &discovery->options->inventory, inputs->items[i]->path, glob))
			return true;
	return false;
}

void discover_tell_unmatched(const struct discovery *discovery, const struct text_list *paths, struct text configuration) {
	struct arena *arena = discovery->diagnostics->arena;
	const struct inventory *inventory = &discovery->options->inventory;
	struct text_list seen = {0};
	if (!inventory->choices.count || !is_whole(discovery, paths)) return;
	for (size_t i = 0; i < discovery->inputs.count; i++)
		*list_add(arena, &seen) = inventory_seen(arena, inventory, discovery->inputs.items[i]->path);
	for (size_t i = 0; i < inventory->choices.count; i++) {
		const struct reader_choice *choice = &inventory->choices.items[i];
		struct text near = TEXT("");
		if (is_matched(discovery, choice->glob)) continue;
		bool hint = text_list_nearest(arena, &seen, choice->glob, &near);
		tell_note(arena, text_format(arena, "%.*s:%" PRIu32 ": no file of this run is read by '%.*s' of `readers`%s%.*s%s",
		                             TEXT_ARGUMENTS(tell_shown(arena, configuration)), choice->line,
		                             TEXT_ARGUMENTS(tell_shown(arena, choice->glob)), hint ? "; did you mean '" : "",
		                             TEXT_ARGUMENTS(tell_shown(arena, near)), hint ? "'?" : ""));
	}
}

void discover_lint(struct discovery *discovery, const struct text_list *paths, struct text peers, struct lint *lint) {
	struct diagnostics *diagnostics = discovery->diagnostics;
	discover(discovery, paths, TEXT(""), peers);
	*lint = (struct lint){.options = discovery->options, .diagnostics = diagnostics, .arena = diagnostics->arena};
	lint_run(lint, &discovery->inputs);
	lint_redact(lint);
}
