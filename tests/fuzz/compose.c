/* Any bytes as the compose file of a backend that is set up rightly. */
#include "planted.h"
#include "target.h"

void take_compose(struct text bytes) {
	struct arena arena = {0};
	struct test_file_list files = {0};
	planted_add_files(&arena, &files);
	*list_add(&arena, &files) = (struct test_file){.path = TEXT("backend/docker-compose.yml"), .content = bytes};
	planted_judge(&arena, &files, false);
	arena_release(&arena);
}
