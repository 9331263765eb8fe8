#include "inventory/version.h"

bool version_is_valid(struct text number) {
	bool digits = false;
	for (size_t i = 0; i < number.length; i++) {
		bool dot = number.bytes[i] == '.';
		if (dot ? !digits : number.bytes[i] < '0' || number.bytes[i] > '9') return false;
		digits = !dot;
	}
	return digits;
}

static int compare_numbers(struct text *a, struct text *b) {
	int64_t left = 0, right = 0;
	text_to_integer(text_cut(a, '.'), &left);
	text_to_integer(text_cut(b, '.'), &right);
	return (left > right) - (left < right);
}

/* Whether the version lies in FROM..TO: "20.14.1" in "12..20.14". */
static bool in_range(struct text version, struct text range) {
	size_t dots = text_find(range, TEXT(".."));
	struct text from = text_slice(range, 0, dots), to = text_from(range, dots + 2);
	struct text left = version;
	int order = 0;
	while (!order && from.length)
		order = compare_numbers(&left, &from);
	if (order < 0) return false;
	left = version;
	order = 0;
	while (!order && to.length)
		order = compare_numbers(&left, &to);
	return order <= 0;
}

const struct version *version_find(const struct version_list *versions, struct text program) {
	for (size_t i = 0; i < versions->count; i++)
		if (text_equal(versions->items[i].program, program))
			return &versions->items[i];
	return NULL;
}

struct text_list version_programs(struct arena *arena, const struct pack_list *packs) {
	struct text_list programs = {0};
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->targets.count; j++)
			text_list_add_once(arena, &programs, packs->items[i]->targets.items[j]->program);
	return programs;
}

bool version_is_of(const struct version *version, const struct target *target) {
	for (size_t i = 0; i < target->versions.count; i++)
		if (in_range(version->number, target->versions.items[i]))
			return true;
	return false;
}
