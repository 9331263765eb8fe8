#!/usr/bin/env python3
"""What runs arilint in CI: the steps of the GitHub action and the job of the GitLab template, taken out of their files and run
with the environment that GitHub and GitLab give them. ARILINT is the program under test."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml

from harness import check, finish

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ROOT / "src" / "integrations"
ARILINT = pathlib.Path(os.environ["ARILINT"]).resolve()
ACTION = yaml.safe_load((PARTS / "github" / "action.yml").read_text())
JOB = yaml.safe_load((PARTS / "gitlab" / "arilint.yml").read_text())["arilint"]
GOOD, BROKEN = (ROOT / "fixtures" / "call-center" / name for name in ("fixed", "broken"))
SECRETS = re.findall(r"(?m)^(?:password *=|ASTERISK_ARI_PASSWORD=) *(\S+)",
                     "".join(path.read_text() for path in BROKEN.rglob("*") if path.name in ("ari.conf", ".env")))
USUAL = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "CI": "true",
         **{name: os.environ[name] for name in os.environ if name.endswith("SAN_OPTIONS")}}


def lay(folder, like):
    """A checkout, below a folder whose name has blanks in it."""
    checkout = folder / "the work" / "checkout"
    shutil.copytree(like, checkout)
    (checkout / ".git").mkdir()
    return checkout


def run(script, checkout, environment):
    return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=checkout, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False, env={**USUAL, **environment})


def github(folder, like, program=ARILINT, parts=PARTS, **inputs):
    """Runs the first step; its end, what it has put out, and the checkout."""
    checkout = lay(folder, like)
    values = {name: str(given["default"]) for name, given in ACTION["inputs"].items()} | {"program": str(program)} | inputs
    step = ACTION["runs"]["steps"][0]
    environment = {name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: values[found[1]], value)
                   for name, value in step["env"].items()}
    for name in ("OUTPUT", "STEP_SUMMARY"):
        (folder / name).touch()
        environment["GITHUB_" + name] = str(folder / name)
    (folder / "temp").mkdir()
    done = run(step["run"], checkout, {**environment, "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(checkout),
                                       "RUNNER_TEMP": str(folder / "temp"), "GITHUB_ACTION_PATH": str(parts / "github")})
    return done, dict(line.split("=", 1) for line in (folder / "OUTPUT").read_text().splitlines()), checkout


def gitlab(folder, like, program=ARILINT, **variables):
    """Runs the job, which clones arilint as it is here in the place of what is published."""
    checkout, origin = lay(folder, like), folder / "origin"
    shutil.copytree(PARTS, origin / "src" / "integrations")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(origin)]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "start"], ["tag", JOB["variables"]["ARILINT_VERSION"]]):
        subprocess.run([*git, *words], check=True, stdin=subprocess.DEVNULL)
    published = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.file://{origin}.insteadOf",
                 "GIT_CONFIG_VALUE_0": JOB["variables"]["ARILINT_REPOSITORY"]}
    environment = {**JOB["variables"], "ARILINT_PROGRAM": str(program), "CI_PROJECT_DIR": str(checkout), "GITLAB_CI": "true",
                   **published, **variables}
    return run("\n".join(JOB["before_script"] + JOB["script"]), checkout, environment), checkout


def hides(text, name):
    check(text and SECRETS and not any(secret in text for secret in SECRETS), f"{name}: a secret is shown, or nothing is")


# What is linted, with which inputs, and how it ends.
CASES = [(GOOD, {}, 0), (BROKEN, {}, 1), (BROKEN, {"options": "--fail-on=never"}, 0), (BROKEN, {"paths": "etc\n\n  backend\n"}, 1),
         (BROKEN, {"paths": "etc/asterisk/http.conf", "options": "--select\nsecrets"}, 0), (GOOD, {"options": "--nonsense"}, 2),
         (GOOD, {"paths": "$(touch taken)\n`touch taken`\n; touch taken\n' ; touch taken\n--fix"}, 3),
         (GOOD, {"paths": "etc", "options": "$(touch taken)"}, 3), (GOOD, {"paths": "empty"}, 3)]


def check_github(folder):
    for number, (like, inputs, status) in enumerate(CASES):
        (folder / str(number)).mkdir()
        done, outputs, checkout = github(folder / str(number), like, **inputs)
        name = f"GitHub, {like.name} {inputs}"
        check(done.returncode == status, f"{name}: {done.returncode}, not {status}: {done.stderr[:500]}")
        check(("sarif" in outputs) == (status != 2), f"{name}: {outputs}")
        check(not (checkout / "taken").exists(), f"{name}: an input was run")
        if like != BROKEN: continue
        report = json.loads(pathlib.Path(outputs["sarif"]).read_text())
        found = [line for line in done.stdout.splitlines() if line.startswith(("::error ", "::warning ", "::notice "))]
        check(len(report["runs"][0]["results"]) == len(found), f"{name}: {len(found)} annotations")
        check(bool(found) == (inputs.get("paths") != "etc/asterisk/http.conf"), f"{name}: {len(found)} annotations")
        if not found: continue
        summary = (folder / str(number) / "STEP_SUMMARY").read_text()
        check("ari/password-drift" in summary and "file=backend/.env" in done.stdout, f"{name}: no page, or no path of the checkout")
        for text in (done.stdout, done.stderr + " ", summary, pathlib.Path(outputs["sarif"]).read_text()):
            hides(text, name)


def check_action():
    """What GitHub alone can run: the text of its file."""
    first, upload = ACTION["runs"]["steps"]
    check("${{" not in first["run"], "action.yml: an input is pasted into a script")
    used = {found for text in first["env"].values() for found in re.findall(r"inputs\.(\w+)", text)}
    check(used | {"upload"} == set(ACTION["inputs"]) and "inputs.upload == 'true'" in upload["if"], f"action.yml: inputs {used}")
    check("!cancelled()" in upload["if"] and "sarif != ''" in upload["if"], "action.yml: when it uploads")
    check(upload["uses"].startswith("github/codeql-action/upload-sarif@"), "action.yml: what uploads")


def check_gitlab(folder):
    for number, (like, inputs, status) in enumerate(CASES):
        (folder / str(number)).mkdir()
        done, checkout = gitlab(folder / str(number), like,
                                **{"ARILINT_" + name.upper(): value for name, value in inputs.items()})
        name = f"GitLab, {like.name} {inputs}"
        check(done.returncode == status, f"{name}: {done.returncode}, not {status}: {done.stderr[:500]}")
        check(not (checkout / "taken").exists(), f"{name}: a variable was run")
        reports = [checkout / path for path in JOB["artifacts"]["reports"].values()]
        check(all(path.exists() for path in reports) == (status != 2), f"{name}: reports")
        if like == BROKEN and "select" not in str(inputs):
            check("ari/password-drift" in {issue["check_name"] for issue in json.loads(reports[0].read_text())}, f"{name}: issues")
            for text in (done.stdout, *(path.read_text() for path in reports)):
                hides(text, name)


def check_built(folder):
    """Without a program the checkout of arilint is asked for what it lacks, and its own program is taken."""
    home = folder / "arilint"
    shutil.copytree(PARTS, home / "src" / "integrations")
    (home / "tests").mkdir()
    packages = home / "tests" / "packages.sh"
    packages.write_text(f"#!/bin/sh\necho \"$@\" >> '{folder}/asked'\n")
    packages.chmod(0o755)
    (home / "build" / "plain").mkdir(parents=True)
    (home / "build" / "plain" / "arilint").symlink_to(ARILINT)
    done, outputs, _ = github(folder / "built", BROKEN, program="", parts=home / "src" / "integrations")
    check(done.returncode == 1 and "sarif" in outputs, f"a program of its own: {done.returncode} {done.stderr[:500]}")
    check((folder / "asked").read_text() == "install build\n", "it asks for no packages")


def check_readme(folder):
    """The page says what is there, and what it says is run as it stands, but for what GitHub and GitLab alone can fetch."""
    version = subprocess.run([ARILINT, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    section = (ROOT / "README.md").read_text().split("\n## In CI\n")[1].split("\n## ")[0]
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", section, re.S)]
    step, job = blocks[0]["jobs"]["arilint"]["steps"][-1], blocks[1]["arilint"]
    inputs = {name: str(value) for name, value in step.get("with", {}).items()}
    check(step["uses"] == f"arilint/arilint/src/integrations/github@v{version}", f"README.md: {step}")
    check(set(inputs) <= set(ACTION["inputs"]), "README.md: inputs that the action has not")
    check(blocks[1]["include"][0]["remote"].endswith(f"/v{version}/src/integrations/gitlab/arilint.yml"), "README.md: the template")
    check(set(job["variables"]) <= set(JOB["variables"]), "README.md: variables that the job has not")
    check(JOB["variables"]["ARILINT_VERSION"] == f"v{version}", "the template is of another version")
    check(all(len(block.splitlines()) <= 10 for block in re.findall(r"```\w*\n(.*?)```", section, re.S)), "README.md: over ten lines")
    for like, status in ((GOOD, 0), (BROKEN, 1)):
        for name in ("github", "gitlab", "reviewdog"):
            (folder / f"{name}-{like.name}").mkdir()
        check(github(folder / f"github-{like.name}", like, **inputs)[0].returncode == status, f"README.md, GitHub: {like.name}")
        check(gitlab(folder / f"gitlab-{like.name}", like, **job["variables"])[0].returncode == status, f"README.md, GitLab: {like.name}")
        check_reviewdog(folder / f"reviewdog-{like.name}", like, re.search(r"```sh\n(arilint .*reviewdog.*?)```", section, re.S)[1], status)


def check_reviewdog(folder, like, line, status):
    """A stand-in keeps what it is given: reviewdog itself is no package of Debian or npm."""
    program = folder / "reviewdog"
    program.write_text(f"#!/bin/sh\necho \"$@\" > '{folder}/words'\ncat > '{folder}/input'\n")
    program.chmod(0o755)
    done = run(line, lay(folder, like), {"PATH": f"{folder}:{ARILINT.parent}:{USUAL['PATH']}"})
    found = json.loads((folder / "input").read_text())["diagnostics"]
    check(done.returncode == status and bool(found) == bool(status), f"README.md, reviewdog: {done.returncode}, {len(found)} found")
    check("-f=rdjson" in (folder / "words").read_text().split(), "README.md, reviewdog: it is told of another format")


def main():
    with tempfile.TemporaryDirectory(prefix="arilint-ci.") as name:
        folder = pathlib.Path(name)
        for part in ("github", "gitlab", "built", "readme"):
            (folder / part).mkdir()
        (folder / "built" / "built").mkdir()
        check_github(folder / "github")
        check_gitlab(folder / "gitlab")
        check_built(folder / "built")
        check_readme(folder / "readme")
    check_action()
    finish()


if __name__ == "__main__":
    main()
