#!/usr/bin/env python3
"""Holds the reader of compose files against docker compose itself: check.py ARILINT DOCKER_COMPOSE [FOLDER].

SEED and FILES in the environment choose the run. Each case is a folder with a compose file, a .env, env_files, and files that
it extends and includes, all of them random; what `config` says of each service's environment must be what the reader sees.
With FOLDER, the cases that compose takes are written there, as tests/readers.sh reads them."""
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

SHOWN = 5  # differences shown
SECONDS = 30
NAMES = ["A", "B", "C", "HOST", "PORT", "ARI_USER", "ARI_PASSWORD", "x1", "Z_9"]
WORDS = ["pbx", "8088", "s3cr3t", "a b", "x#y", "it's", 'q"q', "tab\tin", "ü", "", "true", "http://pbx:8088/ari", "a:b", "k=v", "-", "$$x", "100%"]
SERVICES = ["app", "bot", "pbx", "web"]


def quoted(value):
    return "'" + value.replace("'", "''") + "'"


class Project:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.files = {}

    def some(self, things, least=0, most=4):
        return [self.random.choice(things) for _ in range(self.random.randint(least, most))]

    def text(self, depth=0):
        """A value with variables in it."""
        out = ""
        for _ in range(self.random.randint(1, 3)):
            name = self.random.choice(NAMES + ["UNSET", "Q_Q"])
            kind = self.random.randint(0, 9 if depth < 2 else 3)
            if kind < 4:
                out += self.random.choice(WORDS)
            elif kind < 6:
                out += "${%s}" % name
            elif kind == 6:
                out += "$" + name + self.random.choice(["", "/", " ", ".x"])
            else:
                sign = self.random.choice([":-", "-", ":+", "+"])
                out += "${%s%s%s}" % (name, sign, self.text(depth + 1).replace("\t", ""))
        return out

    def scalar(self, value):
        style = self.random.randint(0, 2)
        if style == 0 and value and value.replace("_", "a").replace("/", "a").isalnum() and value[0].isalpha() and value != "true":
            return value
        if style == 1:
            return json.dumps(value, ensure_ascii=False)
        return quoted(value)

    def environment(self, indent, inherits=True):
        """`inherits`: keys without a value are among them."""
        names = self.some(NAMES, 1, 5)
        pad = " " * indent
        if self.random.random() < 0.5:
            rows = []
            for name in dict.fromkeys(names):
                empty = inherits and self.random.random() < 0.1
                rows.append(pad + name + ":" + ("" if empty else " " + self.scalar(self.text())))
            return rows
        rows = []
        for name in dict.fromkeys(names):
            text = name if inherits and self.random.random() < 0.1 else name + "=" + self.text()
            rows.append(pad + "- " + self.scalar(text))
        return rows

    def env_files(self, folder, indent):
        pad = " " * indent
        names = [f"{n}.env" for n in self.some(["one", "two", "three"], 1, 2)]
        for name in names:
            self.files.setdefault(folder + name, self.env_file())
        style = self.random.randint(0, 2)
        if style == 0:
            return [pad[2:] + "env_file: " + self.random.choice(["", "./"]) + names[0]]
        rows = [pad[2:] + "env_file:"]
        for name in names:
            if style == 1:
                rows.append(pad + "- " + name)
            else:
                rows.append(pad + "- path: " + name)
                if self.random.random() < 0.3:
                    rows += [pad + "  required: false", ]
        if style == 2 and self.random.random() < 0.4:
            rows += [pad + "- path: missing.env", pad + "  required: false"]
        return rows

    def env_file(self):
        rows = []
        for name in self.some(NAMES, 0, 5):
            value = self.random.choice(WORDS + ["${A}", "${UNSET:-dflt}", "$B-x", "'$C'", '"a b"', '"a\\nb"', "x # y"])
            if value in ("it's", 'q"q', "a b", "$$x"):
                value = "pbx"
            rows.append(f"{name}={value}")
        return "".join(row + "\n" for row in rows)

    def service(self, name, folder, bases):
        rows = [f"  {name}:", "    image: pbx"]
        if bases and self.random.random() < 0.4:
            rows.append("    extends: " + self.random.choice(bases))
        if self.random.random() < 0.8:
            rows += ["    environment:"] + self.environment(6, not folder)
        if self.random.random() < 0.5:
            rows += self.env_files(folder, 6)
        return rows

    def services(self, folder, names, bases):
        rows = ["services:"]
        bases = list(bases)
        for name in names:
            rows += self.service(name, folder, bases)
            bases.append(name)
        return "".join(row + "\n" for row in rows)

    def make(self):
        names = self.random.sample(SERVICES, self.random.randint(1, 3))
        bases, head = [], ""
        if self.random.random() < 0.7:
            self.files[".env"] = self.env_file()
        if self.random.random() < 0.4:
            self.files["sub/common.yaml"] = self.services("sub/", ["base"], [])
            bases = ["{service: base, file: sub/common.yaml}"]
        if self.random.random() < 0.3:
            self.files["inc/part.yaml"] = self.services("inc/", ["inner"], [])
            if self.random.random() < 0.5:
                self.files["inc/.env"] = self.env_file()
            head = "include: [inc/part.yaml]\n"
        self.files["main.conf"] = head + self.services("", names, bases)
        return self.files


def write(folder, files):
    for name, content in files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def environments_of_compose(compose, folder):
    """Service -> its variables; None where compose takes the file for faulty."""
    done = subprocess.run([compose, "-f", "main.conf", "config", "--no-normalize", "--format", "json"], cwd=folder, timeout=SECONDS,
                          env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"}, capture_output=True, check=False)
    if done.returncode:
        return None
    services = json.loads(done.stdout)["services"]
    return {name: {key: (value or "").replace("$$", "$") for key, value in (service.get("environment") or {}).items()}
            for name, service in services.items()}


def sections_of(arilint, folder):
    done = subprocess.run([arilint, "dump", "--show-secrets=always", "--reader", "compose-file", "main.conf"], cwd=folder,
                          env={"PATH": os.environ["PATH"]}, capture_output=True, check=False)
    return json.loads(done.stdout)


def environments_of_reader(arilint, folder):
    seen = sections_of(arilint, folder)
    if not seen["ok"]:
        return None
    return {section["name"]: dict(section["vars"]) for section in seen["sections"]}


def main():
    if len(sys.argv) < 3 or not os.path.exists(sys.argv[2]):
        sys.exit("not to be had: docker-compose; `make check-dotenv` fetches it, DOCKER_COMPOSE=PATH names another")
    arilint, compose = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    record = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    seed, count = int(os.environ.get("SEED", "1")), int(os.environ.get("FILES", "200"))
    result = collections.Counter()
    for number in range(count):
        with tempfile.TemporaryDirectory() as folder:
            files = Project(f"{seed}/{number}").make()
            write(folder, files)
            expected = environments_of_compose(compose, folder)
            if expected is None:
                result["refused by compose"] += 1
                continue
            seen = environments_of_reader(arilint, folder)
            result["same" if seen == expected else "different"] += 1
            if seen != expected and result["different"] <= SHOWN:
                print(f"SEED={seed}, case {number}: compose has {expected}\n  the reader has {seen}")
                print("".join(f"--- {name}\n{content}" for name, content in files.items()))
            if record and seen == expected:
                write(record / f"random-{seed}-{number}", files)
                (record / f"random-{seed}-{number}" / "expected.json").write_text(json.dumps(sections_of(arilint, folder)))
    print(f"SEED={seed}: " + ", ".join(f"{number} {what}" for what, number in sorted(result.items())))
    print(f"{result['same']} passed, {result['different']} failed")
    sys.exit(1 if result["different"] or not result["same"] else 0)


if __name__ == "__main__":
    main()
