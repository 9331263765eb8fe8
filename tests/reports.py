#!/usr/bin/env python3
"""Every report that programs read, `reports.py` with ARILINT: each is taken apart as its readers do, and what it says is held
against --format json, on files whose names and bytes are made to break formats. Also where reports go: --output.
tests/reports/consumers.sh has programs of others read the same."""
import collections
import json
import os
import pathlib
import re
import stat
import subprocess
import tempfile
import urllib.parse
import xml.etree.ElementTree

from harness import check, finish

ARILINT = os.path.realpath(os.environ.get("ARILINT", "build/arilint"))
SEVERITIES = {"error": "error", "warning": "warning", "note": "info", "notice": "info", "info": "info", "major": "error",
              "minor": "warning", "ERROR": "error", "WARNING": "warning", "INFO": "info"}
SECRET = "Zx9-long-secret"

# Names of folders, each with an ari.conf and a .env that drift.
FOLDERS = [b"plain", b"a%3A,b:c", b" ::error title=x::y", b"##[group]z", b"new\nline", b"tab\tcr\r", b"<b>&amp;\"'", b"x|y`z``",
           b"@all #1 www.example.org [l](u) ![i](u)", "ü\u202ebidi\u200b\ufeff".encode(), b"\xff\xfe", "\uffff\U0001f600".encode(),
           b"esc\x1b[31m", b"\\|", b"]]>", b"-dash"]
ARI = ("; ü\n[general]\nenabled = yes\n[x\u202e<&>\"'|`]\ntype = user\nread_onli%0A::error::<&>\"'|\u202e = no\npassword = {0}\n"
       "[x]\ntype = user\npassword = {0}\n").format(SECRET)
ENV = "ARI_URL=http://127.0.0.1:8088/ari\nARI_USER=x\nARI_USER=x\nARI_PASSWORD=other-than-that\n# ü\n export  ARI_APP='ü' \n"


def run(*words, cwd=None, **more):
    done = subprocess.run([ARILINT, "--isolated", *words], cwd=cwd, capture_output=True, check=False, **more)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def formats():
    """Those that the program says it has."""
    return re.search(r"there are: (.+)", run("--format", "?")[2])[1].split(", ")


# --- what each report says: (path, line, column, severity, rule) of each finding; None: the format does not tell it ---


def of_lines(text):
    for line in text.splitlines():
        found = re.fullmatch(r"(.*):(\d+):(\d+): (error|warning|note|info): .* \[([a-z-]+/[a-z-]+)\]", line)
        if found:
            yield found[1], int(found[2]), int(found[3]), SEVERITIES[found[4]], found[5]
        else:
            check(re.fullmatch(r".*:\d+:\d+: note: .*", line), f"gcc: no line of a compiler: {line!r}")


def of_concise(text):
    for line in text.splitlines():
        found = re.fullmatch(r"(.*):(\d+):(\d+): (error|warning|info)\[([a-z-]+/[a-z-]+)\] .*", line)
        check(found, f"concise: {line!r}")
        yield found[1], int(found[2]), int(found[3]), found[4], found[5]


def of_github(text):
    """As the runner takes a line apart: ActionCommand.TryParseV2."""
    for line in text.splitlines():
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        check(found, f"github: no command of ours: {line!r}")
        properties = dict(pair.split("=", 1) for pair in found[2].split(","))
        properties = {key: urllib.parse.unquote(value) for key, value in properties.items()}
        check(set(properties) <= {"title", "file", "line", "endLine", "col", "endColumn"}, f"github: properties of {line!r}")
        yield (properties["file"], int(properties.get("line", 1)), int(properties.get("col", 1)), SEVERITIES[found[1]],
               properties["title"])


def of_sarif(text):
    [this] = json.loads(text)["runs"]
    check(this["columnKind"] == "unicodeCodePoints", "sarif: what columns count")
    for result in this["results"]:
        rule = this["tool"]["driver"]["rules"][result["ruleIndex"]]
        check(rule["id"] == result["ruleId"] and (rule["id"].startswith("arilint/") or rule["help"]["text"]), "sarif: a rule")
        [location] = result["locations"]
        place, uri = location["physicalLocation"], location["physicalLocation"]["artifactLocation"]["uri"]
        check(re.fullmatch(r"([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri), f"sarif: no URI: {uri!r}")
        region = place.get("region", {"startLine": 1, "startColumn": 1})
        path = urllib.parse.unquote(uri, errors="replace")
        yield path, region["startLine"], region["startColumn"], SEVERITIES[result["level"]], result["ruleId"]


def of_gitlab(text):
    issues = json.loads(text)
    check(len({issue["fingerprint"] for issue in issues}) == len(issues), "gitlab: two issues have one fingerprint")
    for issue in issues:
        yield issue["location"]["path"], issue["location"]["lines"]["begin"], None, SEVERITIES[issue["severity"]], issue["check_name"]


def of_checkstyle(text):
    for file in xml.etree.ElementTree.fromstring(text).findall("file"):
        for error in file.findall("error"):
            yield file.get("name"), int(error.get("line")), int(error.get("column")), error.get("severity"), error.get("source")


def of_junit(text):
    for suite in xml.etree.ElementTree.fromstring(text).findall("testsuite"):
        cases = suite.findall("testcase")
        counts = [len(suite.findall(path)) for path in ("testcase", "testcase/failure", "testcase/error")]
        check(counts == [int(suite.get(name)) for name in ("tests", "failures", "errors")], "junit: counts")
        for case in cases:
            found = re.fullmatch(r"(\S+) at (\d+):(\d+)", case.get("name"))
            check(found or case.get("name") == "no faults found", f"junit: {case.get('name')!r}")
            if found:
                kinds = [one.get("type") for one in case] if case.find("failure") is not None else ["info"]
                yield case.get("classname"), int(found[2]), int(found[3]), kinds[0], found[1]


def of_rdjson(text):
    for one in json.loads(text)["diagnostics"]:
        start = one["location"].get("range", {"start": {"line": 1, "column": None}})["start"]
        yield one["location"]["path"], start["line"], None, SEVERITIES[one["severity"]], one["code"]["value"]


def of_markdown(text):
    """Nothing but the tags that are ours, and nothing that is markup between them."""
    for line in text.splitlines():
        outside = re.sub(r"<code>[A-Za-z0-9 .,;/?%&#\u0080-\U0010ffff-]*</code>", "C", line)
        plain = re.fullmatch(r"(\| (error|warning|info) \| C \| C \| C(<br>[a-z ()]+: C)* \||### arilint|C|\| \| place .*|\|-.*|)", outside)
        check(plain, f"markdown: {line!r}")
        check(not re.search(r"www\.", line), f"markdown: a link in {line!r}")
        cells = re.findall(r"<code>(.*?)</code>", line)
        if line.startswith("| ") and not line.startswith("| |"):
            place = re.fullmatch(r"(.*?)(?:&#58;(\d+)&#58;(\d+))?", cells[0])
            unescaped = re.sub(r"&#(\d+);", lambda hit: chr(int(hit[1])), place[1])
            yield unescaped, int(place[2] or 1), int(place[3] or 1), line.split()[1], cells[1]


READERS = {"concise": of_concise, "gcc": of_lines, "github": of_github, "sarif": of_sarif, "gitlab": of_gitlab,
           "checkstyle": of_checkstyle, "junit": of_junit, "rdjson": of_rdjson, "markdown": of_markdown}
PEOPLE = {"text", "json"}  # the one is for people, the other is what all are held against


def seen(path):
    """A path of which only what every format can say is left."""
    path = path.removeprefix("./").replace("\uff03", "#").replace("\t", " ")
    return re.sub(r"[^!-~]+", "?", path)


def expected(text):
    for one in json.loads(text)["diagnostics"]:
        yield one["path"], one["line"], one["column"], one["severity"], one["rule"]


def comparable(found, like):
    """Counted, with what a format does not tell left out on both sides."""
    return collections.Counter((seen(path), line, column if like else None, severity, rule)
                               for path, line, column, severity, rule in found)


def lay(folder):
    for name in FOLDERS:
        place = os.path.join(os.fsencode(folder), name)
        os.mkdir(place)
        for file, text in ((b"ari.conf", ARI), (b".env", ENV)):
            with open(os.path.join(place, file), "wb") as out:
                out.write(text.encode())


def check_formats(folder):
    _, reference, _ = run("--format", "json", ".", cwd=folder)
    findings = list(expected(reference))
    check(len(findings) >= 3 * len(FOLDERS), f"only {len(findings)} findings")
    check({"error", "warning"} <= {one[3] for one in findings}, "severities are missing")
    check(set(formats()) == READERS.keys() | PEOPLE, f"formats without a reader: {formats()}")
    for name, reader in READERS.items():
        status, text, errors = run("--format", name, ".", cwd=folder)
        check(status == 1 and not errors, f"{name}: status {status}, {errors}")
        check(SECRET.encode() not in text, f"{name} shows a secret")
        check(not re.search("[\0-\x08\x0b-\x1f\x7f\u0080-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text.decode()),
              f"{name} has characters that are not seen, or drive a terminal")
        check(not re.search(rb"(?m)^\s*(##[a-z]*\[|::(?!error |warning |notice ))", text), f"{name}: a line is a command")
        told = list(reader(text.decode()))
        columns = all(one[2] is not None for one in told)
        check(comparable(told, columns) == comparable(findings, columns), f"{name} differs from json: "
              f"{comparable(told, columns) - comparable(findings, columns)} {comparable(findings, columns) - comparable(told, columns)}")
        text = run("--format", name, ".", cwd=folder)[1]
        check(text == run("--format", name, ".", cwd=folder)[1] or b"<secret" in text or b"secret:" in text or b"&lt;secret" in text,
              f"{name}: two runs differ")


def fingerprints(folder, *words):
    _, text, _ = run("--format", "sarif", *words, ".", cwd=folder)
    return sorted(one["partialFingerprints"]["arilint/v1"] for one in json.loads(text)["runs"][0]["results"])


def check_fingerprints(folder):
    """They stay when lines move, in another language, and in the next run."""
    (folder / "ari.conf").write_text(ARI)
    (folder / ".env").write_text(ENV)
    first = fingerprints(folder)
    check(len(first) > 2 and len(set(first)) == len(first), "fingerprints are not each another's")
    check(fingerprints(folder) == first, "fingerprints differ in the next run")
    check(fingerprints(folder, "--lang", "uz") == first, "fingerprints differ in another language")
    (folder / "ari.conf").write_text("; more\n\n" + ARI.replace(SECRET, "quite-another-1"))
    (folder / ".env").write_text("# more\n" + ENV)
    check(fingerprints(folder) == first, "fingerprints do not stay with what they are of")


def check_fixes(folder):
    """A fix in a report, carried out, is what --fix does; one that would write a mask is not told."""
    (folder / "ari.conf").write_text("[general]\nenabled = yes\n[x]\ntype = user\nread_onli = no\npassword = long-enough-1\n")
    (folder / ".env").write_text("# ü\nARI_USER=x\nARI_PASSWORD=long-enough-2\n")
    results = json.loads(run("--format", "sarif", ".", cwd=folder)[1])["runs"][0]["results"]
    by_rule = {one["ruleId"]: one for one in results}
    check("fixes" not in by_rule["ari/password-drift"], "sarif: a fix that holds a secret is told")
    [change] = by_rule["ari/unknown-user-key"]["fixes"][0]["artifactChanges"]
    [edit] = change["replacements"]
    lines = (folder / "ari.conf").read_text().split("\n")
    where, line = edit["deletedRegion"], edit["deletedRegion"]["startLine"] - 1
    lines[line] = lines[line][:where["startColumn"] - 1] + edit["insertedContent"]["text"] + lines[line][where["endColumn"] - 1:]
    told = {one["code"]["value"]: one for one in json.loads(run("--format", "rdjson", ".", cwd=folder)[1])["diagnostics"]}
    check(told["ari/unknown-user-key"]["suggestions"][0]["text"] == "read_only", "rdjson: the suggestion")
    check("suggestions" not in told["ari/password-drift"], "rdjson: a suggestion that holds a secret")
    start = told["ari/password-drift"]["location"]["range"]["start"]
    check(start == {"line": 3, "column": 14}, f"rdjson: columns are bytes: {start}")
    status, text, _ = run("--fix", "--backup=none", "--format", "sarif", ".", cwd=folder)
    artifacts = {one["location"]["uri"]: one["roles"] for one in json.loads(text)["runs"][0]["artifacts"]}
    check(status == 0 and "modified" in artifacts["ari.conf"], f"sarif: what --fix changed: {artifacts}")
    check((folder / "ari.conf").read_text().split("\n") == lines, "the told fix is not the one that --fix made")


# --- where reports go ---


def check_outputs(folder):
    good, path = ["ari.conf", ".env"], folder / "out.sarif"
    (folder / "ari.conf").write_text(ARI)
    (folder / ".env").write_text(ENV)
    status, text, errors = run("--format", "concise", "--format", "sarif", "--output", "out.sarif", "--format=junit",
                               "--output=out.xml", *good, cwd=folder, umask=0o027)
    check(status == 1 and not errors and len(list(of_concise(text.decode()))) > 2, f"three reports: {status} {errors}")
    check(path.exists() and len(list(of_sarif(path.read_text()))) == len(list(of_concise(text.decode()))), "the second one")
    check((folder / "out.xml").exists() and len(list(of_junit((folder / "out.xml").read_text()))) > 2, "the third one")
    check(stat.S_IMODE(path.stat().st_mode) == 0o640, "the user's umask")
    check(sorted(one.name for one in folder.iterdir()) == [".env", "ari.conf", "out.sarif", "out.xml"], "something is left there")
    status, text, _ = run("--format", "sarif", "--output", "out.sarif", "--diff", *good, cwd=folder)
    check(status == 1 and text.startswith(b"--- a/"), "--diff on standard output, the report in a file")
    (folder / "nothing").mkdir()
    status, text, _ = run("--format", "gitlab", "--output", "out.json", "nothing", cwd=folder)
    check(status == 7 and json.loads((folder / "out.json").read_text()) == [], "nothing to lint is a report without findings")
    status, text, _ = run("--format", "gitlab", "--output", "-", *good, cwd=folder)
    check(status == 1 and json.loads(text), "`-` is standard output")


def check_refusals(folder):
    """What is said, and what the file then holds."""
    (folder / "ari.conf").write_text(ARI)
    (folder / "closed").mkdir()
    os.symlink("elsewhere", folder / "link")
    os.mkfifo(folder / "fifo")
    cases = [("no/where", "No such file"), ("link", "it is a link"), ("fifo", "no regular file"), ("closed", "no regular file"),
             ("ari.conf", "files that were read"), ("closed/../ari.conf", "files that were read"), ("/dev/null", "no regular file"),
             ("closed/", "Is a directory")]
    for path, why in cases:
        for words in ([], ["--fix", "--backup=none"]):
            (folder / "ari.conf").write_text(ARI)
            status, text, errors = run("--format", "concise", "--format", "json", "--output", path, *words, "ari.conf", cwd=folder)
            check(status == 8 and why in errors and text, f"--output {path} {words}: status {status}, {errors}")
            check((folder / "ari.conf").read_text().startswith("; ü\n[general]"), f"--output {path} wrote over an input")
    wrong = [(["--output", "x"], "stands behind"), (["--format", "json", "--output", "x", "--output", "y"], "two --output"),
             (["--format", "json", "--format", "text"], "one report"), (["--format", "nonsense"], "there are: checkstyle"),
             (["--format", "json", "--output", "x", "--show-secrets=always"], "does not go with")]
    for words, why in wrong:
        status, _, errors = run(*words, "ari.conf", cwd=folder)
        check(status == 2 and why in errors and not (folder / "x").exists(), f"{words}: status {status}, {errors}")
    if os.geteuid() == 0:
        theirs = folder / "theirs"
        theirs.symlink_to("closed")
        os.chown(theirs, 65534, 65534, follow_symlinks=False)
        status, _, errors = run("--format", "json", "--output", "theirs/x", "ari.conf", cwd=folder)
        check(status == 8 and "link of another user" in errors, f"a link of another user: {status} {errors}")


def main():
    for part in (lay, check_fingerprints, check_fixes, check_outputs, check_refusals):
        with tempfile.TemporaryDirectory(prefix="arilint-reports.") as name:
            part(pathlib.Path(name))
            if part is lay:
                check_formats(name)
    finish()


if __name__ == "__main__":
    main()
