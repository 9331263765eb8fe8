#!/usr/bin/env python3
"""Holds the reader of compose files against docker compose itself: check.py ARILINT DOCKER_COMPOSE [FOLDER].

SEED and FILES in the environment choose the run. Each case is a folder with a compose file, a .env, env_files, and files that
it extends and includes, all of them random; what `config` says of each service's environment and ports must be what the reader
sees.
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
PORTS = ["8088", "18088:8088", "127.0.0.1:8088:8088", "127.0.0.1::8090", "[::1]:8091:8092", "9000-9002:9000-9002/udp", "7000-7002:80", "22:22",
         "5060:5060/udp", "8093:8093/TCP", ":8094", "0.0.0.0:8095:8095", "08096:08096", "6000-6002", "${HOST_PORT}:8097", "${BIND:-127.0.0.1}:1:2"]
LONG_PORTS = ["{target: 8088}", "{target: 8088, published: 18088}", "{target: '8089', published: '18089', host_ip: 127.0.0.1, protocol: udp}",
              "{target: 8090, published: '8000-8010', mode: host}", "{target: 5060, protocol: udp, published: ''}"]


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

    def ports(self, indent, last):
        """`last`: no service extends it; of a tag in one that others do compose makes this or that."""
        pad = " " * indent
        tag = self.random.choice(["", "", "", " !override", " !reset"]) if last else ""
        rows = [self.random.choice([quoted(port), port if port.isdigit() else quoted(port)]) for port in self.some(PORTS, 1, 4)]
        rows += self.some(LONG_PORTS, 0, 2)
        return [pad[2:] + "ports:" + tag] + [pad + "- " + row for row in dict.fromkeys(rows)]

    def service(self, name, folder, bases, last):
        rows = [f"  {name}:", "    image: pbx"]
        if bases and self.random.random() < 0.4:
            rows.append("    extends: " + self.random.choice(bases))
        if self.random.random() < 0.8:
            rows += ["    environment:"] + self.environment(6, not folder)
        if self.random.random() < 0.5:
            rows += self.env_files(folder, 6)
        if self.random.random() < 0.5:
            rows += self.ports(6, last)
        return rows

    def services(self, folder, names, bases):
        rows = ["services:"]
        bases = list(bases)
        for name in names:
            rows += self.service(name, folder, bases, name == names[-1] and folder != "sub/")
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


def port_of_compose(port):
    """As the reader writes it; of several ports of the machine that could be meant it names none."""
    published = port.get("published", "").lstrip("0")
    return f"{port.get('host_ip', '')}:{published if published.isdigit() else ''}:{port['target']}/{port['protocol'].lower()}"


def each_port(text):
    """A range, port by port."""
    front, ports, protocol = text.rpartition(":")[0], *text.rpartition(":")[2].split("/")
    address, machine = front.rpartition(":")[0], front.rpartition(":")[2]
    first, last = (int(port) for port in (ports.split("-") * 2)[:2])
    for number in range(first, last + 1):
        yield f"{address}:{int(machine) + number - first if machine else ''}:{number}/{protocol}"


def services_of_compose(compose, folder):
    """Service -> its variables and its ports; None where compose takes the file for faulty."""
    done = subprocess.run([compose, "-f", "main.conf", "config", "--no-normalize", "--format", "json"], cwd=folder, timeout=SECONDS,
                          env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"}, capture_output=True, check=False)
    if done.returncode:
        return None
    services = json.loads(done.stdout)["services"]
    return {name: ({key: (value or "").replace("$$", "$") for key, value in (service.get("environment") or {}).items()},
                   {port_of_compose(port) for port in service.get("ports") or []})
            for name, service in services.items()}


def sections_of(arilint, folder):
    done = subprocess.run([arilint, "dump", "--show-secrets=always", "--reader", "compose-file", "main.conf"], cwd=folder,
                          env={"PATH": os.environ["PATH"]}, capture_output=True, check=False)
    return json.loads(done.stdout)


def services_of_reader(arilint, folder):
    seen = sections_of(arilint, folder)
    if not seen["ok"]:
        return None
    return {section["name"]: (dict(section["vars"]), {port for text in section.get("ports", []) for port in each_port(text)})
            for section in seen["sections"]}


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
            expected = services_of_compose(compose, folder)
            if expected is None:
                result["refused by compose"] += 1
                continue
            seen = services_of_reader(arilint, folder)
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
