#!/usr/bin/env python3
"""Holds rules/README.md against the tables that packs are read by: a table `| member of `SHAPE` | what it is |` has a row for
each member of that shape, in the order of `arilint schema`, with the same sentence, and "Needed" where it must be there.

With --write the tables are written anew; a new member is then a row in src/rule and nothing more."""
import json
import os
import re
import subprocess
import sys

from harness import check, finish

HEAD = re.compile(r"^\| member of `(\w+)` \| what it is \|$")
REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REFERENCE = os.path.join(REPOSITORY, "rules", "README.md")
ARILINT = os.environ.get("ARILINT", os.path.join(REPOSITORY, "build", "arilint"))


def shapes():
    found = {}
    for kind in "rules", "cases", "catalogue":
        schema = subprocess.run([ARILINT, "schema", kind], check=True, capture_output=True, text=True).stdout
        for name, definition in json.loads(schema)["$defs"].items():
            if "required" in definition and name not in ("operation",):
                found[name] = definition
    return found


def rows(definition):
    needed = definition.get("required", [])
    return [f"| `{name}` | {member['description']}{'. Needed' if name in needed else ''} |"
            for name, member in definition["properties"].items()]


def tables(lines):
    """The first line behind each table's head, the first behind the table, and the shape's name."""
    for at, line in enumerate(lines):
        match = HEAD.match(line)
        if match:
            end = at + 2
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            yield at + 2, end, match[1]


def main():
    with open(REFERENCE, encoding="utf-8") as file:
        lines = file.read().split("\n")
    known = shapes()
    if sys.argv[1:] == ["--write"]:
        for start, end, name in reversed(list(tables(lines))):
            lines[start:end] = rows(known[name])
        with open(REFERENCE, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    seen = []
    for start, end, name in tables(lines):
        seen.append(name)
        wanted = rows(known[name]) if name in known else []
        for number in range(max(end - start, len(wanted))):
            there = lines[start + number] if number < end - start else "(nothing)"
            right = wanted[number] if number < len(wanted) else "(nothing)"
            check(there == right, f"rules/README.md:{start + number + 1}: says {there}\n  not {right}")
    for name in known:
        check(seen.count(name) == 1, f"rules/README.md: {seen.count(name)} tables of the members of `{name}`")


main()
finish()
