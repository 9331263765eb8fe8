#include "reader/shell.h"

/* One run over a file. */
struct script {
	struct shell shell;
	struct env_text file;
	size_t told;          /* offset in the file */
	bool succeeds;        /* the exit status of the newest command */
	size_t open;          /* compound commands that are not closed yet */
};

/* A simple command. */
struct command {
	struct text_list words;
	size_t assignments;   /* before its first word */
	bool read_fails;      /* `<`: no file is there to read */
	size_t start;         /* offset of its first word, for faults */
	bool exports;         /* its words are assignments */
	bool unsets;
};

static char byte_at(const struct shell *shell, size_t at)
{
	return at < shell->text.length ? shell->text.bytes[at] : '\0';
}

static void skip_blanks(struct shell *shell)
{
	for (;;) {
		if (byte_at(shell, shell->at) == ' ' || byte_at(shell, shell->at) == '\t')
			shell->at++;
		else if (byte_at(shell, shell->at) == '\\' && byte_at(shell, shell->at + 1) == '\n')
			shell->at += 2;
		else
			return;
	}
}

static struct span in_file(const struct script *script, size_t start, size_t end)
{
	size_t first = env_offset(&script->file, start);
	return env_span(first, end > start ? env_offset(&script->file, end - 1) + 1 : first);
}

/* --- assignments --- */

/* The offset of `=` of the assignment at shell->at, or 0. */
static size_t find_assignment(const struct shell *shell)
{
	size_t end = shell->at;
	while (shell_is_name_byte(byte_at(shell, end), end == shell->at))
		end++;
	bool appends = byte_at(shell, end) == '+' && byte_at(shell, end + 1) == '=' && shell->kind != SHELL_DASH;
	return end > shell->at && (byte_at(shell, end) == '=' || appends) ? end + appends : 0;
}

/* Whether `NAME[` stands here, an element of an array. */
static bool is_element(const struct shell *shell)
{
	size_t end = shell->at;
	while (shell_is_name_byte(byte_at(shell, end), end == shell->at))
		end++;
	size_t close = text_find_byte(text_slice(shell->text, end, line_feed_find(shell->text, end)), ']');
	return shell->kind != SHELL_DASH && end > shell->at && byte_at(shell, end) == '[' && close != TEXT_NOT_FOUND &&
	       byte_at(shell, end + close + 1) == '=';
}

/* The lines of a statement: all of its line when nothing but a comment follows it. */
static void set_lines(struct script *script, struct env_statement *statement, size_t end)
{
	struct env_scan *scan = script->shell.scan;
	size_t line_end = line_feed_find(scan->bytes, end);
	size_t next = blank_skip(BLANKS_LINE, scan->bytes, end, line_end);
	bool comments = next > end && next < line_end && scan->bytes.bytes[next] == '#';
	statement->lines = env_lines(scan, script->told, statement->key.start, end);
	if (statement->export.end > statement->export.start && statement->export.start < statement->lines.start)
		statement->lines.start = statement->export.start;
	if (comments)
		statement->comment = env_span(next, line_end);
	else if (next < line_end)
		statement->lines.end = (uint32_t)end;
}

static void tell(struct script *script, size_t key, size_t equal, size_t end, struct span export, bool dropped,
                 struct text content)
{
	struct shell *shell = &script->shell;
	bool appends = equal > key && byte_at(shell, equal - 1) == '+';
	struct env_statement statement = {.export = export, .dropped = dropped, .content = content};
	statement.key = in_file(script, key, equal - appends);
	statement.operator = in_file(script, equal - appends, equal + 1);
	statement.value = in_file(script, equal + 1, end);
	statement.name = text_slice(shell->text, key, equal - appends);
	statement.quote = shell->words == 1 ? shell->quote : 0;
	const struct text *given = appends ? env_given(shell->scan, statement.name) : NULL;
	statement.expanded = true;
	statement.effective = given ? text_join(shell->scan->arena, *given, content) : content;
	set_lines(script, &statement, in_file(script, key, end).end);
	if (dropped)
		env_fault(shell->scan, "command-not-run", statement.key.start, statement.value.end);
	env_tell(shell->scan, &statement);
	script->told = statement.lines.end;
}

/* The assignment whose `=` is at `equal`. `lost`: it is for one command only, or for a subshell. */
static void read_assignment(struct script *script, size_t equal, struct span export, bool lost)
{
	struct shell *shell = &script->shell;
	struct buffer value = {.arena = shell->scan->arena};
	size_t key = shell->at;
	shell->at = equal + 1;
	shell->place = in_file(script, key, equal + 1);
	bool array = byte_at(shell, shell->at) == '(' && shell->kind != SHELL_DASH;
	if (array) {
		size_t close = text_find_byte(text_from(shell->text, shell->at), ')');
		if (close == TEXT_NOT_FOUND) {
			shell_fail_syntax(shell);
			return;
		}
		shell->at += close + 1;
	} else {
		shell_read_text(shell, SHELL_VALUE, &value);
	}
	if (!shell->dry && shell->reach == SHELL_GOES_ON)
		tell(script, key, equal, shell->at, export, lost || array, buffer_text(&value));
}

/* --- commands --- */

static bool is_one_of(struct text word, const char *const *names)
{
	while (*names && !text_is(word, *names))
		names++;
	return *names != NULL;
}

/* `<`, `>` and what follows them; shell->at is at the operator. */
static void read_redirection(struct shell *shell, struct command *command)
{
	struct buffer target = {.arena = shell->scan->arena};
	command->read_fails = command->read_fails || byte_at(shell, shell->at) == '<';
	while (text_find_byte(TEXT("<>&|"), byte_at(shell, shell->at)) != TEXT_NOT_FOUND && byte_at(shell, shell->at))
		shell->at++;
	skip_blanks(shell);
	if (shell_ends_word(shell, shell->at))
		shell_fail_syntax(shell);
	else
		shell_read_text(shell, SHELL_WORD, &target);
}

/* A word that is no assignment. */
static void read_word(struct shell *shell, struct command *command)
{
	struct buffer word = {.arena = shell->scan->arena};
	if (!command->words.count)
		command->start = shell->at;
	shell_read_text(shell, SHELL_WORD, &word);
	/* A word that expands to nothing is none, unless it has quotes. */
	if (word.length || shell->quote)
		*list_add(shell->scan->arena, &command->words) = buffer_text(&word);
}

/* Whether a word of the simple command at shell->at is a command, so that its assignments are for that command only; or
 * whether an operator behind it makes a subshell of it. Looks ahead without changing anything. */
static bool loses_assignments(const struct script *script, struct command *command)
{
	static const char *const special[] = {":", "export", "readonly", "set", "unset", "eval", ".", "exit", "return", NULL};
	struct env_scan silent = *script->shell.scan;
	struct shell ahead = script->shell;
	silent.view = NULL;
	ahead.scan = &silent;
	while (ahead.at < ahead.text.length && ahead.reach == SHELL_GOES_ON) {
		skip_blanks(&ahead);
		char byte = byte_at(&ahead, ahead.at);
		size_t equal = command->words.count ? 0 : find_assignment(&ahead);
		struct buffer ignored = {.arena = ahead.scan->arena};
		if (byte == '#')
			break;
		if (byte == '<' || byte == '>') {
			read_redirection(&ahead, command);
		} else if (shell_ends_word(&ahead, ahead.at) && !(byte == '(' && command->assignments)) {
			break;
		} else if (equal) {
			command->assignments++;
			ahead.at = equal + 1;
			if (byte_at(&ahead, ahead.at) == '(')
				ahead.at = line_feed_find(ahead.text, ahead.at);
			else
				shell_read_text(&ahead, SHELL_VALUE, &ignored);
		} else {
			read_word(&ahead, command);
			if (byte == '(')
				break;
		}
	}
	char operator = byte_at(&ahead, ahead.at), second = byte_at(&ahead, ahead.at + 1);
	bool subshell = (operator == '&' || operator == '|') && second != operator;
	bool keeps = !command->words.count || (script->shell.kind == SHELL_DASH && is_one_of(command->words.items[0], special));
	return subshell || !keeps || (command->read_fails && script->shell.kind != SHELL_BASH);
}

/* The words of `export` and its like: each may be an assignment. */
static void read_export(struct script *script, bool lost)
{
	struct shell *shell = &script->shell;
	size_t start = shell->at;
	struct span export = in_file(script, start, start);
	while (!shell_ends_word(shell, shell->at))
		shell->at++;
	if (text_is(text_slice(shell->text, start, shell->at), "export"))
		export = in_file(script, start, shell->at);
	for (skip_blanks(shell); shell->reach == SHELL_GOES_ON; skip_blanks(shell)) {
		size_t equal = find_assignment(shell);
		struct buffer word = {.arena = shell->scan->arena};
		char first = byte_at(shell, shell->at);
		if (shell_ends_word(shell, shell->at) || first == '#')
			return;
		if (equal) {
			read_assignment(script, equal, export, lost);
			export = in_file(script, shell->at, shell->at);
			continue;
		}
		shell_read_text(shell, SHELL_WORD, &word);
		struct text name = buffer_text(&word);
		bool valid = name.length && (first == '-' || shell_is_name_byte(name.bytes[0], true));
		for (size_t i = 1; i < name.length && first != '-'; i++)
			valid = valid && shell_is_name_byte(name.bytes[i], false);
		if (!valid && !shell->dry && shell->kind != SHELL_BASH)
			shell_fail(shell, shell->kind == SHELL_DASH ? SHELL_REFUSES : SHELL_STOPS);
	}
}

static void run_command(struct script *script, const struct command *command)
{
	static const char *const succeeding[] = {"true", ":", "echo", "set", "unset", "export", "readonly", "alias", "umask",
	                                         "printf", "shopt", "setopt", "trap", "eval", NULL};
	struct shell *shell = &script->shell;
	script->succeeds = is_one_of(command->words.items[0], succeeding);
	if (shell->dry)
		return;
	if (command->words.count > 1 && text_is(command->words.items[0], ".") && shell->kind == SHELL_DASH)
		shell_fail(shell, SHELL_REFUSES);
	if (text_is(command->words.items[0], "unset"))
		for (size_t i = 1; i < command->words.count; i++)
			env_forget(shell->scan, command->words.items[i]);
	struct span place = in_file(script, command->start, shell->at);
	if (!script->succeeds)
		env_fault(shell->scan, "not-an-assignment", place.start, place.end);
}

/* In zsh `=NAME` as a word is the path of a command as well. */
static void read_command_word(struct script *script, struct command *command)
{
	struct shell *shell = &script->shell;
	bool path = shell->kind == SHELL_ZSH && byte_at(shell, shell->at) == '=' && !shell_ends_word(shell, shell->at + 1);
	if ((path || (shell->kind == SHELL_ZSH && is_element(shell))) && !shell->dry)
		shell_fail(shell, SHELL_STOPS);
	read_word(shell, command);
}

/* A word of a compound command, where a command may begin: it is passed over, and what stands in the compound is read as
 * if it were run. False when `word` is none. */
static bool skip_reserved(struct script *script, struct text word)
{
	static const char *const opening[] = {"{", "if", "while", "until", "for", "case", "select", NULL};
	static const char *const middle[] = {"then", "else", "elif", "do", NULL};
	static const char *const closing[] = {"}", "fi", "done", "esac", NULL};
	struct shell *shell = &script->shell;
	bool opens = is_one_of(word, opening), closes = is_one_of(word, closing);
	if (!opens && !closes && !is_one_of(word, middle) && !text_is(word, "!"))
		return false;
	bool bare = text_is(word, "!") && shell->kind == SHELL_DASH &&
	            blank_skip(BLANKS_LINE, shell->text, shell->at + 1, shell->text.length) >=
	                    line_feed_find(shell->text, shell->at);
	if (bare || (!opens && !text_is(word, "!") && script->open == 0)) {
		shell_fail_syntax(shell);
		return true;
	}
	script->open += opens;
	script->open -= closes;
	shell->at += word.length;
	if (text_is(word, "for") || text_is(word, "case") || text_is(word, "select"))
		while (shell->at < shell->text.length && byte_at(shell, shell->at) != ';' && byte_at(shell, shell->at) != '\n')
			shell->at++;
	if (!shell->dry && opens)
		env_fault(shell->scan, "shell-compound", in_file(script, shell->at - 1, shell->at).start,
		          in_file(script, shell->at - 1, shell->at).end);
	return true;
}

/* A simple command, up to the operator or line feed behind it. */
static void read_command(struct script *script, bool skipped)
{
	static const char *const exporting[] = {"export", "readonly", "declare", "typeset", "local", NULL};
	struct shell *shell = &script->shell;
	struct command ahead = {.assignments = 0}, command = {.assignments = 0};
	bool lost = loses_assignments(script, &ahead) || skipped;
	struct span none = in_file(script, shell->at, shell->at);
	for (skip_blanks(shell); shell->reach == SHELL_GOES_ON; skip_blanks(shell)) {
		char byte = byte_at(shell, shell->at);
		size_t equal = command.words.count ? 0 : find_assignment(shell);
		size_t end = shell->at;
		while (!shell_ends_word(shell, end))
			end++;
		if (byte == '<' || byte == '>') {
			read_redirection(shell, &command);
		} else if (shell_ends_word(shell, shell->at) || byte == '#') {
			break;
		} else if (equal) {
			read_assignment(script, equal, none, lost);
			script->succeeds = true;
		} else if (!command.words.count && is_one_of(text_slice(shell->text, shell->at, end), exporting) &&
		           !(shell->kind == SHELL_DASH && byte != 'e' && byte != 'r')) {
			read_export(script, skipped);
			script->succeeds = true;
		} else if (command.words.count || !skip_reserved(script, text_slice(shell->text, shell->at, end))) {
			read_command_word(script, &command);
		}
	}
	if (command.words.count && !skipped && shell->reach == SHELL_GOES_ON)
		run_command(script, &command);
}

/* The operator behind a command; whether another command of this line follows, and whether it is skipped. */
static bool read_operator(struct script *script, bool *skipped)
{
	struct shell *shell = &script->shell;
	char operator = byte_at(shell, shell->at), second = byte_at(shell, shell->at + 1);
	if (shell->at >= shell->text.length || shell->reach != SHELL_GOES_ON)
		return false;
	if (operator == '#')
		shell->at = line_feed_find(shell->text, shell->at);
	if (operator == '\n' || operator == '#') {
		shell->at += byte_at(shell, shell->at) == '\n';
		return false;
	}
	bool twice = second == operator && operator != '(' && operator != ')';
	if (operator == '(' || operator == ')' || (operator == ';' && twice)) {
		shell_fail_syntax(shell);
		return false;
	}
	shell->at += twice ? 2 : 1;
	*skipped = twice && script->succeeds == (operator == '|');
	/* Measured: zsh with its jobs in a file that is sourced runs no further. */
	if (operator == '&' && !twice && shell->kind == SHELL_ZSH)
		shell_fail(shell, SHELL_STOPS);
	size_t line_end = line_feed_find(shell->text, shell->at);
	bool needs = twice || operator == '|';
	while (needs && shell->at < line_end && (byte_at(shell, shell->at) == ' ' || byte_at(shell, shell->at) == '\t'))
		shell->at++;
	if (needs && shell->at >= shell->text.length)
		shell_fail_syntax(shell);
	return shell->reach == SHELL_GOES_ON;
}

/* A line of commands; it is read once for its syntax before any of it is run. */
static void read_line(struct script *script)
{
	struct shell *shell = &script->shell;
	size_t start = shell->at, open = script->open;
	for (int run = 0; run < 2 && shell->reach == SHELL_GOES_ON; run++) {
		bool skipped = false, first = true;
		shell->at = start;
		script->open = open;
		shell->dry = run == 0;
		do {
			skip_blanks(shell);
			size_t before = shell->at;
			read_command(script, skipped);
			bool empty = shell->at == before;
			char operator = byte_at(shell, shell->at);
			if (empty && (operator == ';' || operator == '&' || operator == '|') && shell->reach == SHELL_GOES_ON &&
			    !(shell->kind == SHELL_ZSH && operator == ';' && first))
				shell_fail_syntax(shell);
			first = false;
		} while (read_operator(script, &skipped));
	}
}

void shell_read_output(struct shell *shell, struct buffer *out)
{
	struct command command = {.assignments = 0};
	for (;;) {
		while (byte_at(shell, shell->at) == '\n' || byte_at(shell, shell->at) == ' ' || byte_at(shell, shell->at) == '\t')
			shell->at++;
		if (shell->at >= shell->text.length || shell->reach != SHELL_GOES_ON)
			break;
		if (byte_at(shell, shell->at) == '#')
			shell->at = line_feed_find(shell->text, shell->at);
		else if (shell_ends_word(shell, shell->at))
			shell->at++;
		else
			read_word(shell, &command);
	}
	if (!command.words.count || !text_is(command.words.items[0], "echo")) {
		if (!shell->dry)
			env_fault(shell->scan, "command-not-run", shell->place.start, shell->place.end);
		return;
	}
	for (size_t i = 1; i < command.words.count; i++) {
		if (i > 1)
			buffer_add_byte(out, ' ');
		buffer_add(out, command.words.items[i]);
	}
}

static void scan_shell(struct env_scan *scan)
{
	const enum shell_kind *kind = scan->dialect->switches;
	struct script script = {.shell = {.scan = scan, .kind = *kind}};
	struct shell *shell = &script.shell;
	script.file = *kind == SHELL_ZSH ? (struct env_text){scan->bytes, NULL} : env_without_byte(scan, '\0');
	shell->text = script.file.text;
	while (shell->at < shell->text.length && !scan->stopped) {
		size_t start = shell->at;
		read_line(&script);
		if (shell->reach == SHELL_LINE_LOST) {
			shell->reach = SHELL_GOES_ON;
			shell->at = line_feed_find(shell->text, shell->at) + 1;
		}
		if (shell->reach >= SHELL_STOPS) {
			struct span place = in_file(&script, start, line_feed_find(shell->text, start));
			env_fault(scan, shell->reach == SHELL_STOPS ? "shell-stops" : "shell-ends-refused", place.start, place.end);
			break;
		}
	}
	if (script.open > 0 && *kind == SHELL_DASH)
		env_fault(scan, "shell-ends-refused", scan->bytes.length, scan->bytes.length);
}

static const enum shell_kind bash = SHELL_BASH, dash = SHELL_DASH, zsh = SHELL_ZSH;

ENV_READER(bash, "bash", "`set -a; . FILE` in bash (5.2 measured)",
	.scan = scan_shell, .mark_kept = true, .switches = &bash);

ENV_READER(dash, "dash", "`set -a; . FILE` in dash, Debian's /bin/sh (0.5.12 measured)",
	.scan = scan_shell, .mark_kept = true, .switches = &dash);

ENV_READER(zsh, "zsh", "`set -a; . FILE` in zsh (5.9 measured)",
	.scan = scan_shell, .nul = ENV_NUL_ENDS, .mark_kept = true, .switches = &zsh);
