#include "command/schema_shapes.h"

#include <stddef.h>

#define END {NULL, ONE, NULL, false, NULL}

static const struct property pack[] = {
	{"arilint", ONE, "format", true, "the number of the rule format: 1"},
	{"pack", ONE, "name", true, "what rule ids begin with: PACK/RULE"},
	{"title", ONE, "text", false, "what the pack is about"},
	{"authority", ONE, "name", false, "the role that is right when two files differ"},
	{"handlers", MAP, "handler", false, "what lets a program read its files again; machines define how"},
	{"roles", MAP, "role", true, "what files are for; rules speak of roles, never of paths"},
	{"targets", MAP, "target", false, "versions of a program that belong together"},
	{"placeholders", ONE, "texts", false, "globs, in any case, of values that people write until they know better"},
	{"templates", ONE, "texts", false, "globs of values that a program fills in before use"},
	{"lists", MAP, "list", false, "names to choose from"},
	{"settings", MAP, "setting", false, "names for values that live in some role"},
	{"verify", ONE, "verification", false, "what `arilint verify` asks a server"},
	{"rules", LIST, "rule", true, "what must hold"},
	{"symptoms", LIST, "symptom", false, "what programs write into their logs when something is wrong; `arilint diagnose`"},
	END,
};

static const struct property handler[] = {
	{"by_hand", ONE, "message", true, "what to do where the machine defines no handler of this name"},
	END,
};

static const struct property role[] = {
	{"readers", ONE, "readers", true, "who reads such a file; the first one's view is judged, values are written for all"},
	{"files", ONE, "texts", true, "globs of file names, the usual one first; with a / they match the end of the path"},
	{"except", ONE, "texts", false, "files that the globs match by mistake"},
	{"examples", ONE, "texts", false, "files that are copied and filled in before use"},
	{"secret", ONE, "truth_or_texts", false, "values may not be shown; or globs of the keys whose values may not"},
	{"public", ONE, "texts", false, "globs of the keys whose values may be shown all the same"},
	{"repeated_sections", ONE, "repeated_sections", false, "of sections of one name all count, or the first"},
	{"section_case", ONE, "case", false, "whether the case of a section's name means something"},
	{"key_case", ONE, "case", false, "whether the case of a key means something"},
	{"first_counts", ONE, "texts", false, "repeated keys of which the first value counts; of all others the last does"},
	{"handler", ONE, "name", false, "what lets the program read a changed file of this role again"},
	END,
};

static const struct property target[] = {
	{"program", ONE, "name", true, "as in --target PROGRAM=VERSION"},
	{"versions", ONE, "versions", true, "ranges FROM..TO; either side may be missing"},
	{"label", ONE, "text", true, "the versions, for people"},
	END,
};

static const struct property setting[] = {
	{"role", ONE, "name", false, "where it lives"},
	{"section", ONE, "template", false, "in which section; without keys, the section itself"},
	{"any_case", ONE, "truth", false, "the section's case means nothing, whatever the role says"},
	{"keys", ONE, "texts", false, "globs of its keys; what * stands for pairs settings of one account"},
	{"fallback_keys", ONE, "texts", false, "globs that count where none of the keys is there"},
	{"default", ONE, "text", false, "its value where it is not written"},
	{"first_of", LIST, "template", false, "composed of others: the first whose references are all present"},
	END,
};

static const struct property look[] = {
	{"each", ONE, "thing", false, "what to look at, one by one"},
	{"in", ONE, "name", false, "the role whose files are looked at"},
	{"setting", ONE, "name", false, "each place that the setting's keys match"},
	{"where", ONE, "condition", false, "which of them"},
	{"group_by", LIST, "reference", false, "things whose values agree are one group: `first` and `previous` name its others"},
	END,
};

static const struct property rule[] = {
	{"id", ONE, "name", true, "its name in the pack; never used anew for another rule"},
	{"severity", ONE, "severity", true, "error: it does not work; warning: it breaks under a condition; info: style"},
	{"enabled", ONE, "truth", false, "false: only where a run selects it"},
	{"title", ONE, "message", true, "what is wrong, in general"},
	{"docs", ONE, "message", false, "what the rule knows, and why"},
	{"effect", ONE, "effect", false, "what the user then meets"},
	{"targets", LIST, "name", false, "the only versions that the rule is about"},
	{"by_target", MAP, "override", false, "what is different for some versions"},
	{"look_at", ONE, "look", true, "what the rule looks at"},
	{"when", ONE, "condition", false, "whether the rule applies"},
	{"expect", ONE, "condition", false, "what must hold; without it, everything that is left is a finding"},
	{"at", ONE, "reference", false, "what a finding points at; the thing itself without it"},
	{"message", ONE, "message", true, "one sentence about this finding"},
	{"why", ONE, "message", false, "what then happens"},
	{"help", ONE, "message", false, "what to do"},
	{"labels", LIST, "label", false, "other places to look at"},
	{"fix", ONE_OR_LIST, "fix", false, "the first that may be applied is"},
	{"tests", LIST, "test", false, "examples that `arilint test` runs and `arilint rule` shows"},
	END,
};

static const struct property override[] = {
	{"severity", ONE, "severity", false, "for these versions"},
	{"effect", ONE, "effect_or_none", false, "for these versions"},
	END,
};

static const struct property label[] = {
	{"at", ONE, "reference", true, "where"},
	{"message", ONE, "message", true, "what is there"},
	END,
};

static const struct property fix[] = {
	{"safety", ONE, "safety", true, "safe: --fix applies it; unsafe: with --unsafe-fixes; suggest: only shown"},
	{"title", ONE, "message", true, "what it does, in the imperative"},
	{"when", ONE, "condition", false, "whether it can be done"},
	{"authority", ONE, "name", false, "only when this role is right"},
	{"do", ONE, "operation", true, "one fix operator and its arguments"},
	{"handlers", LIST, "name", false, "what it needs besides the handlers of the changed files' roles"},
	END,
};

static const struct property test[] = {
	{"files", MAP_OF_FILES, "text", true, "file names, which give the roles, and their contents"},
	{"targets", MAP, "text", false, "versions of programs, as with --target"},
	{"authority", ONE, "name", false, "the role that is right, as with --authority"},
	{"modes", MAP_OF_FILES, "mode", false, "permissions of files, in octal"},
	{"readers", MAP_OF_FILES, "readers", false, "who reads files, instead of what the role says"},
	{"report", LIST, "report", false, "where the rule finds something, in order; left out: nowhere"},
	{"not_evaluated", ONE, "truth", false, "true: the rule can't be judged"},
	{"unsafe", ONE, "truth", false, "true: unsafe fixes are applied, too"},
	{"fixed", MAP_OF_FILES, "text", false, "files as they are after the fix; those not named stay as they are"},
	END,
};

static const struct property finding[] = {
	{"at", ONE, "place", true, "FILE:LINE:COLUMN"},
	{"message", ONE, "text", false, "the message, in English"},
	{"severity", ONE, "severity", false, "the severity for the test's versions"},
	{"effect", ONE, "effect_or_none", false, "the effect for the test's versions"},
	END,
};

static const struct property verification[] = {
	{"look_at", ONE, "look", true, "a setting: each place that its keys match is a client"},
	{"base", ONE, "template", true, "the URL that the client goes by"},
	{"path", ONE, "text", false, "added to a base that does not end in it"},
	{"user", ONE, "template", true, "who the client says he is"},
	{"password", ONE, "template", true, "the client's password"},
	{"probes", LIST, "probe", true, "what is asked, in this order"},
	{"answers", LIST, "answer", false, "what an answer means that is not as expected: the first whose condition holds"},
	END,
};

static const struct property probe[] = {
	{"id", ONE, "name", true, "its name in reports"},
	{"title", ONE, "message", true, "what it shows when it passes"},
	{"severity", ONE, "severity", false, "error (the default): its failure is one of the run"},
	{"kind", ONE, "probe_kind", false, "http (the default), or websocket: opened and closed again"},
	{"method", ONE, "method", false, "GET without it"},
	{"path", ONE, "template", true, "behind the base; what stands in braces is percent-encoded"},
	{"expect", ONE, "expected", true, "the answer that passes"},
	{"call", ONE, "truth", false, "true: only asked with --call"},
	{"notice", ONE, "message", false, "said before it is asked"},
	{"after", ONE, "name", false, "a probe above without whose success its answer means nothing"},
	END,
};

static const struct property expected[] = {
	{"status", ONE, "integer", true, "the status"},
	{"type", ONE, "text", false, "the media type"},
	{"members", ONE, "texts", false, "members of the JSON answer that must be there"},
	END,
};

static const struct property answer[] = {
	{"when", ONE, "condition", true, "which answer: its outcome is the status, or a word for what came instead"},
	{"effect", ONE_OR_LIST, "effect", false, "the effects of the findings that explain it"},
	{"cause", ONE, "message", true, "what it means"},
	{"help", ONE, "message", false, "what to do"},
	END,
};

static const struct property symptom[] = {
	{"id", ONE, "name", true, "its name in the pack"},
	{"source", ONE, "source", false, "whose log it comes from; left out: anybody's"},
	{"pattern", ONE, "text", true, "a regular expression (PCRE2) that finds it in a line's message; (?<name>...) is a capture"},
	{"effect", ONE, "effect", false, "what the user meets"},
	{"title", ONE, "message", true, "what has happened; the braces hold captures"},
	{"message", ONE, "message", true, "what it means"},
	{"help", ONE, "message", false, "what to do next"},
	{"explained_by", ONE, "explained_by", false, "which findings in files explain it"},
	END,
};

static const struct property explained_by[] = {
	{"rules", LIST, "rule_name", false, "those of these rules; PACK/RULE of another pack"},
	{"effects", LIST, "effect", false, "those with one of these effects"},
	END,
};

const struct shape schema_shapes[] = {
	{"pack", "a rule pack of arilint", pack, NULL},
	{"handler", "what lets a program read its files again", handler, NULL},
	{"role", "what a file is for", role, NULL},
	{"target", "versions of a program under one name", target, NULL},
	{"setting", "a name for a value", setting,
	 "'oneOf': [{'required': ['role'], 'anyOf': [{'required': ['keys']}, {'required': ['section']}]}, "
	 "{'required': ['first_of']}]"},
	{"look", "what to look at", look, "'oneOf': [{'required': ['each', 'in']}, {'required': ['setting']}]"},
	{"rule", "what must hold, and what is said and done where it does not", rule, NULL},
	{"override", "what is different for some versions", override, NULL},
	{"label", "another place to look at", label, NULL},
	{"fix", "how it is mended", fix, NULL},
	{"test", "files, and what must come of them", test, NULL},
	{"finding", "a finding that must come", finding, NULL},
	{"symptom", "what a log says when something is wrong", symptom, NULL},
	{"explained_by", "which findings explain a symptom", explained_by, NULL},
	{"verification", "what is asked of a server with the settings of a file", verification, NULL},
	{"probe", "one question", probe, NULL},
	{"expected", "the answer that passes", expected, NULL},
	{"answer", "what an answer means", answer, NULL},
	{NULL, NULL, NULL, NULL},
};

const struct definition schema_definitions[] = {
	{"format", "'enum': [1, '1']"},
	{"text", "'type': ['string', 'number', 'boolean', 'null']"},
	{"texts", "'anyOf': [{'$ref': '#/$defs/text'}, {'type': 'array', 'items': {'$ref': '#/$defs/text'}}]"},
	{"truth", "'enum': [true, false, 'true', 'false']"},
	{"truth_or_texts", "'anyOf': [{'$ref': '#/$defs/truth'}, {'type': 'array', 'items': {'$ref': '#/$defs/text'}}]"},
	{"name", "'type': 'string', 'pattern': '^[a-z][a-z0-9_-]*$'"},
	{"range", "'type': 'array', 'minItems': 2, 'maxItems': 2, 'items': {'$ref': '#/$defs/integer'}"},
	{"integer", "'type': ['integer', 'string'], 'pattern': '^[+-]?[0-9]+$'"},
	{"mode", "'type': ['integer', 'string'], 'pattern': '^[0-7]{3,4}$'"},
	{"versions", "'anyOf': [{'$ref': '#/$defs/version_range'}, "
	             "{'type': 'array', 'items': {'$ref': '#/$defs/version_range'}}]"},
	{"version_range", "'type': 'string', 'pattern': '[.][.]'"},
	{"place", "'type': 'string', 'pattern': '^.+:[1-9][0-9]*:[1-9][0-9]*$'"},
	{"report", "'anyOf': [{'$ref': '#/$defs/place'}, {'$ref': '#/$defs/finding'}]"},
	{"list", "'anyOf': [{'$ref': '#/$defs/texts'}, {'$ref': '#/$defs/look'}]"},
	{"message", "'anyOf': [{'$ref': '#/$defs/template'}, {'type': 'object', 'additionalProperties': false, "
	            "'required': ['en'], 'properties': {'en': {'$ref': '#/$defs/template'}, "
	            "'uz': {'$ref': '#/$defs/template'}, 'ru': {'$ref': '#/$defs/template'}}}]"},
	{"repeated_sections", "'enum': ['merge', 'first']"},
	{"case", "'enum': ['exact', 'any']"},
	{"thing", "'enum': ['file', 'section', 'key', 'fault', 'line']"},
	{"probe_kind", "'enum': ['http', 'websocket']"},
	{"method", "'enum': ['GET', 'POST', 'DELETE']"},
	{"severity", "'enum': ['error', 'warning', 'info']"},
	{"source", "'enum': ['backend', 'asterisk']"},
	{"rule_name", "'type': 'string', 'pattern': '^([a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*$'"},
	{"safety", "'enum': ['safe', 'unsafe', 'suggest']"},
	{"effect_or_none", "'anyOf': [{'const': 'none'}, {'$ref': '#/$defs/effect'}]"},
	{"condition",
	 "'type': 'object', 'description': 'references and the checks that must all hold; all, any and not combine them', "
	 "'properties': {'all': {'$ref': '#/$defs/conditions'}, 'any': {'$ref': '#/$defs/conditions'}, "
	 "'not': {'$ref': '#/$defs/condition'}}, "
	 "'propertyNames': {'$ref': '#/$defs/reference'}, 'additionalProperties': {'$ref': '#/$defs/checks'}"},
	{"conditions", "'type': 'array', 'items': {'$ref': '#/$defs/condition'}"},
	{NULL, NULL},
};
