#include "command/options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "base/text_set.h"
#include "redact/redact.h"

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_TEXTS, OPTION_PAIR, OPTION_SHOW, OPTION_FORMAT, OPTION_OUTPUT };

struct option {
	const char *name;
	enum option_kind kind;
	size_t member;         /* offset into struct options */
	unsigned verbs;
	const char *value;     /* what the help calls its value; NULL for flags */
	const char *help;
};

/* Those that go by a configuration. */
enum { CONFIGURED_VERBS = VERB_CHECK | VERB_RULE | VERB_CONFIG | VERB_VERIFY | VERB_DIAGNOSE | VERB_LSP };

#define MEMBER(name) offsetof(struct options, name)

static const struct option table[] = {
	{"--fix", OPTION_FLAG, MEMBER(fix), VERB_CHECK, NULL, "mend the files in place; the originals are kept (arilint undo); --fix --as PATH - prints standard input as it should be"},
	{"--ask", OPTION_FLAG, MEMBER(ask), VERB_CHECK, NULL,
	 "with --fix, on a terminal: show each fix and ask; what is taken is written in one go"},
	{"--unsafe-fixes", OPTION_FLAG, MEMBER(unsafe_fixes), VERB_CHECK, NULL,
	 "also fixes that grant a right, open a port, or rename or delete what has an effect"},
	{"--run-handlers", OPTION_FLAG, MEMBER(run_handlers), VERB_CHECK | VERB_UNDO, NULL,
	 "with --fix: let programs read the changed files again, as /etc/arilint/handlers.d says; so of undo"},
	{"--verify", OPTION_FLAG, MEMBER(verify), VERB_CHECK, NULL,
	 "with --run-handlers: try afterwards whether the backend's requests are answered"},
	{"--on-failure", OPTION_TEXT, MEMBER(on_failure), VERB_CHECK, "keep|rollback",
	 "when a handler or the verification fails: keep the new files, or put the old ones back (keep)"},
	{"--diff", OPTION_FLAG, MEMBER(diff), VERB_CHECK, NULL, "write nothing; show what --fix would change"},
	{"--watch", OPTION_FLAG, MEMBER(watch), VERB_CHECK, NULL,
	 "look again whenever a file of the run changes; where standard output is no terminal, a line of JSON each time"},
	{"--authority", OPTION_TEXT, MEMBER(authority), VERB_CHECK | VERB_CONFIG | VERB_VERIFY | VERB_DIAGNOSE | VERB_LSP, "ROLE", "the side that is right when two files differ (as the pack says)"},
	{"--backup", OPTION_TEXT, MEMBER(backup), VERB_CHECK, "state|SUFFIX|none",
	 "where originals go: the state folder (default), beside the file too, or nowhere"},
	{"--keep", OPTION_TEXT, MEMBER(keep), VERB_CHECK, "N", "how many runs can be undone (10)"},
	{"--state-dir", OPTION_TEXT, MEMBER(state_directory), VERB_CHECK | VERB_UNDO | VERB_RECOVER, "DIR",
	 "where originals are kept (/var/lib/arilint for root, else ~/.local/state/arilint)"},
	{"--lock-timeout", OPTION_TEXT, MEMBER(lock_timeout), VERB_CHECK | VERB_UNDO | VERB_RECOVER, "SECONDS",
	 "how long to wait for another arilint that changes files (10)"},
	{"--break-hardlinks", OPTION_FLAG, MEMBER(break_hardlinks), VERB_CHECK | VERB_UNDO, NULL,
	 "change a file that has several hard links"},
	{"--write-in-place", OPTION_FLAG, MEMBER(write_in_place), VERB_CHECK | VERB_UNDO, NULL,
	 "change a file that can't be replaced, such as a bind-mounted one"},
	{"--force", OPTION_FLAG, MEMBER(force), VERB_CHECK | VERB_UNDO, NULL,
	 "although an editor has the file open; of undo: although the file has changed since"},
	{"--list", OPTION_FLAG, MEMBER(list), VERB_UNDO, NULL, "list the runs that can be undone, newest first"},
	{"--config", OPTION_TEXT, MEMBER(config), CONFIGURED_VERBS, "FILE",
	 "the configuration file (.arilint.yaml here or above, else /etc/arilint/arilint.yaml)"},
	{"--init", OPTION_FLAG, MEMBER(init), VERB_CONFIG, NULL,
	 "of config: write the handlers that fit this machine to /etc/arilint/handlers.d"},
	{"--isolated", OPTION_FLAG, MEMBER(isolated), ALL_VERBS, NULL, "no configuration file"},
	{"--select", OPTION_TEXTS, MEMBER(select), VERB_CHECK | VERB_CONFIG | VERB_VERIFY | VERB_DIAGNOSE | VERB_LSP, "LIST",
	 "only these rules: PACK/RULE, 'PACK/*', PACK, all, none, default, with commas between"},
	{"--ignore", OPTION_TEXTS, MEMBER(ignore), VERB_CHECK | VERB_CONFIG | VERB_VERIFY | VERB_DIAGNOSE | VERB_LSP, "LIST", "leave these rules out"},
	{"--rules", OPTION_TEXTS, MEMBER(rules), CONFIGURED_VERBS | VERB_TEST, "PACK", "a rule pack of your own; may be repeated"},
	{"--no-builtin", OPTION_FLAG, MEMBER(no_builtin), CONFIGURED_VERBS, NULL, "leave the built-in rule packs out"},
	{"--target", OPTION_TEXTS, MEMBER(targets), VERB_CHECK | VERB_CONFIG | VERB_VERIFY | VERB_DIAGNOSE | VERB_LSP, "PROGRAM=VERSION",
	 "judge for this version: asterisk=22.10; may be repeated"},
	{"--force-exclude", OPTION_FLAG, MEMBER(force_exclude), VERB_CHECK, NULL,
	 "leave out what the configuration excludes although it is named: hooks name all files"},
	{"--as", OPTION_TEXT, MEMBER(as), VERB_CHECK, "PATH", "treat the only input as this path: its name gives its role"},
	{"--peers", OPTION_TEXT, MEMBER(peers), VERB_CHECK | VERB_VERIFY, "DIR",
	 "look below DIR for files that belong to those named; they are read, not changed"},
	{"--with", OPTION_TEXTS, MEMBER(with), VERB_DIAGNOSE, "PATH",
	 "the files to look for causes in (as check finds them); may be repeated"},
	{"--format", OPTION_FORMAT, MEMBER(reports), VERB_CHECK, "FORMAT",
	 "how findings are written: text (default), concise, gcc, github, gitlab, junit, checkstyle, sarif, rdjson, json, markdown"},
	{"--output", OPTION_OUTPUT, MEMBER(reports), VERB_CHECK, "FILE",
	 "write the report of the --format before it there, all at once; both may be repeated: --format text --format sarif --output FILE"},
	{"--baseline", OPTION_TEXT, MEMBER(baseline), VERB_CHECK, "FILE", "only what is not in FILE is told and makes the run fail"},
	{"--write-baseline", OPTION_TEXT, MEMBER(write_baseline), VERB_CHECK, "FILE", "write what is found to FILE, for --baseline"},
	{"--add-ignores", OPTION_FLAG, MEMBER(add_ignores), VERB_CHECK, NULL,
	 "write a comment above each finding that silences it, with --diff show them; the originals are kept"},
	{"--format", OPTION_TEXT, MEMBER(format), VERB_CONFIG | VERB_VALIDATE | VERB_DIAGNOSE, "text|concise|json",
	 "how findings are written (text); of config and diagnose: text or json"},
	{"--format", OPTION_TEXT, MEMBER(format), VERB_VERIFY, "text|json|nagios|prometheus", "how answers are written (text)"},
	{"--settings", OPTION_FLAG, MEMBER(settings), VERB_RULE, NULL,
	 "list what is recognised: names of files, names of settings in them, and the rules that join these"},
	{"--format", OPTION_TEXT, MEMBER(format), VERB_RULE, "text|markdown|json", "how rules or --settings are written (text)"},
	{"--output", OPTION_TEXT, MEMBER(output), VERB_VERIFY, "FILE", "write there, all at once, not to standard output"},
	{"--call", OPTION_PAIR, MEMBER(call), VERB_VERIFY, "FROM TO",
	 "also place a call from an endpoint (PJSIP/100) to an extension, and hang up at once"},
	{"--timeout", OPTION_TEXT, MEMBER(timeout), VERB_VERIFY, "SECONDS", "the longest that an answer may take (10)"},
	{"--insecure-loopback", OPTION_FLAG, MEMBER(insecure_loopback), VERB_VERIFY, NULL,
	 "take any certificate from this machine itself"},
	{"--reader", OPTION_TEXT, MEMBER(reader), VERB_DUMP, "NAME", "whose reading; see --readers"},
	{"--root", OPTION_TEXT, MEMBER(root), VERB_DUMP, "DIR", "the folder that includes are relative to (the file's own)"},
	{"--tokens", OPTION_FLAG, MEMBER(tokens), VERB_DUMP, NULL, "print kind, start and end of each token of FILE instead"},
	{"--explain", OPTION_TEXT, MEMBER(explain), VERB_DUMP, "KEY",
	 "print where each value of KEY, or SECTION.KEY, comes from instead"},
	{"--readers", OPTION_FLAG, MEMBER(readers), VERB_DUMP, NULL, "list the readers"},
	{"--color", OPTION_TEXT, MEMBER(color), VERB_CHECK | VERB_RULE | VERB_TEST | VERB_VERIFY | VERB_DIAGNOSE, "auto|always|never", "colours (auto: on a terminal)"},
	{"--strict", OPTION_FLAG, MEMBER(strict), VERB_TEST, NULL,
	 "every rule must have a test that finds something, one that does not, and one of its fix"},
	{"--lang", OPTION_TEXT, MEMBER(language), CONFIGURED_VERBS, "en|uz|ru", "language of the messages (that of the locale)"},
	{"--fail-on", OPTION_TEXT, MEMBER(fail_on), VERB_CHECK | VERB_CONFIG, "error|warning|info|never",
	 "the least severity that makes the exit status 1 (warning)"},
	{"--show-not-evaluated", OPTION_FLAG, MEMBER(show_not_evaluated), VERB_CHECK, NULL,
	 "list the rules that could not be judged, and why"},
	{"--show-secrets", OPTION_SHOW, MEMBER(show_secrets), VERB_CHECK | VERB_DUMP, "[=always]",
	 "do not mask secrets; on a terminal only, unless =always is typed out"},
	{"--version", OPTION_FLAG, MEMBER(version), ALL_VERBS, NULL, "print the version"},
	{"--help", OPTION_FLAG, MEMBER(help), ALL_VERBS, NULL, "print this"},
};

enum { OPTION_COUNT = sizeof(table) / sizeof(table[0]) };

static struct text long_name(struct text name) {
	return text_is(name, "-h") ? TEXT("--help") : text_is(name, "-V") ? TEXT("--version") : name;
}

/* Of any of the verbs. */
static const struct option *find_option(unsigned verbs, struct text name) {
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (table[i].verbs & verbs && text_is(name, table[i].name))
			return &table[i];
	return NULL;
}

static struct text unknown_option(struct arena *arena, enum verb_flag verb, struct text name) {
	struct text_list names = {0};
	struct text nearest;
	if (find_option(ALL_VERBS, name))
		return text_format(arena, "option '%.*s' goes with another verb; `--help` lists those of this one",
		                   TEXT_ARGUMENTS(name));
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (table[i].verbs & verb)
			*list_add(arena, &names) = text_of(table[i].name);
	if (text_list_nearest(arena, &names, name, &nearest))
		return text_format(arena, "unknown option '%.*s'; did you mean '%.*s'?", TEXT_ARGUMENTS(name),
		                   TEXT_ARGUMENTS(nearest));
	return text_format(arena, "unknown option '%.*s'; `--help` lists them", TEXT_ARGUMENTS(name));
}

static void store(struct arena *arena, const struct option *option, struct text value, struct options *options) {
	char *member = (char *)options + option->member;
	bool yes = true;
	if (option->kind == OPTION_FLAG)
		memcpy(member, &yes, sizeof(yes));
	else if (option->kind == OPTION_TEXT || option->kind == OPTION_SHOW)
		memcpy(member, &value, sizeof(value));
	else if (option->kind == OPTION_TEXTS)
		*list_add(arena, (struct text_list *)(void *)member) = value;
	else if (option->kind == OPTION_FORMAT)
		list_add(arena, &options->reports)->format = value;
	else if (option->kind == OPTION_OUTPUT && !text_is(value, "-"))
		options->reports.items[options->reports.count - 1].output = value;
}

/* Whether there is a report to say this of. */
static bool check_output(const struct option *option, const struct options *options, struct text *fault) {
	size_t count = options->reports.count;
	if (option->kind != OPTION_OUTPUT) return true;
	if (!count)
		*fault = TEXT("--output stands behind the --format whose report goes there");
	else if (options->reports.items[count - 1].output.length)
		*fault = TEXT("one --format has two --output: another report has a --format of its own");
	return !fault->length;
}

static size_t take_pair(struct arena *arena, const struct option *option, size_t left, char **arguments,
                        struct options *options, struct text *fault) {
	if (left < 3 || !*arguments[1] || !*arguments[2]) {
		*fault = text_format(arena, "%s needs two values: %s", option->name, option->value);
		return 0;
	}
	struct text pair[2] = {text_of(arguments[1]), text_of(arguments[2])};
	memcpy((char *)options + option->member, pair, sizeof(pair));
	return 3;
}

/* Takes one option and, where it needs one, its value; returns how many words that were, or 0. */
static size_t take_option(struct arena *arena, enum verb_flag verb, size_t left, char **arguments, struct options *options,
                          struct text *fault) {
	struct text value = text_of(arguments[0]);
	bool joined = text_find_byte(value, '=') != TEXT_NOT_FOUND;
	struct text name = text_cut(&value, '=');
	const struct option *option = find_option(verb, long_name(name));
	if (!option) {
		*fault = unknown_option(arena, verb, name);
		return 0;
	}
	if (option->kind == OPTION_FLAG && joined) {
		*fault = text_format(arena, "%s takes no value", option->name);
		return 0;
	}
	if (option->kind == OPTION_PAIR)
		return take_pair(arena, option, joined ? 1 : left, arguments, options, fault);
	if (option->kind == OPTION_SHOW && joined && !text_is(value, "always")) {
		*fault = text_format(arena, "%s takes =always or nothing", option->name);
		return 0;
	}
	if (option->kind == OPTION_SHOW && !joined)
		value = TEXT("terminal");
	bool from_next = option->kind != OPTION_FLAG && option->kind != OPTION_SHOW && !joined;
	if (from_next && left < 2) {
		*fault = text_format(arena, "%s needs a value: %s", option->name, option->value);
		return 0;
	}
	if (!check_output(option, options, fault)) return 0;
	store(arena, option, from_next ? text_of(arguments[1]) : value, options);
	return from_next ? 2 : 1;
}

size_t options_span(const char *word, unsigned *verbs) {
	static const size_t spans[] = {[OPTION_FLAG] = 1, [OPTION_TEXT] = 2, [OPTION_TEXTS] = 2, [OPTION_PAIR] = 3, [OPTION_SHOW] = 1,
	                               [OPTION_FORMAT] = 2, [OPTION_OUTPUT] = 2};
	struct text value = text_of(word);
	struct text name = long_name(text_cut(&value, '='));
	unsigned with = 0;
	size_t span = 0;
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (text_is(name, table[i].name)) {
			with |= table[i].verbs;
			span = text_has_byte(text_of(word), '=') ? 1 : spans[table[i].kind];
		}
	*verbs &= span ? with : ALL_VERBS;
	return span;
}

/* Whether --color has a value that it takes; else `*fault` says so. */
static bool check_color(struct arena *arena, struct text color, struct text *fault) {
	if (!color.length || text_is(color, "auto") || text_is(color, "always") || text_is(color, "never")) return true;
	*fault = text_format(arena, "--color takes auto, always or never, not '%.*s'", TEXT_ARGUMENTS(color));
	return false;
}

bool options_lock_timeout(const struct options *options, unsigned *seconds) {
	enum { USUAL = 10, LONGEST = 3600 };
	int64_t given = USUAL;
	bool valid = !options->lock_timeout.length ||
	             (text_to_integer(options->lock_timeout, &given) && given >= 0 && given <= LONGEST);
	*seconds = valid ? (unsigned)given : USUAL;
	return valid;
}

bool options_parse(struct arena *arena, enum verb_flag verb, size_t count, char **arguments, struct options *options,
                   struct text *fault) {
	bool only_paths = false;
	unsigned seconds;
	for (size_t i = 0; i < count;) {
		struct text word = text_of(arguments[i]);
		size_t taken = 1;
		if (!only_paths && text_is(word, "--"))
			only_paths = true;
		else if (!only_paths && word.length > 1 && word.bytes[0] == '-')
			taken = take_option(arena, verb, count - i, arguments + i, options, fault);
		else if (!word.length)
			*fault = TEXT("a path is empty"), taken = 0;
		else
			*list_add(arena, &options->paths) = word;
		if (!taken) return false;
		i += taken;
	}
	if (!options_lock_timeout(options, &seconds))
		*fault = TEXT("--lock-timeout takes seconds, from 0 (do not wait) to 3600");
	return !fault->length && check_color(arena, options->color, fault);
}

bool options_want_color(const struct options *options) {
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *terminal = getenv("TERM");
	if (options->color.length && !text_is(options->color, "auto"))
		return text_is(options->color, "always");
	if (no && *no) return false;
	if (force && *force && strcmp(force, "0") != 0) return true;
	return isatty(STDOUT_FILENO) && !(terminal && !strcmp(terminal, "dumb"));
}

bool options_show_secrets(const struct options *options, struct text *fault) {
	if (!options->show_secrets.length) return true;
	if (!text_is(options->show_secrets, "always") && !isatty(STDOUT_FILENO)) {
		*fault = TEXT("--show-secrets works on a terminal only");
		return false;
	}
	redact_show_all();
	return true;
}

void options_explain(struct buffer *out, enum verb_flag verb) {
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option *option = &table[i];
		if (!(option->verbs & verb)) continue;
		size_t start = out->length;
		buffer_format(out, "  %s%s%s", option->name, option->value && option->kind != OPTION_SHOW ? " " : "", option->value ? option->value : "");
		size_t width = out->length - start;
		buffer_add_repeated(out, ' ', width < 34 ? 34 - width : 1);
		buffer_format(out, "%s\n", option->help);
	}
}
