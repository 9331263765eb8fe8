"""Reports as others read them, `consumers.py MODULES` with ARILINT: of the set-ups of ../reports.py, whose names and bytes are
made to break formats, of one that is fixed, and of one without a fault. MODULES is a folder of npm packages."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import reports
from harness import check, finish

HERE = pathlib.Path(__file__).resolve().parent
GOOD = {"ari.conf": "[general]\nenabled = yes\n[x]\ntype = user\npassword = long-enough-1\n",
        "http.conf": "[general]\nenabled = yes\nbindaddr = 127.0.0.1\n",
        ".env": "ARI_URL=http://127.0.0.1:8088/ari\nARI_USER=x\nARI_PASSWORD=long-enough-1\n"}
SETUPS = ("hostile", "broken", "fixed", "good", "unread")


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, check=False, **more)


def lay(folder, name):
    """Makes a set-up and gives the words that it is linted with."""
    if name == "hostile":
        reports.lay(folder)
        return []
    for file, text in GOOD.items():
        (folder / file).write_text(text)
    if name != "good":
        (folder / ".env").write_text(GOOD[".env"].replace("8088", "8089").replace("enough-1", "enough-2"))
        (folder / "ari.conf").write_text(GOOD["ari.conf"] + "read_onli = no\n")
    return ["--fix", "--backup=none"] if name == "fixed" else ["nowhere.conf"] if name == "unread" else []


def write_reports(folder, to):
    """NAME.FORMAT of each set-up and format; how many findings each has."""
    counts = {}
    for name in SETUPS:
        for form in reports.formats():
            place = folder / f"{name}-{form}"
            place.mkdir()
            words = lay(place, name)
            (to / f"{name}.{form}").write_bytes(reports.run("--format", form, ".", *words, cwd=place)[1])
        counts[name] = len(json.loads((to / f"{name}.json").read_text())["diagnostics"])
    check(counts["hostile"] > 40 and counts["broken"] > 2 and not counts["good"] and counts["unread"], f"findings: {counts}")
    return counts


def check_in_node(modules, to, counts):
    """consumers.mjs prints a line for each report: what it is, and nothing or what is wrong with it."""
    shutil.copy(HERE / "consumers.mjs", to)
    os.symlink(modules, to / "node_modules")
    done = run("node", to / "consumers.mjs", json.dumps(counts), cwd=to)
    lines = done.stdout.decode().splitlines()
    check(done.returncode == 0 and len(lines) == 5 * len(SETUPS), f"node: {len(lines)} {done.stderr.decode()[-2000:]}")
    for line in lines:
        told = json.loads(line)
        check(not told["fault"], f"{told['report']}: {told['fault']}")


def refused_by_sarif(modules, to, name):
    """By the validator of those who wrote the standard; it runs on no other machine."""
    program = modules / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    program.chmod(0o755)
    done = run(program, "validate", to / f"{name}.sarif", env=dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1"))
    printed = done.stdout.decode() + done.stderr.decode()
    # Its only remark, that the tool has no address, says that it has read all: what it can't read it passes over.
    return "" if "warning SARIF2005" in printed and ": error " not in printed else printed[-1500:] or "?"


def refused_by_gitlab(modules, to, name):
    """By the types of Code Climate."""
    source = to / f"{name}.ts"
    source.write_text("import type {Issue} from 'codeclimate-types'\nexport const issues: Issue[] = "
                      + (to / f"{name}.gitlab").read_text())
    done = run("node", modules / "typescript" / "bin" / "tsc", "--noEmit", "--strict", "--skipLibCheck", source, cwd=to)
    return done.returncode and done.stdout.decode()[:1500]


def refused_by_rdjson(modules, to, name):
    done = run("node", modules / "@umbrelladocs" / "rdformat-validator" / "bin" / "rdformat-validator.js", "--strict",
               "--no-extra-fields", to / f"{name}.rdjson")
    return done.returncode and done.stdout.decode()[:1500]


def refused_by_xml(to, name, form):
    done = run("xmllint", "--noout", to / f"{name}.{form}")
    return (done.returncode or done.stderr) and done.stderr.decode()[:500]


def check_action(modules, to):
    """The GitHub action, held against the schema of such files; a copy with a misspelt member is not taken."""
    action, control = HERE.parent.parent / "src" / "integrations" / "github" / "action.yml", to / "action.yml"
    control.write_text(action.read_text().replace("using:", "usign:"))
    for path, taken in ((action, True), (control, False)):
        done = run("node", modules / "@action-validator" / "cli" / "cli.mjs", path)
        check((done.returncode == 0) == taken, f"{path}: {done.stdout.decode()}{done.stderr.decode()}")


def check_control(modules, to):
    """What is wrong with a report is seen."""
    for form, right, wrong in (("sarif", '"level": "error"', '"level": "grave"'), ("gitlab", '"major"', '"grave"'),
                               ("rdjson", '"ERROR"', '"GRAVE"'), ("junit", "</failure>", ""), ("checkstyle", "&#10;", "<br>")):
        text = (to / f"broken.{form}").read_text()
        (to / f"control.{form}").write_text(text.replace(right, wrong, 1))
        check(right in text, f"control: no {right} in {form}")
    if os.uname().machine == "x86_64":
        check(refused_by_sarif(modules, to, "control"), "control.sarif is taken")
    check(refused_by_gitlab(modules, to, "control"), "control.gitlab is taken")
    check(refused_by_rdjson(modules, to, "control"), "control.rdjson is taken")
    check(refused_by_xml(to, "control", "junit") and refused_by_xml(to, "control", "checkstyle"), "control.xml is taken")


def main():
    modules = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="arilint-reports.") as name:
        folder, to = pathlib.Path(name) / "setups", pathlib.Path(name) / "reports"
        folder.mkdir()
        to.mkdir()
        counts = write_reports(folder, to)
        check_in_node(modules, to, counts)
        check_control(modules, to)
        check_action(modules, to)
        for name in SETUPS:
            faults = {"gitlab": refused_by_gitlab(modules, to, name), "rdjson": refused_by_rdjson(modules, to, name),
                      **{form: refused_by_xml(to, name, form) for form in ("junit", "checkstyle")}}
            if os.uname().machine == "x86_64":
                faults["sarif"] = refused_by_sarif(modules, to, name)
            for form, fault in faults.items():
                check(not fault, f"{name}.{form}: {fault}")
    finish()


if __name__ == "__main__":
    main()
