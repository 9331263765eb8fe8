/* What is recognised, for programs. */
#include "command/recognised.h"
#include "json/write.h"

static void add_role(struct json *json, const struct role *role) {
	json_object(json, NULL);
	json_text(json, "role", role->name);
	json_texts(json, "files", &role->files.globs);
	json_texts(json, "except", &role->except.globs);
	json_texts(json, "examples", &role->examples.globs);
	json_list(json, "readers");
	for (size_t i = 0; i < role->reader_count; i++)
		json_text(json, NULL, text_of(role->readers[i]->name));
	json_end(json);
	json_end(json);
}

static void add_setting(struct json *json, const struct recognised_setting *found) {
	static const struct text_list none;
	const struct setting *setting = found->setting;
	json_object(json, NULL);
	json_text(json, "setting", text_format(json->out->arena, "%.*s/%.*s", TEXT_ARGUMENTS(found->pack->name),
	                                       TEXT_ARGUMENTS(setting->name)));
	json_text_or_null(json, "role", setting->role ? setting->role->name : TEXT(""));
	json_text_or_null(json, "section", setting->section ? setting->section->spelled : TEXT(""));
	json_texts(json, "keys", &setting->keys.globs);
	json_texts(json, "fallback_keys", &setting->fallback_keys.globs);
	json_texts(json, "configured_keys", found->more ? &found->more->named : &none);
	if (setting->has_default)
		json_text(json, "default", setting->default_text);
	json_list(json, "first_of");
	for (size_t i = 0; i < setting->texts.count; i++)
		json_text(json, NULL, setting->texts.items[i].spelled);
	json_end(json);
	json_texts(json, "rules", &found->rules);
	json_end(json);
}

void recognised_write_json(const struct recognised *recognised, struct buffer *out) {
	struct json json = {.out = out};
	json_object(&json, NULL);
	json_rows(&json, "packs", 0);
	for (size_t i = 0; i < recognised->packs->count; i++) {
		const struct pack *pack = recognised->packs->items[i];
		json_object(&json, NULL);
		json_text(&json, "pack", pack->name);
		json_text(&json, "title", pack->title);
		json_rows(&json, "files", 1);
		for (size_t j = 0; j < pack->roles.count; j++)
			add_role(&json, pack->roles.items[j]);
		json_end(&json);
		json_rows(&json, "settings", 1);
		for (size_t j = 0; j < recognised->settings.count; j++)
			if (recognised->settings.items[j].pack == pack)
				add_setting(&json, &recognised->settings.items[j]);
		json_end(&json);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	buffer_add_byte(out, '\n');
}
