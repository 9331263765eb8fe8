#include "reach/written.h"

#include "base/path.h"
#include "reach/shell.h"

enum { MOST_VALUES = 64, MOST_ARGUMENTS = 64 };

struct writing {
	struct arena *arena;
	const struct text *path;
	struct map *names;
	struct map values;    /* a variable's name -> struct text_list: the names of files that it may stand for */
	struct map functions; /* of the script's own */
};

/* One simple command. */
struct command {
	struct text words[MOST_ARGUMENTS]; /* without keywords, assignments and redirections */
	size_t count;
};

/* --- what variables stand for --- */

static struct text name_of_file(struct text word) { return path_name(word); }

static void add_value(struct writing *writing, struct text variable, struct text word) {
	struct text_list *list = map_place(writing->arena, &writing->values, variable, sizeof(*list));
	struct text name = name_of_file(word);
	while (name.length && name.bytes[name.length - 1] == '}') /* of `${NAME:-/etc/file}` */
		name.length--;
	if (name.length && list->count < MOST_VALUES)
		text_list_add_once(writing->arena, list, name);
}

static size_t word_end(struct text text) {
	size_t end = 0;
	while (end < text.length && text_is_word_byte(text.bytes[end]))
		end++;
	return end;
}

static bool is_assignment(struct text word) {
	size_t end = word_end(word);
	return end > 0 && end < word.length && word.bytes[end] == '=';
}

/* --- what is written --- */

static void note_name(struct writing *writing, struct text name) {
	if (name.length)
		map_put(writing->arena, writing->names, name, (void *)(uintptr_t)writing->path);
}

/* One variable of a name is put in. */
static void note_word(struct writing *writing, struct text word) {
	struct text name = name_of_file(word);
	size_t dollar = text_find_byte(name, '$');
	if (dollar == TEXT_NOT_FOUND) {
		note_name(writing, name);
		return;
	}
	struct text before = text_slice(name, 0, dollar), rest = text_from(name, dollar + 1);
	bool braces = text_starts_with(rest, TEXT("{"));
	rest = text_from(rest, braces);
	struct text variable = text_slice(rest, 0, word_end(rest));
	const struct text_list *values = map_get(&writing->values, variable);
	size_t close = braces ? text_find_byte(rest, '}') : variable.length;
	if (close == TEXT_NOT_FOUND) return;
	struct text after = text_from(rest, close + braces);
	for (size_t i = 0; values && i < values->count; i++)
		note_name(writing, text_join(writing->arena, text_join(writing->arena, before, values->items[i]), after));
}

static bool is_option(struct text word) { return text_starts_with(word, TEXT("-")); }

static void note_all(struct writing *writing, const struct command *command) {
	for (size_t i = 1; i < command->count; i++)
		note_word(writing, command->words[i]);
}

/* `cp FROM TO`, `cp FROM... FOLDER`; what goes into a folder of copies or of what is temporary is read alone. */
static void note_last(struct writing *writing, const struct command *command) {
	struct text to = command->words[command->count - 1];
	bool folder = !text_has_byte(path_name(to), '.') && !text_has_byte(path_name(to), '$');
	bool aside = text_find(to, TEXT("bak")) != TEXT_NOT_FOUND || text_find(to, TEXT("backup")) != TEXT_NOT_FOUND || text_find(to, TEXT("tmp")) != TEXT_NOT_FOUND;
	if (command->count < 3) return;
	note_word(writing, to);
	for (size_t i = 1; folder && !aside && i + 1 < command->count; i++)
		if (!is_option(command->words[i]))
			note_word(writing, command->words[i]);
}

/* `sed -i`. */
static void note_in_place(struct writing *writing, const struct command *command) {
	for (size_t i = 1; i < command->count; i++)
		if (text_starts_with(command->words[i], TEXT("-i")) || text_starts_with(command->words[i], TEXT("--in-place"))) {
			note_all(writing, command);
			return;
		}
}

static const struct {
	const char *name;
	void (*note)(struct writing *, const struct command *);
} commands[] = {
	{"tee", note_all}, {"touch", note_all}, {"truncate", note_all}, {"sed", note_in_place}, {"perl", note_in_place},
	{"cp", note_last}, {"mv", note_last},   {"ln", note_last},      {"install", note_last}, {"rsync", note_last},
};

/* `-o FILE`, `of=FILE`. */
static void note_options(struct writing *writing, const struct command *command) {
	for (size_t i = 1; i < command->count; i++) {
		struct text word = command->words[i];
		if (i + 1 < command->count && (text_is(word, "-o") || text_is(word, "-O") || text_is(word, "--output")))
			note_word(writing, command->words[i + 1]);
		if (text_starts_with(word, TEXT("of=")) || text_starts_with(word, TEXT("--output=")))
			note_word(writing, text_from(word, text_find_byte(word, '=') + 1));
	}
}

static void note_command(struct writing *writing, const struct command *command) {
	if (!command->count) return;
	struct text name = path_name(command->words[0]);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (text_is(name, commands[i].name))
			commands[i].note(writing, command);
	note_options(writing, command);
}

/* What it sets variables to, those of functions included. */
static void note_values(struct writing *writing, const struct command *command) {
	bool loop = command->count > 3 && text_is(command->words[0], "for");
	bool call = command->count && map_get(&writing->functions, command->words[0]);
	for (size_t i = 0; i < command->count; i++) {
		struct text word = command->words[i];
		if (is_assignment(word))
			add_value(writing, text_slice(word, 0, word_end(word)), text_from(word, word_end(word) + 1));
		if (loop && i > 2)
			add_value(writing, command->words[1], word);
		if (call && i > 0)
			add_value(writing, text_of_number(writing->arena, (uint32_t)i), word);
	}
}

/* --- commands --- */

static bool goes_before_command(struct text word) {
	static const char *const words[] = {"if",   "then", "else", "elif", "do",   "while", "until",
	                                    "!",    "{",    "time", "sudo", "exec", "env",   "command"};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (text_is(word, words[i]))
			return true;
	return false;
}

static void each_command(struct writing *writing, const struct piece_list *pieces,
                         void (*visit)(struct writing *, const struct command *), bool assigns) {
	struct command command = {.count = 0};
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];
		bool redirected = i > 0 && (piece[-1].kind == PIECE_OUT || piece[-1].kind == PIECE_IN);
		if (piece->kind == PIECE_OPEN || piece->kind == PIECE_END) {
			visit(writing, &command);
			command.count = 0;
			continue;
		}
		if (piece->kind != PIECE_WORD || redirected) continue;
		bool before = !command.count && (goes_before_command(piece->word) || (!assigns && is_assignment(piece->word)));
		if (!before && command.count < MOST_ARGUMENTS)
			command.words[command.count++] = piece->word;
	}
}

/* `name()`, `function name`. */
static void find_functions(struct writing *writing, const struct piece_list *pieces) {
	for (size_t i = 0; i + 1 < pieces->count; i++) {
		bool word = pieces->items[i].kind == PIECE_WORD;
		if (word && pieces->items[i + 1].kind == PIECE_OPEN)
			map_put(writing->arena, &writing->functions, pieces->items[i].word, writing);
		if (word && text_is(pieces->items[i].word, "function"))
			map_put(writing->arena, &writing->functions, pieces->items[i + 1].word, writing);
	}
}

void written_note(struct arena *arena, struct text script, const struct text *script_path, struct map *names) {
	struct writing writing = {.arena = arena, .path = script_path, .names = names};
	struct piece_list pieces = shell_pieces(arena, script);
	find_functions(&writing, &pieces);
	each_command(&writing, &pieces, note_values, true);
	each_command(&writing, &pieces, note_command, false);
	for (size_t i = 1; i < pieces.count; i++)
		if (pieces.items[i].kind == PIECE_WORD && pieces.items[i - 1].kind == PIECE_OUT)
			note_word(&writing, pieces.items[i].word);
}
