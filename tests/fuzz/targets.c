#include "target.h"

#include <stdio.h>
#include <stdlib.h>

struct row {
	const char *name;
	void (*take)(struct text bytes);
};

static const struct row rows[] = {
#define TARGET(name, more) {#name, take_##name},
#include "targets.def"
#undef TARGET
	{NULL, NULL}};

static const struct row *chosen;

void target_choose(const char *program) {
	struct text name = text_of(program);
	size_t slash = text_find_last_byte(name, '/');
	name = slash == TEXT_NOT_FOUND ? name : text_from(name, slash + 1);
	if (text_ends_with(name, TEXT("_fuzz")))
		name = text_slice(name, 0, name.length - 5);
	for (chosen = rows; chosen->name && !text_is(name, chosen->name);)
		chosen++;
	require(chosen->name, "%s: there is no such target", program);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	chosen->take((struct text){(const char *)data, size});
	return 0;
}

/* libFuzzer's, before the first input. */
int LLVMFuzzerInitialize(int *argument_count, char ***arguments);
int LLVMFuzzerInitialize(int *argument_count, char ***arguments) {
	target_choose(**arguments);
	return 0;
}

void require(bool holds, const char *format, ...) {
	va_list arguments;
	if (holds) return;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	abort();
}

void require_told(bool taken, const struct diagnostics *diagnostics, const struct source *source) {
	require(taken || diagnostics->found.count, "it is not taken and nothing says why");
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct diagnostic *diagnostic = &diagnostics->found.items[i];
		struct span span = diagnostic->place.span;
		require(diagnostic->message.length, "a diagnostic without a message");
		if (diagnostic->place.source != source) continue;
		require(span.start <= span.end && span.end <= source->bytes.length, "a diagnostic points outside the file");
	}
}
