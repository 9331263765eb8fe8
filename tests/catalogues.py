#!/usr/bin/python3
"""What packs say in other languages, and what they share. Every catalogue rules/LANGUAGE/PACK.yaml has all texts of its
pack and no other, in letters of its language and with the captures of the English text; `arilint rule` shows them. And no
two packs define the same thing: that stands in rules/common.yaml."""
import collections
import os
import pathlib
import re
import subprocess

import yaml

from harness import check, finish

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
ARILINT = os.path.realpath(os.environ.get("ARILINT", REPOSITORY / "build" / "arilint"))
SPOKEN = {"message", "why", "help", "cause", "notice", "about"}
TITLES = re.compile(r"rules\.[^.]+\.fix\.([0-9]+\.)?title|verify\.probes\.[^.]+\.title|symptoms\.[^.]+\.title")
MAY_BE_SPOKEN = re.compile(r"rules\.[^.]+\.(title|docs)|handlers\.[^.]+\.by_hand")  # a command needs no translation
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
ODD_UZBEK = re.compile(r"[\u0400-\u04ff]|[oOgG]['`\u2018\u2019]")
CUT = re.compile(r"""\s+(?:message|why|help|cause|notice|about|title|by_hand|rules\..*|meanings\..*): (?:[^'"|>{\[].*|'.*'|".*") #""")
SHARED = ["handlers", "roles", "targets", "lists", "placeholders"]

def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, yaml.BaseLoader)


def texts_of(node, path=""):
    """Every text of a pack with its place, as catalogues name it."""
    if isinstance(node, str):
        yield path, node
        return
    items = node.items() if isinstance(node, dict) else enumerate(node, 1)
    for name, item in items:
        if name == "tests":
            continue
        if isinstance(node, list) and isinstance(item, dict):
            name = item.get("id", name)
        yield from texts_of(item, f"{path}.{name}" if path else str(name))


def check_whole(path):
    """YAML takes what stands behind ` #` for a comment, also where a text was to go on."""
    cut = [line for line in path.read_text(encoding="utf-8").splitlines() if CUT.match(line)]
    check(not cut, f"{path.relative_to(REPOSITORY)}: a text ends at a #: {cut}")


def is_spoken(place):
    return place.rpartition(".")[2] in SPOKEN or TITLES.fullmatch(place)


def captures(text):
    return collections.Counter(re.findall(r"\{[^}]*\}", text))


def check_text(where, language, english, text):
    check(text != english, f"{where}: is the English text")
    letters = CYRILLIC.search(text) if language == "ru" else not ODD_UZBEK.search(text)
    check(letters, f"{where}: has other letters than those of the language: {text}")
    check(captures(text) == captures(english), f"{where}: has other captures than: {english}")


def check_catalogue(pack, language):
    path = REPOSITORY / "rules" / language / f"{pack['pack']}.yaml"
    where = path.relative_to(REPOSITORY)
    english = dict(texts_of(pack))
    wanted = {place for place in english if is_spoken(place)}
    if not wanted and not path.exists():
        return {}
    catalogue = read(path)
    texts = catalogue["texts"]
    check((catalogue["pack"], catalogue["language"]) == (pack["pack"], language), f"{where}: is of another name")
    for place in sorted(wanted - set(texts)):
        check(False, f"{where}: lacks {place}")
    for place, text in texts.items():
        known = place in wanted or (place in english and MAY_BE_SPOKEN.fullmatch(place))
        check(known, f"{where}: there is no text {place}")
        if known:
            check_text(f"{where}: {place}", language, english[place], text)
    return texts


def check_shown(pack, language, texts):
    """Labels are not shown; of what the program says of a finding all else is."""
    ids = [rule["id"] for rule in pack.get("rules", [])]
    if not ids:
        return
    done = subprocess.run([ARILINT, "rule", "--isolated", "--lang", language, *(f"{pack['pack']}/{id}" for id in ids)],
                          capture_output=True, text=True, timeout=300, env=dict(os.environ, LC_ALL="C.UTF-8"))
    pages = dict(zip(ids, re.split(rf"\n(?={pack['pack']}/[a-z0-9-]+: )", done.stdout)))
    check(len(pages) == len(ids), f"arilint rule --lang {language}: {len(pages)} pages of {len(ids)}: {done.stderr[:300]}")
    for place, text in texts.items():
        part, _, rest = place.partition(".")
        if part == "rules" and ".labels." not in rest:
            check(text in pages.get(rest.partition(".")[0], ""), f"arilint rule --lang {language} does not show {place}")


def check_shared(packs):
    seen = {}
    for pack in packs:
        for member in SHARED:
            entries = pack.get(member, {})
            for name, entry in entries.items() if isinstance(entries, dict) else [("", entries)]:
                key = (member, str(entry))
                check(not entry or key not in seen, f"{pack['pack']}: {member} {name}: is {seen.get(key)} again")
                seen[key] = f"{pack['pack']}'s {name}".rstrip()


def check_wordings():
    """What the language server itself says, in the order of rule/languages.def."""
    path = REPOSITORY / "src" / "lsp" / "wordings.def"
    rows = re.findall(r"^WORDING\((\w+), (.*)\)$", path.read_text(encoding="utf-8"), re.M)
    check(len(rows) > 20, f"{path.name}: only {len(rows)} texts are found")
    for name, texts in rows:
        spoken = re.findall(r'"((?:[^"\\]|\\.)*)"', texts)
        check(len(spoken) == 3, f"{path.name}: {name} is said in {len(spoken)} languages")
        for language, text in zip(("uz", "ru"), spoken[1:]):
            check_text(f"{path.name}: {name}, {language}", language, spoken[0], text)


def main():
    packs = [read(path) for path in sorted(REPOSITORY.glob("rules/*.yaml"))]
    for path in REPOSITORY.glob("rules/**/*.yaml"):
        check_whole(path)
    for pack in packs:
        for language in ["uz", "ru"]:
            check_shown(pack, language, check_catalogue(pack, language))
    known = {pack["pack"] for pack in packs}
    for path in REPOSITORY.glob("rules/*/*.yaml"):
        check(path.stem in known, f"{path.relative_to(REPOSITORY)}: there is no such pack")
    check_shared(packs)
    check_wordings()


main()
finish()
