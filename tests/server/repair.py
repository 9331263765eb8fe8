#!/usr/bin/env -S python3 -B
"""Does arilint say what real servers answer, and does --fix mend what they stumble over? repair.py ROOTS NODE_MODULES ARILINT,
run by root.

Random set-ups of ari.conf, http.conf and .env that work get one to three faults. A real Asterisk is started with each, and
a client with the real dotenv and ws tells what a backend meets. Prediction: the gravest effect among arilint's findings is
what the server answers, before and after each fix. Repair: arilint mends the files, first with safe fixes, then with unsafe
ones; the server reads them again, the client tells: nothing that worked is worse, and what does not work is told. SEED
(default: another one each time) and SETUPS (for each server) choose the run; NUMBER runs one again and shows its files.
Printed are the shares of what was broken and works after each of the two, with and without what only a person can mend. The
last line of the output is the result.
"""

import collections
import json
import os
import secrets
import signal
import subprocess
import sys

from asterisk import ETC, PLACE, Asterisk, Dead, alone
from faults import KINDS, put_in
from setups import ENV, Setup, lay_out, make_certificate

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(f"{HERE}/../asterisk")
from versions import check_versions

SOUND = {"info": "200", "events": "101"}
WORST_LAST = ["works", "safe", "unsafe", "report"]
GRAVE = ["refused", "404", "401", "403", "login-404"]  # the gravest first
# What a client says of a port that speaks another protocol.
ANSWERS = {"EPROTO": "refused", "socket hang up": "refused", "ECONNRESET": "refused"}
# What it says of an effect that comes only behind user and password.
SEEN = {"login-404": "404"}
# What a client's own ways decide: a URL that it does not take, and a slash of its own behind that of the URL.
CLIENTS_OWN = ["ERR_INVALID_URL", "ERR_INVALID_PROTOCOL", "405"]
MOST_REPORTED = 10
SETUPS = int(os.environ.get("SETUPS") or 150)
MOST_SECONDS = 600 + 12 * SETUPS


class Repair:
    """One server's part of the run."""

    def __init__(self, version, root, modules, arilint, seed):
        self.seed = seed
        self.arilint = arilint
        self.counts = collections.Counter()
        self.server = Asterisk(version, root)
        make_certificate()
        self.client = subprocess.Popen(["node", f"{HERE}/client.js", modules], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
        self.server.start()
        self.target = self.server.release()

    def ask(self):
        self.client.stdin.write(ENV + "\n")
        self.client.stdin.flush()
        return json.loads(self.client.stdout.readline())

    def run(self, *options):
        """A run of arilint: its exit status, its findings as (severity, place, effect), and what it writes to standard error.
        An info counts when it tells of what the server does, or of a difference to a file that is still to be filled in; so
        does a rule that could not be judged because of what the files hold."""
        command = [self.arilint, *options, "--format", "json", "--target", self.target, "--state-dir", f"{PLACE}/state",
                   f"{PLACE}/etc", f"{PLACE}/backend"]
        result = subprocess.run(command, capture_output=True, timeout=60, cwd=PLACE,
                                env={"PATH": "/usr/bin:/bin", "HOME": PLACE, "LC_ALL": "C.UTF-8"})
        findings = []
        if result.returncode in (0, 1, 3):
            answer = json.loads(result.stdout)
            findings = [(one["severity"], f'{one["rule"]} of {os.path.basename(one["path"])}:{one["line"]}', one["effect"])
                        for one in answer["diagnostics"]
                        if one["severity"] != "info" or one["effect"] in GRAVE or one["rule"].endswith("-drift")]
            findings += [("not evaluated", f'{one["rule"]}: {one["reason"]}', None) for one in answer["not_evaluated"]
                         if one["rule"].startswith("ari/") and not one["reason"].startswith("no ")]
        return result.returncode, findings, result.stderr.decode()

    def read_again(self, by_reload):
        """Lets the server take up the files: by a reload, as one would on a server, or by a start. What a reload says
        is no news, but where 16 says that only a start helps."""
        if by_reload:
            said = self.server.command("module reload res_ari")
            self.server.command("module reload http")
            if "not properly initialized" not in said:
                return
            self.counts["16 had to be started again, as it said"] += 1
        self.server.restart()

    def check(self, number, only=None):
        setup = Setup(self.seed, number, self.server.version)
        if only and only.needs and not only.needs(setup):
            return
        kinds = put_in(setup, only)
        outcomes = [kind.outcome_in(setup) for kind in kinds]
        expected = max(outcomes, key=WORST_LAST.index, default="works")
        case = Case(self, number, kinds, expected, setup.files())
        case.run(by_reload=number % 3 == 0)
        self.count_share(case, kinds)
        name = kinds[0].name if len(kinds) == 1 else f"{len(kinds)} faults" if kinds else "no fault"
        for kind in kinds:
            self.counts[kind.name, "in all"] += 1
        self.counts[name, "alone"] += len(kinds) == 1
        self.counts["outcome", expected] += 1
        self.counts["failed" if case.faults else "passed"] += 1
        for kind in kinds:
            self.counts[kind.name, "failed"] += bool(case.faults)
        if case.faults and self.counts["failed"] <= MOST_REPORTED or os.environ.get("NUMBER"):
            case.report()


    def count_share(self, case, kinds):
        if case.answers[0] == SOUND:
            return
        told = case.expected == "report"
        self.counts["share", "broken"] += 1
        self.counts["share", "told"] += told
        for step, answer in zip(("safe", "unsafe"), case.answers[1:]):
            self.counts["share", step] += answer == SOUND
            self.counts["share", step, "told"] += told and answer == SOUND
            for kind in kinds if answer != SOUND else []:
                self.counts["left", step, kind.name] += 1


class Case:
    def __init__(self, repair, number, kinds, expected, files):
        self.repair = repair
        self.number = number
        self.kinds = kinds
        self.expected = expected
        self.files = files
        self.faults = []
        self.told = []
        self.answers = []  # before, after safe fixes, after unsafe ones

    def blame(self, wrong, text):
        if wrong:
            self.faults.append(text)

    def now(self):
        return {path: open(path, "rb").read() for path in self.files}

    def mend(self, *options):
        status, findings, errors = self.repair.run("--fix", *options)
        self.told.append(f"arilint --fix {' '.join(options)}: status {status}, {findings} {errors.strip()}")
        self.blame(status not in (0, 1, 3), f"--fix ends with status {status}")
        return findings

    def judge(self, when, answer, findings):
        """No word of comfort over a server that refuses, none of alarm over one that serves; and the gravest effect is what the
        server answers, but where a file alone does not tell."""
        self.answers.append(answer)
        self.blame(answer != SOUND and not findings, f"{when} the server answers {answer}, and arilint finds nothing")
        errors = [finding for finding in findings if finding[0] == "error" and finding[2] in GRAVE]
        self.blame(answer == SOUND and errors, f"{when} the server serves, and arilint tells {errors}")
        effects = {finding[2] for finding in findings if finding[0] in ("error", "warning")}
        predicted = next((SEEN.get(effect, effect) for effect in GRAVE if effect in effects), "200")
        info = ANSWERS.get(answer["info"], answer["info"])
        if info not in CLIENTS_OWN and not any(kind.unpredicted for kind in self.kinds):
            self.blame(info != predicted, f"{when} the server answers {info}, and arilint tells {predicted}: {findings}")

    def no_worse(self, when, before, after):
        for what, good in SOUND.items():
            self.blame(before[what] == good != after[what], f"{when} {what} is {after[what]}, and was {good}")

    def run(self, by_reload):
        repair = self.repair
        lay_out(self.files)
        repair.server.restart()
        before = repair.ask()
        self.told.append(f"before: {before}")
        status, findings, _ = repair.run()
        self.told.append(f"arilint: status {status}, {findings}")
        self.judge("before", before, findings)
        self.blame(self.expected == "works" and before != SOUND, f"the server answers {before} to what should do no harm")
        self.blame(self.expected != "works" and before == SOUND, "the fault does no harm")
        after, findings = self.step("after --fix", before, by_reload)
        self.blame(self.expected in ("works", "safe") and after != SOUND, f"after --fix the server answers {after}")
        after, findings = self.step("after --unsafe-fixes", after, by_reload, "--unsafe-fixes")
        self.blame(self.expected == "unsafe" and after != SOUND, f"after --unsafe-fixes the server answers {after}")

    def step(self, when, before, by_reload, *options):
        old = self.now()
        findings = self.mend(*options)
        if self.now() != old:
            self.repair.read_again(by_reload)
        after = self.repair.ask()
        self.told.append(f"{when}: {after}{' (by reload)' if by_reload else ''}")
        self.no_worse(when, before, after)
        self.judge(when, after, findings)
        return after, findings

    def report(self):
        version = self.repair.server.version
        print(f"{'FAIL' if self.faults else 'ok'} Asterisk {version}, SEED={self.repair.seed} NUMBER={self.number}: "
              f"{', '.join(kind.name for kind in self.kinds)} (expected: {self.expected})")
        for line in self.faults:
            print(f"  {line}")
        for line in self.told:
            print(f"    {line}")
        mended = self.now()
        for path, text in self.files.items():
            for title, content in ((path, text), ("  mended", mended[path])):
                if title == path or content != text:
                    print(f"    {title}:\n" + "".join(f"      {line}\n" for line in shown(content)), end="")
        sys.stdout.flush()


def shown(content):
    """Every password is a random one of this run."""
    return [line.decode("utf-8", "backslashreplace").replace("\r", "\\r") for line in content.split(b"\n")]


def check_version(version, root, modules, arilint, seed):
    alone(root)
    signal.alarm(MOST_SECONDS)
    repair = None
    try:
        repair = Repair(version, root, modules, arilint, seed)
        if os.environ.get("NUMBER"):
            repair.check(int(os.environ["NUMBER"]))
        else:
            for number in range(SETUPS):
                repair.check(number)
    except Dead as error:
        print(f"FAIL {error}", flush=True)
        return collections.Counter(failed=1)
    finally:
        if repair:
            repair.server.stop()
    return repair.counts


def share_of(part, whole):
    return f"{part} of {whole} ({100 * part // max(1, whole)} %)"


def print_counts(version, counts):
    for kind in KINDS:
        print(f"Asterisk {version}, {kind.name} ({kind.outcome[version]}): {counts[kind.name, 'in all']} set-ups, "
              f"{counts[kind.name, 'alone']} with it alone, {counts[kind.name, 'failed']} failed")
    for step in ("safe", "unsafe"):
        left = sorted(((count, key[2]) for key, count in counts.items() if key[:2] == ("left", step)), reverse=True)
        mended, broken = counts["share", step], counts["share", "broken"]
        print(f"Asterisk {version}: {share_of(mended, broken)} that were broken work after {step} fixes, and "
              f"{share_of(mended - counts['share', step, 'told'], broken - counts['share', 'told'])} of those that no person must "
              f"decide; what is left has {', '.join(f'{name} {count}' for count, name in left[:40])}")
    outcomes = ", ".join(f"{counts['outcome', one]} {one}" for one in WORST_LAST)
    print(f"Asterisk {version}: {counts['passed'] + counts['failed']} set-ups, {outcomes}")


def main():
    roots, modules, arilint = map(os.path.abspath, sys.argv[1:])
    seed = os.environ.get("SEED") or str(secrets.randbelow(10**6))
    print(f"SEED={seed}, {len(KINDS)} kinds of faults", flush=True)
    return check_versions(check_version, print_counts, roots, modules, arilint, seed)


if __name__ == "__main__":
    sys.exit(main())
