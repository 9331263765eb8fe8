#include "log/literal.h"

#include "base/buffer.h"
#include "base/list.h"

enum { SHORTEST = 3, MOST = 32, DEEPEST = 16 };

/* Part of an expression: `literals`, one of which it can't do without; none where that can't be told. */
struct need {
	struct text_list literals;
	size_t shortest; /* of them; the longer, the fewer texts hold it by chance */
};

struct walk {
	struct arena *arena;
	struct text text;
	size_t at;
	unsigned depth;
	bool strange; /* there is something that this does not know */
};

static char byte_at(const struct walk *walk, size_t at) { return at < walk->text.length ? walk->text.bytes[at] : '\0'; }

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static bool is_next(const struct walk *walk, const char *start) {
	return text_starts_with(text_from(walk->text, walk->at), text_of(start));
}

static void take_better(struct need *best, const struct need *other) {
	if (other->literals.count && other->shortest > best->shortest)
		*best = *other;
}

/* The run of plain bytes ends here. */
static void end_run(struct walk *walk, struct buffer *run, struct need *best) {
	struct text literal = text_lower(walk->arena, buffer_text(run));
	struct need need = {.shortest = literal.length};
	*run = (struct buffer){.arena = walk->arena};
	if (literal.length < SHORTEST) return;
	*list_add(walk->arena, &need.literals) = literal;
	take_better(best, &need);
}

/* Passes over a quantifier; `*optional`: what is before it may be missing. False when there is none. */
static bool take_quantifier(struct walk *walk, bool *optional) {
	char byte = byte_at(walk, walk->at);
	bool counted = byte == '{' && is_digit(byte_at(walk, walk->at + 1));
	*optional = byte == '?' || byte == '*' || (counted && byte_at(walk, walk->at + 1) == '0');
	if (byte != '?' && byte != '*' && byte != '+' && !counted) return false;
	while (counted && walk->at < walk->text.length && byte_at(walk, walk->at) != '}')
		walk->at++;
	walk->at++;
	if (byte_at(walk, walk->at) == '?' || byte_at(walk, walk->at) == '+')
		walk->at++;
	return true;
}

static void skip_class(struct walk *walk) {
	walk->at++;
	walk->at += byte_at(walk, walk->at) == '^';
	walk->at += byte_at(walk, walk->at) == ']';
	while (walk->at < walk->text.length && byte_at(walk, walk->at) != ']') {
		walk->strange = walk->strange || is_next(walk, "[:");
		walk->at += byte_at(walk, walk->at) == '\\' ? 2 : 1;
	}
	walk->at++;
}

/* Passes over what opens a group; `*looks`: it only looks round, and takes nothing. */
static void open_group(struct walk *walk, bool *looks) {
	static const char *const plain[] = {"(?:", "(?|", "(?i:", "(?s:", NULL}, *const round[] = {"(?=", "(?!", "(?<=", "(?<!", NULL};
	size_t length = 0;
	*looks = false;
	for (size_t i = 0; plain[i] && !length; i++)
		length = is_next(walk, plain[i]) ? text_of(plain[i]).length : 0;
	for (size_t i = 0; round[i] && !length; i++) {
		length = is_next(walk, round[i]) ? text_of(round[i]).length : 0;
		*looks = length != 0;
	}
	if (!length && is_next(walk, "(?<"))
		length = text_find_byte(text_from(walk->text, walk->at), '>') + 1;
	else if (!length && (is_next(walk, "(?") || is_next(walk, "(*")))
		walk->strange = true;
	walk->at += length ? length : 1;
}

static struct need take_alternatives(struct walk *walk);

static struct need take_group(struct walk *walk) {
	bool looks;
	open_group(walk, &looks);
	struct need need = {0};
	walk->strange = walk->strange || walk->depth == DEEPEST;
	if (walk->strange)
		return need;
	walk->depth++;
	need = take_alternatives(walk);
	walk->depth--;
	walk->at++;
	return looks ? (struct need){0} : need;
}

/* Adds the byte at the place to the run, or ends the run: what stands there may be several bytes. False at a group. */
static void take_byte(struct walk *walk, struct buffer *run, struct need *best) {
	char byte = byte_at(walk, walk->at), escaped = byte == '\\' ? byte_at(walk, walk->at + 1) : '\0';
	bool class = byte == '[', any = byte == '.' || text_has_byte(TEXT("dDsSwWhHvVRNX"), escaped);
	bool between = byte == '^' || byte == '$' || text_has_byte(TEXT("bBAzZGK"), escaped), optional;
	bool plain = !class && !any && !between;
	walk->strange = walk->strange || (plain && text_is_word_byte(escaped) && escaped != '_');
	size_t before = run->length;
	if (class)
		skip_class(walk);
	else
		walk->at += byte == '\\' ? 2 : 1;
	if (plain)
		buffer_add_byte(run, byte == '\\' ? escaped : byte);
	bool repeated = take_quantifier(walk, &optional);
	if (repeated && optional)
		run->length = before;
	if (repeated || class || any)
		end_run(walk, run, best);
}

static struct need take_sequence(struct walk *walk) {
	struct need best = {0};
	struct buffer run = {.arena = walk->arena};
	bool optional;
	while (!walk->strange && walk->at < walk->text.length) {
		char byte = byte_at(walk, walk->at);
		if (byte == '|' || byte == ')') break;
		if (byte != '(') {
			take_byte(walk, &run, &best);
			continue;
		}
		end_run(walk, &run, &best);
		struct need group = take_group(walk);
		if (!take_quantifier(walk, &optional) || !optional)
			take_better(&best, &group);
	}
	end_run(walk, &run, &best);
	return best;
}

static struct need take_alternatives(struct walk *walk) {
	struct need all = {.shortest = SIZE_MAX};
	bool told = true;
	for (;;) {
		struct need one = take_sequence(walk);
		told = told && one.literals.count && all.literals.count + one.literals.count <= MOST;
		for (size_t i = 0; told && i < one.literals.count; i++)
			text_list_add_once(walk->arena, &all.literals, one.literals.items[i]);
		all.shortest = one.shortest < all.shortest ? one.shortest : all.shortest;
		if (walk->strange || byte_at(walk, walk->at) != '|' || walk->at >= walk->text.length) break;
		walk->at++;
	}
	return told && !walk->strange ? all : (struct need){0};
}

bool literals_find(struct arena *arena, struct text expression, struct text_list *literals) {
	struct walk walk = {.arena = arena, .text = expression};
	struct need need = take_alternatives(&walk);
	bool told = !walk.strange && walk.at == expression.length && need.literals.count;
	for (size_t i = 0; told && i < need.literals.count; i++)
		text_list_add_once(arena, literals, need.literals.items[i]);
	return told;
}
