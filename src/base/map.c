#include "base/map.h"

static uint32_t hash_of(struct text key) {
	uint64_t hash = text_hash(key);
	return (uint32_t)(hash ^ hash >> 32);
}

static struct map_slot *find_slot(const struct map *map, struct text key, uint32_t hash) {
	size_t at = hash & (map->capacity - 1);
	for (; map->slots[at].value; at = (at + 1) & (map->capacity - 1)) {
		const struct map_slot *slot = &map->slots[at];
		if (slot->hash == hash && text_equal((struct text){slot->key, slot->length}, key)) break;
	}
	return &map->slots[at];
}

void map_reserve(struct arena *arena, struct map *map, size_t count) {
	map->capacity = 16;
	while (map->capacity * 3 < count * 4)
		map->capacity *= 2;
	map->slots = arena_array(arena, struct map_slot, map->capacity);
}

void *map_get(const struct map *map, struct text key) {
	return map->capacity ? find_slot(map, key, hash_of(key))->value : NULL;
}

void *map_exchange(const struct map *map, struct text key, void *value) {
	struct map_slot *slot = map->capacity ? find_slot(map, key, hash_of(key)) : NULL;
	void *old = slot ? slot->value : NULL;
	if (old)
		slot->value = value;
	return old;
}

static void enlarge(struct arena *arena, struct map *map) {
	struct map old = *map;
	map->capacity = old.capacity ? old.capacity * 2 : 16;
	map->slots = arena_array(arena, struct map_slot, map->capacity);
	for (size_t i = 0; i < old.capacity; i++) {
		struct map_slot slot = old.slots[i];
		if (slot.value)
			*find_slot(map, (struct text){slot.key, slot.length}, slot.hash) = slot;
	}
	arena_discard(old.slots, old.capacity * sizeof(*old.slots));
}

void *map_put(struct arena *arena, struct map *map, struct text key, void *value) {
	if (map->count * 4 >= map->capacity * 3)
		enlarge(arena, map);
	uint32_t hash = hash_of(key);
	struct map_slot *slot = find_slot(map, key, hash);
	if (!slot->value) {
		*slot = (struct map_slot){key.bytes, (uint32_t)key.length, hash, value};
		map->count++;
	}
	return slot->value;
}

void *map_place(struct arena *arena, struct map *map, struct text key, size_t size) {
	void *place = map_get(map, key);
	return place ? place : map_put(arena, map, text_copy(arena, key), arena_allocate(arena, size));
}
