#include "trust/flow.h"

#include <unistd.h>

#include "base/path.h"
#include "trust/below.h"
#include "trust/decide.h"
#include "trust/trust.h"

/* What a flow is about, looked at. */
struct survey {
	struct arena *arena;
	const struct flow *flow;
	struct found target;
	struct found_list through, holders;
	struct people people;
	struct text *reason;
};

static bool refuse(struct survey *survey, struct text reason) {
	*survey->reason = reason;
	return false;
}

static bool is_same(const struct found *a, const struct found *b) {
	return a->last.status.st_dev == b->last.status.st_dev && a->last.status.st_ino == b->last.status.st_ino;
}

/* Looks at files, but for the target: what is its own stays there. */
static bool find_all(struct survey *survey, const struct text_list *paths, struct found_list *list) {
	for (size_t i = 0; i < paths->count; i++) {
		struct found found = {.named = paths->items[i]};
		if (!trust_find(survey->arena, paths->items[i], WAY_FILE, &found))
			return refuse(survey, text_format(survey->arena, "%.*s can't be looked at", TEXT_ARGUMENTS(paths->items[i])));
		if (!is_same(&found, &survey->target))
			*list_add(survey->arena, list) = found;
	}
	return true;
}

static void gather_people(struct survey *survey) {
	struct found_list all = {0};
	*list_add(survey->arena, &all) = survey->target;
	for (size_t i = 0; i < survey->through.count; i++)
		*list_add(survey->arena, &all) = survey->through.items[i];
	survey->people = decide_people(survey->arena, all.items, all.count);
}

static bool decides(const struct found *found, const struct account *person) {
	return decide(&found->way, &found->last, person).at != NULL;
}

static bool reads(const struct found *found, const struct account *person) {
	return decide_reads(&found->way, &found->last, person);
}

/* The first file in which a person has a say, or NULL. */
static const struct found *say_of(const struct survey *survey, const struct account *person) {
	for (size_t i = 0; i < survey->through.count; i++)
		if (decides(&survey->through.items[i], person))
			return &survey->through.items[i];
	return NULL;
}

static bool check_say(struct survey *survey, const struct account *person) {
	const struct found *said = say_of(survey, person);
	if (!said) return true;
	if (!decides(&survey->target, person) && !text_list_has(&survey->flow->accounts, person->name))
		return refuse(survey, text_format(survey->arena, "the value comes from %.*s, which %.*s can change, and %.*s is not his",
		                                  TEXT_ARGUMENTS(said->last.path), TEXT_ARGUMENTS(person->name),
		                                  TEXT_ARGUMENTS(survey->target.last.path)));
	for (size_t i = 0; i < survey->holders.count; i++)
		if (!reads(&survey->holders.items[i], person))
			return refuse(survey, text_format(survey->arena, "%.*s, who can change what leads to %.*s, may not read it",
			                                  TEXT_ARGUMENTS(person->name), TEXT_ARGUMENTS(survey->holders.items[i].last.path)));
	return true;
}

static const struct account *reader_of(const struct survey *survey, const struct found *found) {
	for (size_t i = 0; i < survey->people.count; i++)
		if (reads(found, &survey->people.items[i]))
			return &survey->people.items[i];
	return NULL;
}

/* Of a user who is not root, all he may read is his to give. */
static bool check_readers(struct survey *survey) {
	const struct account *reader = geteuid() == 0 ? reader_of(survey, &survey->target) : NULL;
	for (size_t i = 0; reader && i < survey->holders.count; i++)
		if (!reader_of(survey, &survey->holders.items[i]))
			return refuse(survey, text_format(survey->arena,
			                                  "root alone may read the value in %.*s, and %.*s could read it in %.*s; let "
			                                  "him read both, or write it by hand",
			                                  TEXT_ARGUMENTS(survey->holders.items[i].last.path), TEXT_ARGUMENTS(reader->name),
			                                  TEXT_ARGUMENTS(survey->target.last.path)));
	return true;
}

/* The nearest folder above a real path that has a `.git`; empty: none. */
static struct text repository_of(struct arena *arena, struct text path) {
	for (size_t slash; (slash = text_find_last_byte(path, '/')) != TEXT_NOT_FOUND;) {
		path = text_slice(path, 0, slash);
		if (!access(text_format(arena, "%.*s/.git", TEXT_ARGUMENTS(path)).bytes, F_OK))
			return path.length ? path : TEXT("/");
	}
	return TEXT("");
}

static bool check_repository(struct survey *survey) {
	struct text repository = repository_of(survey->arena, survey->target.way.path);
	const struct found *outside = NULL;
	bool within = false;
	for (size_t i = 0; repository.length && i < survey->through.count; i++) {
		struct text named = path_absolute(survey->arena, path_here(), survey->through.items[i].named);
		bool real = path_is_below(repository, survey->through.items[i].way.path);
		within = within || real || path_is_below(repository, named);
		outside = real ? outside : &survey->through.items[i];
	}
	if (!within || !outside) return true;
	return refuse(survey, text_format(survey->arena, "the value comes from %.*s, to which the repository %.*s leads out of itself",
	                                  TEXT_ARGUMENTS(outside->last.path), TEXT_ARGUMENTS(repository)));
}

enum flow_answer flow_ask(struct arena *arena, const struct flow *flow, struct text target, struct text *reason) {
	struct survey survey = {.arena = arena, .flow = flow, .reason = reason};
	if (!flow->holders.count)
		return FLOW_ALLOWED;
	if (!trust_find(arena, target, WAY_FILE, &survey.target)) {
		*reason = text_format(arena, "%.*s can't be looked at", TEXT_ARGUMENTS(target));
		return FLOW_UNKNOWN;
	}
	if (!find_all(&survey, &flow->holders, &survey.holders) || !find_all(&survey, &flow->through, &survey.through))
		return FLOW_UNKNOWN;
	if (!survey.holders.count)
		return FLOW_ALLOWED;
	gather_people(&survey);
	for (size_t i = 0; i < survey.people.count; i++)
		if (survey.people.items[i].user != geteuid() && !check_say(&survey, &survey.people.items[i]))
			return FLOW_REFUSED;
	return check_readers(&survey) && check_repository(&survey) ? FLOW_ALLOWED : FLOW_REFUSED;
}

enum flow_answer flow_ask_printing(struct arena *arena, const struct flow *flow, struct text as, struct text *reason) {
	const struct trusted root = {.users = {0}, .count = 1};
	enum flow_answer answer = flow_ask(arena, flow, as, reason);
	if (answer == FLOW_UNKNOWN)
		*reason = text_format(arena, "standard input stands for %.*s, and nobody can tell who reads that: %.*s", TEXT_ARGUMENTS(as),
		                      TEXT_ARGUMENTS(*reason));
	for (size_t i = 0; geteuid() == 0 && answer == FLOW_ALLOWED && i < flow->through.count; i++) {
		struct text path = flow->through.items[i], fault = TEXT("");
		if (text_equal(path, as) || trust_path(arena, path, WAY_FILE, &root, &fault)) continue;
		*reason = text_format(arena, "the value comes from %.*s: %.*s; root prints none of it, run arilint as that user",
		                      TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(fault));
		answer = FLOW_REFUSED;
	}
	return answer;
}
