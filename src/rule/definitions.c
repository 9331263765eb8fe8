/* The names that a pack defines: handlers, roles, targets, lists, settings. */
#include "rule/load_condition.h"
#include "rule/load_selector.h"
#include "rule/load_reference.h"
#include "rule/load_language.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

/* --- handlers, roles, targets --- */

static const struct member handler_members[] = {
	{AT(pack_handler, name), NULL, &found_text},
	{AT(pack_handler, by_hand), "by_hand", &member_words, NEEDED,
         "what to do where the machine defines no handler of this name; may be a map of languages", &shape_words},
	{0},
};
const struct shape shape_handler = {STRUCT(pack_handler), "a handler", "what lets a program read its files again",
	handler_members};

/* `secret: true`, or the keys whose values may not be shown. */
static void load_secret(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct role *role = object;
	role->secret = node->kind == NODE_LIST;
	if (role->secret)
		load_key_globs(loader, node, &role->secret_keys);
	else
		member_truth.load(loader, node, member, object);
}

static const struct member_type member_secret = {MEMORY_NUMBER, load_secret,
	"'anyOf': [{'$ref': '#/$defs/truth'}, {'type': 'array', 'items': {'$ref': '#/$defs/text'}}]"};
static const struct word repeated_words[] = {{"merge", false}, {"first", true}, {0}};
static const struct word case_words[] = {{"exact", false}, {"any", true}, {0}};

static const struct member role_members[] = {
	{AT(role, name), NULL, &found_text},
	{AT(role, readers), "readers", &member_readers, NEEDED,
         "who reads such a file, at most 8. The first one's view is judged; values are written so that all read them "
         "back. A configuration file may name others",
         &shape_reader},
	{AT(role, reader_count), NULL, &found_number},
	{AT(role, files), "files", &member_globs, NEEDED,
         "globs of file names, the usual one first. With a `/` they match the end of the path", &shape_glob_set},
	{AT(role, except), "except", &member_globs, OPTIONAL, "globs of files that `files` matches by mistake",
         &shape_glob_set},
	{AT(role, examples), "examples", &member_globs, OPTIONAL,
         "globs of files that are copied and filled in before use. What differs there is `info` at most, and no secret "
         "is written into them",
         &shape_glob_set},
	{AT(role, parts), "parts", &member_globs, OPTIONAL,
         "globs of files that another one includes: what they lack may stand there", &shape_glob_set},
	{AT(role, installed), "installed", &member_text, OPTIONAL,
         "the path at which its program reads it. What a map of containers mounts there belongs to that container's program"},
	{AT(role, whole_section), "whole_section", &member_text, OPTIONAL,
         "a section that every whole file has. One without it may be a part, unless one of `whole_beside` lies beside it"},
	{AT(role, whole_beside), "whole_beside", &member_texts, OPTIONAL,
         "names of files beside which a file is the one that its program reads"},
	{AT(role, layers), "layers", &member_texts, OPTIONAL,
         "globs of files that a program reads one over the other where they lie in one folder; the last one's values win. "
         "What `*` stands for is the environment that such a file is for"},
	{AT(role, overrides), "overrides", &member_texts, OPTIONAL,
         "names of files: the first one that lies beside a file of a name without wildcards is read over that, and is no file of "
         "its own there"},
	{AT(role, aside), "aside", &member_truth, OPTIONAL,
         "`true`: in a folder such files are looked at for the sake of others alone; they are not counted, and what is "
         "found in them is not told"},
	{AT(role, settings_of), "settings_of", &member_role, OPTIONAL,
         "a role above: each section of such a file is asked for the settings of that role, as a file of its own, and shows and "
         "hides what that does",
         &shape_role},
	{AT(role, secret), "secret", &member_secret, OPTIONAL,
         "`true`: no value of such a file is shown. A list of globs: no value of these keys, in any case"},
	{AT(role, secret_keys), NULL, &found_struct, .of = &shape_glob_set},
	{AT(role, public_keys), "public", &member_globs, OPTIONAL,
         "globs of keys, in any case, whose values are shown all the same; `'{LIST}'` stands for those of a list", &shape_glob_set},
	{AT(role, only_first_section), "repeated_sections", &member_word, OPTIONAL,
         "`merge` (sections of one name are one, the usual) or `first` (only the first counts)",
         .words = repeated_words},
	{AT(role, any_case_sections), "section_case", &member_word, OPTIONAL,
         "`exact` (the usual) or `any`: whether `[A]` is `[a]`", .words = case_words},
	{AT(role, any_case_keys), "key_case", &member_word, OPTIONAL, "the same of keys", .words = case_words},
	{AT(role, first_counts), "first_counts", &member_globs, OPTIONAL,
         "globs of repeated keys of which the first value counts; of all others the last one does", &shape_glob_set},
	{AT(role, words), "words", &member_globs, OPTIONAL,
         "globs of values, in any case, that are the program's own words: where they look like a template they are none",
         &shape_glob_set},
	{AT(role, account), "account", &member_text, OPTIONAL,
         "the user that its program usually runs as. A value of such a file may be taken into another's file though this user "
         "can change it"},
	{AT(role, handler), "handler", &member_handler_name, OPTIONAL,
         "the handler that a changed file of this role needs"},
	{0},
};
/* What it holds for another role is as secret there. */
static void load_role(struct loader *loader, const struct node *node, void *object) {
	struct role *role = object;
	load_members(loader, node, &shape_role, role);
	if (!role->settings_of) return;
	role->secret = role->settings_of->secret;
	role->secret_keys = role->settings_of->secret_keys;
	role->public_keys = role->settings_of->public_keys;
}

const struct shape shape_role = {STRUCT(role), "a role", "what a file is for", role_members, load_role};

static void load_versions(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct target *target = object;
	load_texts(loader, node, &target->versions);
	for (size_t i = 0; i < target->versions.count; i++)
		if (text_find(target->versions.items[i], TEXT("..")) == TEXT_NOT_FOUND)
			loader_fault(loader, node, TEXT("write FROM..TO, '20.15..20' or '23..'"),
			             "'%.*s' is not a range of versions", TEXT_ARGUMENTS(target->versions.items[i]));
}

static const struct member_type member_versions = {MEMORY_TEXTS, load_versions,
	"'anyOf': [{'$ref': '#/$defs/version_range'}, {'type': 'array', 'items': {'$ref': '#/$defs/version_range'}}]"};

static const struct member target_members[] = {
	{AT(target, name), NULL, &found_text},
	{AT(target, program), "program", &member_name, NEEDED, "as in `--target PROGRAM=VERSION`"},
	{AT(target, versions), "versions", &member_versions, NEEDED,
         "ranges `FROM..TO`; either side may be missing; `TO` takes in what begins with it: `'20.15..20'` ends before "
         "21"},
	{AT(target, label), "label", &member_text, NEEDED, "the versions, for people"},
	{0},
};
const struct shape shape_target = {STRUCT(target), "a target", "versions of a program under one name", target_members};

/* --- lists --- */

const struct shape shape_places = {"uint32_t", sizeof(uint32_t)};
static const struct shape shape_bits = {"uint64_t", sizeof(uint64_t)};

static const struct member text_set_members[] = {
	{AT(text_set, texts), NULL, &found_texts},
	{AT(text_set, sorted), NULL, &found_array, .of = &shape_places},
	{AT(text_set, seldom), NULL, &found_number},
	{AT(text_set, ends), NULL, &found_array, .of = &shape_places},
	{AT(text_set, globs), NULL, &found_array, .of = &shape_places},
	{AT(text_set, needs), NULL, &found_array, .of = &shape_bits},
	{0},
};
const struct shape shape_text_set = {STRUCT(text_set), .members = text_set_members};

static const struct member glob_set_members[] = {
	{AT(glob_set, globs), NULL, &found_texts},
	{AT(glob_set, ends), NULL, &found_text},
	{AT(glob_set, makes), NULL, &found_text},
	{AT(glob_set, all_ends), NULL, &found_number},
	{AT(glob_set, has_wildcards), NULL, &found_number},
	{0},
};
const struct shape shape_glob_set = {STRUCT(glob_set), .members = glob_set_members};

static void load_list_of_names(struct loader *loader, const struct node *node, void *object) {
	struct list *list = object;
	struct text_list texts = {0};
	if (node->kind == NODE_MAP)
		list->sections = load_selector(loader, node);
	else
		load_texts(loader, node, &texts);
	list->texts = text_set_make(loader->arena, &texts);
	const struct selector *from = list->sections;
	if (from && !(from->kind & (SUBJECT_SECTION | SUBJECT_KEY)) && !(from->kind == SUBJECT_LINE && from->pattern.length))
		loader_fault(loader, node, TEXT(""),
		             "a list is of sections' names, of keys' values or of what a pattern finds in lines: write "
		             "`each: section`, `each: key`, or `each: line` with a `pattern`");
	loader->selector = NULL;
}

static const struct member list_members[] = {
	{AT(list, name), NULL, &found_text},
	{AT(list, texts), NULL, &found_pointer, .of = &shape_text_set},
	{AT(list, sections), NULL, &found_pointer, .of = &shape_selector},
	{0},
};
const struct shape shape_list = {STRUCT(list), "a list", "names to choose from", list_members, load_list_of_names,
	"'anyOf': [{'$ref': '#/$defs/texts'}, {'$ref': '#/$defs/selector'}]"};

/* --- settings --- */

static void load_first_of(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct setting *setting = object;
	if (!load_list(loader, node, member->name)) return;
	struct template *texts = arena_array(loader->arena, struct template, node->count);
	setting->texts.items = texts;
	for (size_t i = 0; i < node->count; i++) {
		const struct template *text = load_template(loader, &node->items[i]);
		if (text)
			texts[setting->texts.count++] = *text;
	}
}

static const struct member_type member_first_of = {MEMORY_ARRAY, load_first_of,
                                                   "'type': 'array', 'items': {'$ref': '#/$defs/template'}"};

static void load_setting(struct loader *loader, const struct node *node, void *object) {
	struct setting *setting = object;
	load_members(loader, node, &shape_setting, setting);
	setting->number = loader->pack->first_setting + (uint32_t)loader->pack->settings.count;
	loader->selector = NULL;
	loader->selector_failed = false;
	static const char *const all[] = {"role", "first_of", "decided_by", "published"};
	int ways = 0;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		ways += node_get(node, all[i]) != NULL;
	if (node->kind == NODE_MAP && ways != 1)
		loader_fault(loader, node, TEXT("give `role` and `keys` (and `section`), `first_of`, `decided_by`, or `published`"),
		             "a setting either lives in a role, or is composed of others or decided by them");
	if (setting->role && !setting->keys.globs.count && !setting->section)
		loader_fault(loader, node, TEXT(""), "a setting needs 'keys', or 'section' for the section itself");
}

static const struct member case_members[] = {
	{AT(setting_case, when), "when", &member_condition, NEEDED, "a condition", &shape_condition},
	{AT(setting_case, is), "is", &member_template, NEEDED, "the value where it holds, a text with references",
         &shape_template},
	{0},
};
static const struct shape shape_case = {STRUCT(setting_case), "a case", "what a setting is where a condition holds",
	case_members};

static const struct member setting_members[] = {
	{AT(setting, name), NULL, &found_text},
	{AT(setting, role), "role", &member_role, OPTIONAL, "where it lives", &shape_role},
	{AT(setting, section), "section", &member_template, OPTIONAL,
         "the section, a text with references in braces; without it, the nameless section of a `.env`",
         &shape_template},
	{AT(setting, any_case), "any_case", &member_truth, OPTIONAL,
         "`true`: the case of section and keys means nothing, whatever the role says. Of sections that differ in it the one that is "
         "written so counts, or the first"},
	{AT(setting, last_alike), "last_alike", &member_truth, OPTIONAL, "`true`: with `any_case`, the last of these counts"},
	{AT(setting, keys), "keys", &member_globs, OPTIONAL,
         "globs of its keys, or `'{LIST}'` for those of a list; an earlier one is preferred. Without keys, the setting is "
         "the section itself",
         &shape_glob_set},
	{AT(setting, fallback_keys), "fallback_keys", &member_globs, OPTIONAL,
         "globs that count where none of `keys` is there", &shape_glob_set},
	{AT(setting, fallback_when), "fallback_when", &member_condition, OPTIONAL,
         "a condition: whether they do. Where it can't be told, neither can the setting", &shape_condition},
	{AT(setting, default_text), "default", &member_text, OPTIONAL, "its value where it is not written",
         .flag = offsetof(struct setting, has_default)},
	{AT(setting, has_default), NULL, &found_number},
	{AT(setting, of), "of", &member_of, OPTIONAL,
         "with `first_of`: settings of one role, whose places have this setting each; fields of such a place may stand in "
         "the texts",
         &shape_selector},
	{AT(setting, texts), "first_of", &member_first_of, OPTIONAL,
         "instead of all others: texts with references; the first one counts whose references are all present",
         &shape_template},
	{AT(setting, cases), "decided_by", &member_array, OPTIONAL,
         "instead of all others: a list; the first one counts whose condition holds. What can't be told is passed over",
         &shape_case},
	{AT(setting, published), "published", &member_reference, OPTIONAL,
         "instead of all others: a reference to a port on which a program listens. It is the machine's ports that lead there where "
         "maps of containers say that the program of that file is in one, with commas between; absent where none does",
         &shape_reference},
	{AT(setting, undecided), "undecided", &member_text, OPTIONAL, "why the value is unknown where none of them holds; without it, it is absent then"},
	{AT(setting, number), NULL, &found_number},
	{0},
};
const struct shape shape_setting = {STRUCT(setting), "a setting", "a name for a value", setting_members, load_setting,
	"'oneOf': [{'required': ['role'], 'anyOf': [{'required': ['keys']}, {'required': ['section']}]}, {'required': ['first_of']}, {'required': ['decided_by']}, {'required': ['published']}]"};
