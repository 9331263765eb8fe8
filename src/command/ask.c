#include "command/ask.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "command/output.h"
#include "command/rule_page.h"
#include "fixer/fixer.h"
#include "report/diff.h"
#include "report/place.h"
#include "report/terminal.h"

enum answer { ANSWER_YES, ANSWER_NO, ANSWER_ALL, ANSWER_QUIT, ANSWER_EXPLAIN, ANSWER_HELP };

struct asking {
	struct lint *lint;
	const struct source_list *inputs;
	bool colour;
	struct text_list taken, asked;  /* keys of fixes, see fixer_key() */
	struct text_list rules;         /* of which all are taken */
	struct fixer_result now;        /* what came of those taken */
	struct left_out_list worse;     /* what can't be made beside those taken, as of this round, ... */
	struct text_list worse_keys;    /* ... its keys, and those of all rounds */
	struct text_list worse_ever;
	bool quit, ended;
};

/* --- answers --- */

/* SIGINT is held back while there are fixes to ask about, and let through nowhere but in the wait for an answer: one that came
 * between a look at a flag and a read that blocks would be lost. */
static sigset_t signals_before;
static volatile sig_atomic_t interrupted;

static void interrupt(int signal) { interrupted = signal; }

static void hold_interrupts(struct sigaction *before) {
	struct sigaction action = {.sa_handler = interrupt};
	sigset_t held;
	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigprocmask(SIG_BLOCK, &held, &signals_before);
	sigaction(SIGINT, &action, before);
}

static void release_interrupts(const struct sigaction *before) {
	sigaction(SIGINT, before, NULL);
	sigprocmask(SIG_SETMASK, &signals_before, NULL);
}

static void stop_when_interrupted(void) {
	sigset_t waiting;
	if (!interrupted && (sigpending(&waiting) || !sigismember(&waiting, SIGINT))) return;
	output_tell("\narilint: stopped: nothing was changed\n");
	raise(SIGINT);
	release_interrupts(&(struct sigaction){.sa_handler = SIG_DFL});
}

static void wait_for_input(void) {
	struct pollfd waiting = {.fd = STDIN_FILENO, .events = POLLIN};
	while (ppoll(&waiting, 1, NULL, &signals_before) < 0 && errno == EINTR)
		stop_when_interrupted();
}

/* The first letter of a line, in lower case; 0 for an empty line, -1 where answers have ended. */
static int read_letter(void) {
	char line[256];
	for (int letter = 0, first = 1;; first = 0) {
		wait_for_input();
		ssize_t size = read(STDIN_FILENO, line, sizeof(line));
		if (size <= 0) return -1;
		if (first && line[0] != '\n')
			letter = line[0] | 0x20;
		if (line[size - 1] == '\n') return letter;
	}
}

static enum answer ask(struct asking *asking) {
	static const char letters[] = {[ANSWER_YES] = 'y', [ANSWER_NO] = 'n', [ANSWER_ALL] = 'a', [ANSWER_QUIT] = 'q', [ANSWER_EXPLAIN] = 'e'};
	output_say("make this fix? [y,n,a,q,e,?] ");
	int letter = read_letter();
	asking->ended = letter < 0;
	const char *found = letter > 0 ? memchr(letters, letter, sizeof(letters)) : NULL;
	return found ? (enum answer)(found - letters) : asking->ended ? ANSWER_QUIT : ANSWER_HELP;
}

/* --- what is asked --- */

static const struct diagnostic *find_in(const struct asking *asking, const struct diagnostics *diagnostics, struct text key) {
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (diagnostics->found.items[i].fix && text_equal(fixer_key(asking->lint->arena, &diagnostics->found.items[i]), key))
			return &diagnostics->found.items[i];
	return NULL;
}

/* At its place in the file as it is, or where what was taken has brought it to light. */
static const struct diagnostic *find(const struct asking *asking, struct text key) {
	const struct diagnostic *found = find_in(asking, asking->lint->diagnostics, key);
	return found ? found : find_in(asking, asking->now.after.diagnostics, key);
}

static struct source *source_in(const struct lint *lint, struct text path) {
	for (size_t i = 0; i < lint->sources.count; i++)
		if (text_equal(lint->sources.items[i]->path, path))
			return lint->sources.items[i];
	return NULL;
}

/* Adds what changes between two results; nothing when that is nothing. */
static void add_diff(struct asking *asking, const struct fixer_result *next, struct buffer *out) {
	for (size_t i = 0; i < asking->lint->sources.count; i++) {
		struct text path = asking->lint->sources.items[i]->path;
		struct source *before = source_in(&asking->now.after, path), *after = source_in(&next->after, path);
		if (before && after)
			diff_write(asking->lint->arena, before, after, asking->colour, out);
	}
}

static void add_finding(struct asking *asking, const struct diagnostic *diagnostic, struct buffer *out) {
	struct position position = source_position(diagnostic->place.source, diagnostic->place.span.start);
	buffer_add_byte(out, '\n');
	terminal_add(out, diagnostic->place.source->path);
	buffer_format(out, ":%u:%u: %s", position.line, position.column, severity_name(diagnostic->severity));
	terminal_add_between(out, "[", diagnostic->rule, "] ");
	terminal_add_between(out, "", diagnostic->message, "\n");
	buffer_format(out, "fix (%s): ", safety_name(diagnostic->fix->safety));
	terminal_add_between(out, "", diagnostic->fix->title, "\n");
}

static void explain(const struct asking *asking, struct text id) {
	const struct lint_options *options = asking->lint->options;
	struct buffer out = {.arena = asking->lint->arena};
	const struct pack *pack;
	const struct rule *rule = rule_find(&options->packs, id, &pack);
	buffer_add_byte(&out, '\n');
	if (rule)
		rule_page_write(asking->lint->arena, pack, rule, options->language, asking->colour, &out);
	buffer_add_byte(&out, '\n');
	output_print(buffer_text(&out));
}

/* Whether a fix that was shown is to be made. */
static bool is_wanted(struct asking *asking, struct text rule) {
	enum answer answer = text_list_has(&asking->rules, rule) ? ANSWER_YES : ask(asking);
	for (; answer == ANSWER_EXPLAIN || answer == ANSWER_HELP; answer = ask(asking)) {
		if (answer == ANSWER_EXPLAIN)
			explain(asking, rule);
		else
			output_say("y: make it; n: leave it; a: make all of this rule; q: ask no more and make what was taken; e: explain the rule;\n"
			           "Ctrl-C: change nothing\n");
	}
	if (answer == ANSWER_ALL)
		*list_add(asking->lint->arena, &asking->rules) = rule;
	asking->quit = answer == ANSWER_QUIT;
	return answer == ANSWER_YES || answer == ANSWER_ALL;
}

/* --- one round --- */

/* The fix beside those taken; where that is refused, also with those that mend what others leave behind. `keys` gets them. */
static struct fixer_result try_also(struct asking *asking, const struct made_list *made, struct text key, struct text_list *keys) {
	struct arena *arena = asking->lint->arena;
	for (size_t i = 0; i < asking->taken.count; i++)
		*list_add(arena, keys) = asking->taken.items[i];
	*list_add(arena, keys) = key;
	struct fixer_result alone = fixer_try(asking->lint, asking->inputs, keys, true);
	if (!alone.refusal.length) return alone;
	size_t count = keys->count;
	for (size_t i = 0; i < made->count; i++)
		if (made->items[i].follows && !text_list_has(&asking->asked, made->items[i].key))
			text_list_add_once(arena, keys, made->items[i].key);
	struct fixer_result together = alone;
	if (keys->count > count)
		together = fixer_try(asking->lint, asking->inputs, keys, true);
	return together.refusal.length ? alone : together;
}

static void take(struct asking *asking, const struct text_list *keys, const struct fixer_result *next) {
	asking->taken = *keys;
	asking->now = *next;
}

/* All others of a rule that are known, in one go; where that can't be they are taken one by one. */
static void take_rest(struct asking *asking, const struct made_list *made, struct text rule) {
	struct arena *arena = asking->lint->arena;
	struct text_list keys = {0}, rest = {0};
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < asking->taken.count; i++)
		*list_add(arena, &keys) = asking->taken.items[i];
	for (size_t i = 0; i < made->count; i++) {
		struct text key = made->items[i].key;
		const struct diagnostic *diagnostic = find(asking, key);
		if (!diagnostic || !text_equal(diagnostic->rule, rule) || text_list_has(&asking->asked, key) || text_list_has(&rest, key)) continue;
		*list_add(arena, &rest) = *list_add(arena, &keys) = key;
		add_finding(asking, diagnostic, &out);
	}
	struct fixer_result next = fixer_try(asking->lint, asking->inputs, &keys, true);
	stop_when_interrupted();
	if (!rest.count || next.refusal.length) return;
	add_diff(asking, &next, &out);
	output_print(buffer_text(&out));
	for (size_t i = 0; i < rest.count; i++)
		*list_add(arena, &asking->asked) = rest.items[i];
	take(asking, &keys, &next);
}

/* Asks about one fix; false when there is nothing to ask. */
static bool consider(struct asking *asking, const struct made_list *made, struct text key) {
	struct arena *arena = asking->lint->arena;
	const struct diagnostic *diagnostic = find(asking, key);
	struct buffer out = {.arena = arena};
	struct text_list keys = {0};
	if (!diagnostic) return false;
	struct fixer_result next = try_also(asking, made, key, &keys);
	stop_when_interrupted();
	if (next.refusal.length) {
		*list_add(arena, &asking->worse) = (struct left_out){diagnostic->rule, next.refusal};
		*list_add(arena, &asking->worse_keys) = key;
		return false;
	}
	add_finding(asking, diagnostic, &out);
	size_t heading = out.length;
	add_diff(asking, &next, &out);
	if (out.length == heading) return false;
	output_print(buffer_text(&out));
	*list_add(arena, &asking->asked) = key;
	bool all = text_list_has(&asking->rules, diagnostic->rule);
	if (!is_wanted(asking, diagnostic->rule)) return true;
	take(asking, &keys, &next);
	if (!all && text_list_has(&asking->rules, diagnostic->rule))
		take_rest(asking, made, diagnostic->rule);
	return true;
}

static bool consider_all(struct asking *asking, const struct made_list *made, const struct text_list *keys) {
	bool any = false;
	for (size_t i = 0; i < keys->count && !asking->quit; i++)
		if (!text_list_has(&asking->asked, keys->items[i]) && !text_list_has(&asking->taken, keys->items[i]) &&
		    !text_list_has(&asking->worse_keys, keys->items[i]))
			any = consider(asking, made, keys->items[i]) || any;
	return any;
}

/* Asks about all that could be made and was not asked about; false when there is nothing more. What would make something worse
 * may stand in the way of others, and be sound once these are made: it is left aside, and tried again behind them. */
static bool go_round(struct asking *asking) {
	struct arena *arena = asking->lint->arena;
	struct text_list before = asking->worse_ever, keys = {0}, refused = {0};
	for (size_t i = 0; i < asking->asked.count; i++)
		if (!text_list_has(&asking->taken, asking->asked.items[i]))
			*list_add(arena, &refused) = asking->asked.items[i];
	for (size_t i = 0; i < before.count; i++)
		*list_add(arena, &refused) = before.items[i];
	struct fixer_result all = fixer_try(asking->lint, asking->inputs, &refused, false);
	for (size_t i = 0; i < all.made.count; i++)
		text_list_add_once(arena, &keys, all.made.items[i].key);
	for (size_t i = 0; i < before.count; i++)
		text_list_add_once(arena, &keys, before.items[i]);
	asking->worse = (struct left_out_list){0};
	asking->worse_keys = (struct text_list){0};
	bool any = consider_all(asking, &all.made, &keys);
	for (size_t i = 0; i < asking->worse_keys.count; i++)
		text_list_add_once(arena, &asking->worse_ever, asking->worse_keys.items[i]);
	return any || asking->worse_ever.count > before.count;
}

const char *ask_refusal(void) {
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) return NULL;
	return "--ask needs a terminal to ask on: without one, --diff shows what --fix would change, and --select and --ignore say of "
	       "which rules";
}

struct fixer_result ask_for_fixes(struct lint *lint, const struct source_list *inputs, bool colour, bool *ended) {
	struct asking asking = {.lint = lint, .inputs = inputs, .colour = colour, .now = {.after = *lint}};
	struct sigaction before;
	hold_interrupts(&before);
	while (!asking.quit && go_round(&asking)) {}
	stop_when_interrupted();
	release_interrupts(&before);
	asking.now.left_out = asking.worse;
	*ended = asking.ended;
	return asking.now;
}
