#!/usr/bin/python3
"""What a fix writes into a .env file is read back exactly by every reader that could read what stood there, or it is not
written. Values, the way the old one is written and the declared readers are drawn; SEED and ROUNDS choose the run."""
import json
import os
import pathlib
import random
import subprocess
import tempfile

from harness import check, finish

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
ARILINT = os.path.realpath(os.environ.get("ARILINT", REPOSITORY / "build" / "arilint"))
BATCH = pathlib.Path(os.environ.get("BUILD", REPOSITORY / "build" / "plain")).resolve() / "driver" / "batch"
SEED = os.environ.get("SEED") or str(random.randrange(1_000_000))
ROUNDS = int(os.environ.get("ROUNDS", 40)) * 3
LEAST = 5  # of the rounds one in so many must be written, and one withheld
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
PACK = """arilint: 1
pack: app
roles:
  server: {readers: asterisk, files: [app.conf]}
  env: {readers: dotenv, files: [.env]}
settings:
  wanted: {role: server, section: app, keys: [key]}
  had: {role: env, keys: [KEY]}
rules:
  - id: drift
    severity: error
    title: The values differ
    look_at: {setting: had}
    expect: {value: {same_as: wanted}}
    message: they differ
    fix: {safety: safe, title: write it, do: {set: {place: value, to: '{wanted}'}}}
"""


def batch(cases):
    """Runs arilint for each list of words; what each wrote to standard output."""
    with tempfile.TemporaryDirectory() as folder:
        lines = "".join("\t".join(words) + "\n" for words in cases)
        environment = {"PATH": "/nonexistent", "HOME": "/nonexistent", "ASAN_OPTIONS": "detect_leaks=0"}
        subprocess.run([BATCH, folder], input=lines, text=True, stdout=subprocess.DEVNULL, env=environment, check=True)
        return [pathlib.Path(folder, f"{number}.out").read_bytes() for number in range(1, len(cases) + 1)]


def draw_value(draw):
    kind = draw.random()
    if kind < 0.3:
        letters = "abcXYZ019" + draw.choice(PUNCTUATION)
    elif kind < 0.7:
        letters = [chr(code) for code in range(33, 127)]
    else:
        letters = PUNCTUATION + " aN0"
    return "".join(draw.choice(letters) for _ in range(draw.randint(1, 20))).strip() or "x"


def draw_file(draw):
    quote = draw.choice(["", "", "'", '"', '"', "`"])
    old = draw.choice(["old", "old", "", "o#ld", "it's old", 'an "old" one', "o$ld", "o\\ld", "old#", '"old"'])
    before = draw.choice(["", "", "", "export ", " "])
    equals = draw.choice(["=", "=", "=", " = ", "= "])
    behind = draw.choice(["", "", "", " # remark", " # it's", ' # "so"', "\t# $x", "#1"])
    lines = ["# head", "FIRST=1", f"{before}KEY{equals}{quote}{old}{quote}{behind}", "LAST='an end'"]
    end = draw.choice(["\n", "\n", "\n", "\r\n"])
    return draw.choice(["", "", "", "", "\ufeff"]) + end.join(lines) + draw.choice([end, ""])


class Round:
    def __init__(self, draw, readers, folder):
        self.value, self.before = draw_value(draw), draw_file(draw)
        self.declared = draw.sample(readers, draw.choice([1, 1, 1, 2, 3]))
        self.folder = folder
        folder.mkdir()
        self.write("app.conf", "[app]\nkey = " + self.value.replace(";", "\\;") + "\n")
        self.write(".arilint.yaml", "arilint: 1\nreaders:\n  '.env': [" + ", ".join(self.declared) + "]\n")
        self.write("before", self.before)
        self.write(".env", self.before)

    def write(self, name, text):
        (self.folder / name).write_bytes(text.encode())

    def fault(self, seen, now):
        """What is wrong with what each reader sees before and now; None when nothing is."""
        first = seen[self.declared[0]].get("vars", {})
        if "KEY" not in first:
            return f"{self.declared[0]} did not see it"
        for reader in seen:
            had, has = seen[reader].get("vars"), now[reader].get("vars")
            if had is None or "KEY" not in had:
                continue
            suits = reader in self.declared or (reader != "docker" and had["KEY"] == first["KEY"])
            if suits and has is None:
                return f"{reader} refuses it"
            if suits and {**had, "KEY": self.value} != has:
                return f"{reader} sees {has}"
        return None


def main():
    draw = random.Random(SEED)
    readers = [line.split("\t")[0] for line in
               subprocess.run([ARILINT, "dump", "--readers"], capture_output=True, text=True, check=True).stdout.splitlines()]
    readers = [name for name in readers if name not in ("asterisk", "configparser", "lines", "compose-file")]
    with tempfile.TemporaryDirectory() as root:
        pack = pathlib.Path(root, "app.yaml")
        pack.write_text(PACK)
        rounds = [Round(draw, readers, pathlib.Path(root, str(number))) for number in range(ROUNDS)]
        batch([["--no-builtin", f"--rules={pack}", f"--config={one.folder}/.arilint.yaml", "--fix", "--backup=none",
                f"--state-dir={root}/state", str(one.folder)] for one in rounds])
        outputs = batch([["dump", "--show-secrets=always", "--reader", reader, f"{one.folder}/{name}"]
                         for one in rounds for name in ("before", ".env") for reader in readers])
        views = [json.loads(output) for output in outputs]
        written = withheld = 0
        for number, one in enumerate(rounds):
            start = number * 2 * len(readers)
            seen = dict(zip(readers, views[start:start + len(readers)]))
            now = dict(zip(readers, views[start + len(readers):start + 2 * len(readers)]))
            after = (one.folder / ".env").read_bytes()
            same = after == one.before.encode()
            withheld, written = withheld + same, written + (not same)
            fault = None if same else one.fault(seen, now)
            check(not fault, f"{one.value!r} for {one.declared}: {one.before!r} became {after!r}: {fault}")
    for name, count in (("written", written), ("withheld", withheld)):
        check(count * LEAST >= ROUNDS, f"only {count} of {ROUNDS} values were {name}")
    print(f"  seed {SEED}: {written} values written, {withheld} withheld")


if __name__ == "__main__":
    main()
    finish()
