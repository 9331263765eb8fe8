#include "reader/shell/shell.h"

/* A simple command. */
struct command {
	struct text_list words;
	size_t assignments;   /* before its first word */
	bool begun;           /* a word was met, if only one that expands to nothing: assignments are over */
	bool subshell;        /* an operator behind it makes a subshell of it */
	bool read_fails;      /* `<`: no file is there to read */
	size_t start;         /* offset of its first word, for faults */
};

/* `<`, `>` and what follows them; shell->at is at the operator. */
static void read_redirection(struct shell *shell, struct command *command) {
	struct buffer target = {.arena = shell->scan->arena};
	command->read_fails = command->read_fails || shell_next(shell) == '<';
	while (text_has_byte(TEXT("<>&|"), shell_next(shell)))
		shell->at++;
	shell_skip_blanks(shell);
	if (shell_ends_word(shell, shell->at) || shell_next(shell) == '#')
		shell_fail_syntax(shell);
	else
		shell_read_text(shell, SHELL_WORD, &target);
}

/* A word that is no assignment. */
static void read_word(struct shell *shell, struct command *command) {
	struct buffer word = {.arena = shell->scan->arena};
	if (!command->words.count)
		command->start = shell->at;
	shell_read_text(shell, SHELL_WORD, &word);
	command->begun = true;
	/* zsh looks for files before it assigns anything for this command only; there are none. */
	if (shell->kind == SHELL_ZSH && shell->pattern && !shell->dry) {
		shell_fail(shell, SHELL_STOPS);
		return;
	}
	/* A word that expands to nothing is none, unless it has quotes. */
	if (word.length || shell->quote)
		*list_add(shell->scan->arena, &command->words) = buffer_text(&word);
}

/* Whether a word of the simple command at shell->at is a command, so that its assignments are for that command only; or
 * whether an operator behind it makes a subshell of it. Looks ahead without changing anything. */
static bool loses_assignments(const struct script *script, struct command *command) {
	static const char *const special[] = {":",    "export", "readonly", "set",    "unset",
	                                      "eval", ".",      "exit",     "return", NULL};
	struct env_scan silent = *script->shell.scan;
	struct shell ahead = script->shell;
	silent.view = NULL;
	ahead.scan = &silent;
	while (ahead.at < ahead.text.length && (ahead.reach == SHELL_GOES_ON || ahead.kind == SHELL_ZSH)) {
		shell_skip_blanks(&ahead);
		char byte = shell_next(&ahead);
		size_t equal = command->begun ? 0 : shell_find_assignment(&ahead);
		struct buffer ignored = {.arena = ahead.scan->arena};
		if (byte == '#') break;
		if (byte == '<' || byte == '>') {
			read_redirection(&ahead, command);
		} else if (shell_ends_word(&ahead, ahead.at) && !(byte == '(' && command->assignments)) {
			break;
		} else if (equal) {
			command->assignments++;
			ahead.at = equal + 1;
			if (shell_next(&ahead) == '(')
				ahead.at = line_feed_find(ahead.text, ahead.at);
			else
				shell_read_text(&ahead, SHELL_VALUE, &ignored);
		} else {
			read_word(&ahead, command);
			if (byte == '(') break;
		}
	}
	char operator = shell_next(&ahead), second = shell_byte(&ahead, ahead.at + 1);
	command->subshell = (operator == '&' || operator == '|') && second != operator;
	bool keeps = !command->words.count ||
	             (script->shell.kind == SHELL_DASH && text_is_one_of(command->words.items[0], special));
	/* Words are expanded before anything is assigned. */
	if (ahead.reach == SHELL_LINE_LOST) return true;
	return command->subshell || !keeps || (command->read_fails && script->shell.kind != SHELL_BASH);
}

static void run_command(struct script *script, const struct command *command) {
	static const char *const succeeding[] = {"true",   ":",        "echo",  "set",   "unset",
	                                         "export", "readonly", "alias", "umask", "printf",
	                                         "shopt",  "setopt",   "trap",  "eval",  NULL};
	struct shell *shell = &script->shell;
	script->succeeds = text_is_one_of(command->words.items[0], succeeding);
	script->guessed = !script->succeeds && !text_is(command->words.items[0], "false");
	if (shell->dry) return;
	if (command->words.count > 1 && text_is(command->words.items[0], ".") && shell->kind == SHELL_DASH)
		shell_fail(shell, SHELL_REFUSES);
	if (text_is(command->words.items[0], "unset"))
		for (size_t i = 1; i < command->words.count; i++)
			env_forget(shell->scan, command->words.items[i]);
	struct span place = env_text_span(&script->file, command->start, shell->at);
	if (!script->succeeds)
		env_fault(shell->scan, "not-an-assignment", place);
}

/* Whether a word has an unquoted pattern, which in zsh must match a file; none is there. */
static bool is_pattern(const struct shell *shell) {
	bool opens = false;
	for (size_t at = shell->at; !shell_ends_word(shell, at); at++) {
		char byte = shell_byte(shell, at);
		if (byte == '\'' || byte == '"' || byte == '`' || byte == '\\' || byte == '$') return false;
		if (byte == '*' || byte == '?' || (byte == ']' && opens)) return true;
		opens = opens || byte == '[';
	}
	return false;
}

/* In zsh `=NAME` is the path of a command, in a word as in a value. */
static void read_command_word(struct script *script, struct command *command) {
	struct shell *shell = &script->shell;
	bool fails = shell_is_command_path(shell) ||
	             (shell->kind == SHELL_ZSH && (shell_is_element(shell) || is_pattern(shell)));
	/* A `}` that closes nothing is a syntax error wherever it stands. */
	if (shell->kind == SHELL_ZSH && script->open == 0 && shell_next(shell) == '}' &&
	    shell_ends_word(shell, shell->at + 1)) {
		shell_fail_syntax(shell);
		return;
	}
	if (fails && !shell->dry)
		shell_fail(shell, SHELL_STOPS);
	read_word(shell, command);
}

/* A word of a compound command, where a command may begin: it is passed over, and what stands in the compound is read
 * as if it were run. False when `word` is none. */
static bool skip_reserved(struct script *script, struct text word) {
	static const char *const opening[] = {"{", "if", "while", "until", "for", "case", "select", NULL};
	static const char *const middle[] = {"then", "else", "elif", "do", NULL};
	static const char *const closing[] = {"}", "fi", "done", "esac", NULL};
	struct shell *shell = &script->shell;
	bool opens = text_is_one_of(word, opening), closes = text_is_one_of(word, closing);
	if (!opens && !closes && !text_is_one_of(word, middle) && !text_is(word, "!")) return false;
	size_t next = blank_skip(BLANKS_LINE, shell->text, shell->at + 1, shell->text.length);
	bool bare = text_is(word, "!") && shell->kind == SHELL_DASH &&
	            (!shell_byte(shell, next) || shell_byte(shell, next) == '\n');
	if (bare || (!opens && !text_is(word, "!") && script->open == 0)) {
		shell_fail_syntax(shell);
		return true;
	}
	if (opens && script->open == 0)
		script->kept = shell->scan->section->variables.count;
	script->open += opens;
	script->open -= closes;
	shell->at += word.length;
	if (text_is(word, "for") || text_is(word, "case") || text_is(word, "select"))
		while (!shell_at_end(shell) && shell_next(shell) != ';' && shell_next(shell) != '\n')
			shell->at++;
	struct span place = env_text_span(&script->file, shell->at - 1, shell->at);
	if (!shell->dry && opens)
		env_fault(shell->scan, "shell-compound", place);
	return true;
}

static bool is_external(const struct shell *shell, const struct command *command) {
	static const char *const inside[] = {".", ":", "-", "[", "alias", "cd", "declare", "echo", "eval", "exec",
	                                     "exit", "export", "false", "kill", "local", "printf", "read",
	                                     "readonly", "return", "set", "setopt", "shift", "source", "test",
	                                     "trap", "true", "type", "typeset", "umask", "unset", "wait", NULL};
	return shell->kind == SHELL_ZSH && command->words.count && !text_is_one_of(command->words.items[0], inside);
}

/* A simple command, up to the operator or line feed behind it. */
static void read_command(struct script *script, bool skipped) {
	static const char *const exporting[] = {"export", "readonly", "declare", "typeset", "local", NULL};
	struct shell *shell = &script->shell;
	struct command ahead = {.assignments = 0}, command = {.assignments = 0};
	/* What may be run is not lost, only in doubt. */
	bool may_run = script->conditional && !shell->scan->reading->has_environment;
	bool unset = (skipped && !may_run) || script->piped;
	bool lost = loses_assignments(script, &ahead) || unset;
	struct span none = env_text_span(&script->file, shell->at, shell->at);
	shell->kept = unset || ahead.subshell ? NULL : &script->file;
	for (shell_skip_blanks(shell); shell->reach == SHELL_GOES_ON; shell_skip_blanks(shell)) {
		char byte = shell_next(shell);
		size_t equal = command.begun ? 0 : shell_find_assignment(shell);
		size_t end = shell->at;
		while (!shell_ends_word(shell, end))
			end++;
		bool late = equal || (command.words.count && is_pattern(shell) && !shell_is_command_path(shell));
		if (byte == '<' || byte == '>') {
			read_redirection(shell, &command);
		} else if (shell_ends_word(shell, shell->at) || byte == '#') {
			break;
		} else if (equal) {
			script_read_assignment(script, equal, none, lost);
			command.assignments++;
			script->succeeds = true;
			script->guessed = false;
		} else if (!command.words.count && text_is_one_of(text_slice(shell->text, shell->at, end), exporting) &&
		           !(shell->kind == SHELL_DASH && byte != 'e' && byte != 'r')) {
			script_read_export(script, unset || ahead.subshell);
			script->succeeds = true;
			script->guessed = false;
		} else if (command.words.count || command.assignments ||
		           !skip_reserved(script, text_slice(shell->text, shell->at, end))) {
			read_command_word(script, &command);
		}
		/* zsh assigns for such a command and looks for files in a process of its own, which is what then ends. */
		if (late && is_external(shell, &ahead) && !shell->dry)
			shell->reach = SHELL_GOES_ON;
	}
	if (command.words.count && !skipped && shell->reach == SHELL_GOES_ON)
		run_command(script, &command);
}

static void pass_comment(struct script *script) {
	struct shell *shell = &script->shell;
	size_t end = line_feed_find(shell->text, shell->at);
	struct span comment = env_text_span(&script->file, shell->at, end);
	if (!shell->dry)
		env_token(shell->scan, TOKEN_COMMENT, comment.start, comment.end);
	shell->at = end;
}

/* The operator behind a command; whether another command of this line follows, and whether it is skipped. */
static bool read_operator(struct script *script, bool *skipped) {
	struct shell *shell = &script->shell;
	char operator = shell_next(shell), second = shell_byte(shell, shell->at + 1);
	if (shell->at >= shell->text.length || shell->reach != SHELL_GOES_ON) return false;
	if (operator == '#')
		pass_comment(script);
	if (operator == '\n' || operator == '#') {
		shell->at += shell_next(shell) == '\n';
		return false;
	}
	bool twice = second == operator && operator != '(' && operator != ')';
	if (operator == '(' || operator == ')' || (operator == ';' && twice)) {
		shell_fail_syntax(shell);
		return false;
	}
	shell->at += twice ? 2 : 1;
	*skipped = twice && script->succeeds == (operator == '|');
	script->conditional = twice && (script->guessed || script->conditional);
	/* The commands of a pipe run in shells of their own; the last one does not in zsh. */
	script->piped = operator == '|' && !twice && shell->kind != SHELL_ZSH;
	/* Measured: zsh with its jobs in a file that is sourced runs no further. */
	if (operator == '&' && !twice && shell->kind == SHELL_ZSH)
		shell_fail(shell, SHELL_STOPS);
	bool needs = twice || operator == '|';
	while (needs && text_has_byte(TEXT(" \t\n"), shell_next(shell)))
		shell->at++;
	if (needs && shell->at >= shell->text.length)
		shell_fail_syntax(shell);
	return shell->reach == SHELL_GOES_ON;
}

/* A line of commands; it is read once for its syntax before any of it is run. */
static void read_line(struct script *script) {
	struct shell *shell = &script->shell;
	size_t start = shell->at, open = script->open;
	for (int run = 0; run < 2 && shell->reach == SHELL_GOES_ON; run++) {
		bool skipped = false, first = true;
		shell->at = start;
		script->open = open;
		script->piped = false;
		script->conditional = script->guessed = false;
		shell->dry = run == 0;
		do {
			shell_skip_blanks(shell);
			size_t before = shell->at;
			read_command(script, skipped);
			bool empty = shell->at == before;
			char operator = shell_next(shell);
			if (empty && text_has_byte(TEXT(";&|"), operator) &&
			    shell->reach == SHELL_GOES_ON && !(shell->kind == SHELL_ZSH && operator == ';' && first))
				shell_fail_syntax(shell);
			first = false;
		} while (read_operator(script, &skipped));
	}
}

void shell_read_output(struct shell *shell, struct buffer *out) {
	struct command command = {.assignments = 0};
	for (;;) {
		while (text_has_byte(TEXT(" \t\n"), shell_next(shell)))
			shell->at++;
		if (shell->at >= shell->text.length || shell->reach != SHELL_GOES_ON) break;
		if (shell_next(shell) == '#')
			shell->at = line_feed_find(shell->text, shell->at);
		else if (shell_ends_word(shell, shell->at))
			shell->at++;
		else
			read_word(shell, &command);
	}
	if (!command.words.count || !text_is(command.words.items[0], "echo")) {
		env_doubt(shell->scan, ENV_OF_COMMAND);
		if (!shell->dry)
			env_fault(shell->scan, "command-not-run", shell->place);
		return;
	}
	for (size_t i = 1; i < command.words.count; i++) {
		if (i > 1)
			buffer_add_byte(out, ' ');
		buffer_add(out, command.words.items[i]);
	}
}

static void scan_shell(struct env_scan *scan) {
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
			struct span place = env_text_span(&script.file, start, line_feed_find(shell->text, start));
			env_fault(scan, shell->reach == SHELL_STOPS ? "shell-stops" : "shell-ends-refused", place);
			break;
		}
	}
	if (script.open == 0 || scan->stopped) return;
	/* A compound command that is never closed is a syntax error, and nothing of it is run. */
	env_fault(scan, *kind == SHELL_DASH ? "shell-ends-refused" : "shell-stops",
	          env_span(scan->bytes.length, scan->bytes.length));
	if (script.kept < scan->section->variables.count)
		scan->section->variables.count = script.kept;
}

static const enum shell_kind bash = SHELL_BASH, dash = SHELL_DASH, zsh = SHELL_ZSH;

ENV_READER(bash, "bash", "`set -a; . FILE` in bash (5.2 measured)",
	.scan = scan_shell, .mark_kept = true, .switches = &bash);

ENV_READER(dash, "dash", "`set -a; . FILE` in dash, Debian's /bin/sh (0.5.12 measured)",
	.scan = scan_shell, .mark_kept = true, .switches = &dash);

ENV_READER(zsh, "zsh", "`set -a; . FILE` in zsh (5.9 measured)",
	.scan = scan_shell, .nul = ENV_NUL_ENDS, .mark_kept = true, .switches = &zsh);
