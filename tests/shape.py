#!/usr/bin/env python3
"""The shape of the sources, where layout.sh does not reach: functions are short and not too many; files include and call each
other one way; each folder says what enters and what leaves it; and .github/CONTRIBUTING.md says the same and names what is
there.

Called with BUILD, a folder with objects of this tree. With --write the table of folders in CONTRIBUTING.md is written anew
from the headers."""
import collections
import os
import pathlib
import re
import statistics
import subprocess
import sys

from harness import check, finish

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
SOURCES = REPOSITORY / "src"
BUILD = pathlib.Path(os.environ.get("BUILD", REPOSITORY / "build" / "plain"))
GUIDE = REPOSITORY / ".github" / "CONTRIBUTING.md"
LONGEST = 60  # lines of a function
MEDIAN = 11
MOST_LINES = 51_300  # of all sources; what a release adds is known before it is written
PASSES = re.compile(r"In: (.+?)\. Out: (.+?)\.(?: |$)")
HEAD = "| folder | in | out |"

def name_of(path):
    return str(path.relative_to(REPOSITORY))


def files(pattern):
    return sorted(path for path in SOURCES.rglob(pattern) if "integrations" not in path.parts)


def order():
    """The folders below src/, from the one that knows of no other to the one that may use all."""
    return re.search(r"^order='(.*)'$", (REPOSITORY / "tests" / "layout.sh").read_text(), re.M)[1].split()


def functions(path):
    """Name and number of lines of each function, from its name to its closing brace."""
    name, first = None, 0
    for number, line in enumerate(path.read_text().split("\n"), 1):
        if re.match(r"[a-z].*\(", line) and not line.endswith(";"):
            name, first = re.search(r"(\w+)\(", line)[1], number
            if line.endswith("}"):  # all on one line
                yield name, 1
                name = None
        elif line == "}" and name:
            yield name, number - first + 1
            name = None
        elif line.startswith("}"):
            name = None


def check_functions():
    lengths = []
    for path in files("*.[ch]"):
        for name, length in functions(path):
            lengths.append(length)
            check(length <= LONGEST, f"{name_of(path)}: {name}() has {length} lines, at most {LONGEST}")
    check(len(lengths) > 1000, f"only {len(lengths)} functions are found")
    check(statistics.median(lengths) <= MEDIAN, f"the median function has {statistics.median(lengths)} lines")


def check_lines():
    lines = sum(path.read_bytes().count(b"\n") for pattern in ("*.c", "*.h", "*.def") for path in SOURCES.rglob(pattern))
    check(0 < lines <= MOST_LINES, f"src/ has {lines} lines, at most {MOST_LINES}")


def circles(graph):
    """Sets of nodes that can each reach all others of their set."""
    found, reach = [], {}
    for start in graph:
        seen, left = set(), [start]
        while left:
            for node in graph.get(left.pop(), ()):
                if node not in seen:
                    seen.add(node)
                    left.append(node)
        reach[start] = seen
    for node in graph:
        circle = {other for other in reach[node] if node in reach.get(other, ())}
        if circle and circle not in found:
            found.append(circle)
    return [circle for circle in found if len(circle) > 1]


def check_includes():
    """A header may not need itself, by however many others."""
    graph = {}
    for path in files("*.h"):
        graph[name_of(path)[4:]] = re.findall(r'^#include "(.+)"', path.read_text(), re.M)
    found = circles(graph)
    check(graph and not found, "headers include each other: " + "; ".join(", ".join(sorted(one)) for one in found))


def symbols(path):
    """What an object's code defines and what it needs, functions only where it defines."""
    printed = subprocess.run(["nm", path], check=True, capture_output=True, text=True).stdout
    words = [line.split() for line in printed.splitlines()]
    return ({one[2] for one in words if len(one) == 3 and one[1] == "T"}, {one[1] for one in words if one[0] == "U"})


def check_calls(folders):
    """Functions of a folder are called from that folder and those behind it: an include says what a file may see, this says
    what it does."""
    needs, home = {}, {}
    for path in files("*.c"):
        place = str(path.relative_to(SOURCES).with_suffix(""))
        if place.split("/")[0] in ("main", "embed"):
            continue
        built = BUILD / "obj" / "src" / f"{place}.o"
        check(built.exists(), f"src/{place}.c is not built in {BUILD}")
        if not built.exists():
            continue
        defined, needs[place] = symbols(built)
        home.update({symbol: place for symbol in defined})
    between = collections.defaultdict(set)
    for place, wanted in needs.items():
        folder = os.path.dirname(place)
        for symbol in sorted(wanted & home.keys()):
            other = os.path.dirname(home[symbol])
            between[folder].add(other)
            check(folders.index(other) <= folders.index(folder), f"src/{place}.c calls {symbol}() of src/{other}, which is behind it")
    check(len(between) > 10, "no calls are found")


def passes(folder):
    """What the folder's one comment says of what enters and leaves it."""
    found = []
    for path in sorted((SOURCES / folder).glob("*.[ch]")):
        comment = re.match(r"/\*(.*?)\*/", path.read_text(), re.S)
        words = " ".join(re.sub(r"^ \*", "", comment[1], flags=re.M).split()) if comment else ""
        found += [match.groups() for match in PASSES.finditer(words)]
    check(len(found) == 1, f"src/{folder}: {len(found)} of its first comments say `In: ... Out: ...`")
    return found[0] if found else ("", "")


def rows(folders):
    for folder in folders:
        yield "| `src/{}/` | {} | {} |".format(folder, *passes(folder))


def check_guide(folders):
    lines = GUIDE.read_text().split("\n")
    wanted = list(rows(folders))
    start = lines.index(HEAD) + 2
    end = next(number for number in range(start, len(lines)) if not lines[number].startswith("|"))
    if sys.argv[1:] == ["--write"]:
        lines[start:end] = wanted
        GUIDE.write_text("\n".join(lines))
        end = start + len(wanted)
    for number in range(max(end - start, len(wanted))):
        there = lines[start + number] if number < end - start else "(nothing)"
        right = wanted[number] if number < len(wanted) else "(nothing)"
        check(there == right, f"{name_of(GUIDE)}:{start + number + 1}: says {there}\n  not {right}; tests/shape.py --write")
    named = sorted(set(re.findall(r"`((?:\.ci|\.github|fixtures|rules|src|tests)/[^` ]*|README\.md|Makefile)`", "\n".join(lines))))
    for path in named:
        pattern = re.sub(r"[A-Z]{2,}(?!\w*\.md)", "*", path).strip("/")
        check(any(REPOSITORY.glob(pattern)), f"{name_of(GUIDE)}: names {path}, which is not there")
    check(len(named) > 20, f"{name_of(GUIDE)}: names only {len(named)} paths")
    for target in sorted(set(re.findall(r"`make ([a-z-]+)", "\n".join(lines)))):
        check(re.search(rf"^(?:[a-z -]* )?{target}(?: [a-z -]*)?:", (REPOSITORY / "Makefile").read_text(), re.M),
              f"{name_of(GUIDE)}: there is no `make {target}`")


def check_examples():
    """What CONTRIBUTING.md shows stands word for word in the file that is named above it."""
    shown = re.findall(r"\n[^`\n]*`([^`\n]+)`[^\n]*\n\n```(?:c|yaml)\n(.*?)```\n", GUIDE.read_text(), re.S)
    for path, text in shown:
        check(text in (REPOSITORY / path).read_text(), f"{name_of(GUIDE)}: {path} does not say\n{text}")
    check(len(shown) == 3, f"{name_of(GUIDE)}: {len(shown)} examples, not 3")


def check_scripts():
    """A script of tests/ that nothing names is a test that nobody runs."""
    places = ["Makefile", ".ci/run", ".github/CONTRIBUTING.md", *map(name_of, (REPOSITORY / "tests").glob("*.*"))]
    for path in sorted((REPOSITORY / "tests").glob("*.*")):
        names = {path.name, f"from {path.stem} import"}
        named = (any(name in (REPOSITORY / place).read_text() for name in names) for place in places if place != name_of(path))
        check(any(named), f"{name_of(path)}: nothing runs it; see tests/run.sh")


def main():
    folders = order()
    check_functions()
    check_lines()
    check_includes()
    check_calls(folders)
    check_guide(folders)
    check_examples()
    check_scripts()


main()
finish()
