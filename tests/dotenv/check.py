"""Holds the .env readers against the programs they stand for: check.py ARILINT WRITE_VALUES FOLDER.

FOLDER holds consumers.tsv (see consumers.sh). SEED, FILES and VALUES in the environment choose the run, and ONLY the
consumers whose line holds that text. Every reading of a file by a consumer is a case; so is every written value that a
consumer reads.
"""
import base64
import concurrent.futures
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

from generate import Generator, random_values

SECONDS = 20        # that a reader may take for one file
FEW = 300           # files for a consumer that needs a process for each
SHOWN = 4           # differences shown for each consumer
VALUES_A_FILE = 50
OTHERS = ("asterisk", "configparser", "lines")  # readers of other files
PRESET = {"OUTER": "outerval"}
HOME = {"HOME": "/nonexistent"}
WORKERS = os.cpu_count() or 1

# Files are kept from shells where what they see is no matter of the file: their process number, arguments and flags;
# what commands print, but for one that there is not; which files there are to read or write. And where they are
# scripts, which the readers do not claim to follow: compound commands, a command that an expansion makes, arrays,
# substrings, substitutions that the shell refuses, a name that goes on in the next line, a file that ends in a
# backslash, and lines that end in a lone carriage return. dotenv for Ruby runs commands, too.
FOR_NO_SHELL = re.compile(rb"""\$\{?[$0-9!?#@*_-] | [ \t]\$(?m:$) | \$\( | ` | < | >[ \t]*[^ \t\r\n]*[/'"$~] |
                               (?m:^[ \t]*[{$]) | (?m:(^|[ \t])(![ \t]|[^\s='"]+\[)) | (?m:[|&][ \t]*($|\#)) |
                               \$\{\w+(:[^-=?+]|[^\w:}=?+-]) | \$\w*\\\n | [ \t]-(\s|\Z) | \r(?!\n) | \$\[ |
                               (""|'')\\\n | \w\\\n\w*= | \\\Z | ~\\\n | =[ \t]*\( |
                               export[^\n]*([|&<>] | [ \t][$-]) | ~[+-]""", re.VERBOSE)
# zsh also looks words up among commands, users, files and jobs, and gives a name that is exported twice without a value
# an empty one.
FOR_NO_ZSH = re.compile(rb"""\( | & | \| | ~[^/:\s] | [ \t>][^ \t\n=]*[*?] | ['"]\\\n | (?m:^|[ \t=])=[\\$`'"] |
                             \$[=+}] | =~ | \}= | \$\{?\w+\}?~ | \0 | export([ \t]+\S+)*?[ \t]+[^\s='"]*[^\w\s='"] |
                             [ \t]['"]?-['"]?\s | [ \t]\?\s | [ \t]!\s | (?m:^|[ \t;])[^\n='"]*[{}] |
                             export[ \t][^\n=]*\n(?s:.*)export[ \t] | (?m:^)[^=\n]*[ \t][^\n]*\$\{\w+:?\? |
                             export[^\n]*([ \t]['"]?\#|[ \t][^\n]*[*?\[]|'\$')""", re.VERBOSE)
FOR_NO_RUBY = re.compile(rb"\$\(")
NO_COMMAND = re.compile(rb"\$\(nope\)|`nope`")


SHELLS = ("bash", "dash", "zsh")
# What a shell's reader says where it sees a command, and so a script, which it does not claim to follow.
COMMANDS = """arilint: 1
pack: shell
roles: {env: {readers: %s, files: ['*.env']}}
rules:
  - id: command
    severity: info
    title: A command
    look_at:
      each: fault
      in: env
      where: {kind: {one_of: [not-an-assignment, shell-compound, shell-stops, command-not-run]}}
    message: a command
"""


class Consumer:
    def __init__(self, row):
        self.name, self.reader, files, *self.command = row.rstrip("\n").split("\t")
        self.few = files == "few"

    def takes(self, content):
        if self.reader == "zsh" and FOR_NO_ZSH.search(content):
            return False
        if self.reader in SHELLS:
            return not FOR_NO_SHELL.search(NO_COMMAND.sub(b"", content))
        return self.reader != "ruby-dotenv" or not FOR_NO_RUBY.search(content)

    def load(self, paths):
        """What the consumer sees in each file: {name: value}, as bytes, or None where it fails."""
        lines = []
        while len(lines) < len(paths):
            answers = self.answers(paths[len(lines):])
            if not lines and not answers:
                sys.exit(f"{self.name} does not answer: {' '.join(self.command)}")
            lines += answers
            if len(lines) < len(paths):
                print(f"  {self.name} dies of {paths[len(lines)]}, which counts as a failure to load", flush=True)
                lines.append("ERROR")
        return [read_line(line) for line in lines]

    def answers(self, paths):
        """The driver's lines, up to the file that it dies of; a line is written when its file is read."""
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
        with tempfile.NamedTemporaryFile() as out:
            try:
                subprocess.run(self.command, input="".join(path + "\n" for path in paths).encode(), env=environment,
                               stdout=out, stderr=subprocess.DEVNULL, timeout=300)
            except subprocess.TimeoutExpired:
                pass
            with open(out.name, encoding="latin-1") as answers:
                return [line.rstrip("\n") for line in answers if line.endswith("\n")]


def read_line(line):
    if not line.startswith("OK"):
        return None
    pairs = (word.split("=") for word in line.split()[1:])
    return tidy({bytes.fromhex(name): bytes.fromhex(value) for name, value in pairs})


def tidy(variables):
    """Without what the harness itself has set; a name that is not UTF-8 has no form in a dump."""
    tidied = {re.sub("\ufffd+", "\ufffd", name.decode("utf-8", "replace")): value for name, value in variables.items()}
    return {name: value for name, value in tidied.items() if PRESET.get(name, "").encode() != value or not value}


def value_bytes(value):
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else value.encode("utf-8", "surrogatepass")


class Arilint:
    def __init__(self, program):
        self.program = program

    def readers(self):
        listed = subprocess.run([self.program, "dump", "--readers"], stdout=subprocess.PIPE, check=True, text=True)
        names = [line.split("\t")[0] for line in listed.stdout.splitlines()]
        return [name for name in names if name not in OTHERS]

    def scripts(self, reader, folder):
        """The files in which a shell's reader sees a command."""
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as pack:
            pack.write(COMMANDS % reader)
            pack.flush()
            said = subprocess.run([self.program, "--isolated", "--no-builtin", "--rules", pack.name, "--format",
                                   "concise", folder], stdout=subprocess.PIPE, check=False)
        if said.returncode not in (0, 3): # 3: some are taken for binary files
            sys.exit(f"arilint fails on {folder}")
        return {line.split(b":", 1)[0].decode() for line in said.stdout.splitlines()}

    def dump(self, reader, paths):
        """What the reader sees in each file, as Consumer.load has it."""
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            size = len(paths) // WORKERS + 1
            parts = [paths[at:at + size] for at in range(0, len(paths), size)]
            return [seen for part in pool.map(lambda part: self.dump_part(reader, part), parts) for seen in part]

    def dump_part(self, reader, paths):
        with tempfile.NamedTemporaryFile() as out:
            flags = os.O_WRONLY | os.O_APPEND
            for path in paths:
                words = [self.program, "dump", "--show-secrets=always", "--reader", reader, path]
                process = os.posix_spawn(self.program, words, {**PRESET, **HOME},
                                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, out.name, flags, 0)])
                watch = threading.Timer(SECONDS, os.kill, (process, signal.SIGKILL))
                watch.start()
                status = os.waitpid(process, 0)[1]
                watch.cancel()
                if status:
                    sys.exit(f"arilint dump --reader {reader} {path}: failed, or took more than {SECONDS} s")
            return [self.read_dump(line) for line in out.read().decode().split("\n")[:-1]]

    @staticmethod
    def read_dump(line):
        dump = json.loads(line)
        if not dump["ok"]:
            return None
        return tidy({name.encode("utf-8", "surrogatepass"): value_bytes(value)
                     for name, value in dump["vars"].items() if value is not None})


class Tally:
    def __init__(self, seed):
        self.seed = seed
        self.passed = self.failed = 0

    def fail(self, text):
        self.failed += 1
        print("FAIL", text, flush=True)

    def files(self, consumer, paths, contents, expected, seen):
        """Compares the readings of a consumer with those of its reader."""
        different = 0
        for path, content, theirs, ours in zip(paths, contents, expected, seen):
            if theirs == ours:
                self.passed += 1
                continue
            self.failed += 1
            different += 1
            if different <= SHOWN:
                print(f"FAIL {consumer.name}, reader {consumer.reader}, seed {self.seed}, {path}\n"
                      f"  file     {bounded(content)}\n"
                      f"  consumer {apart(theirs, ours)}\n"
                      f"  reader   {apart(ours, theirs)}", flush=True)
        more = f", {different} differ" if different else ""
        print(f"  {consumer.reader:14} {consumer.name:40} {len(paths)} files{more}", flush=True)


def bounded(content):
    text = repr(content)
    return text if len(text) <= 600 else f"{text[:600]}... ({len(content)} bytes)"


def apart(one, other):
    """What one reading has that the other has not."""
    if one is None:
        return "fails"
    if other is None:
        return bounded(one)
    return bounded({name: value for name, value in one.items() if other.get(name) != value}) + \
        (f" and {len(one)} in all" if one else "")


def write_files(folder, contents):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    paths = []
    for number, content in enumerate(contents):
        paths.append(os.path.join(folder, f"{number:05}.env"))
        with open(paths[-1], "wb") as file:
            file.write(content)
    return paths


def compare_files(arilint, consumers, readers, tally, folder, count):
    generator = Generator(random.Random(tally.seed))
    contents = [generator.file() for _ in range(5 * count)]
    paths = write_files(folder, contents)
    scripts = {shell: arilint.scripts(shell, folder) for shell in SHELLS if shell in readers}

    def load(consumer):
        chosen = [at for at, content in enumerate(contents)
                  if paths[at] not in scripts.get(consumer.reader, ()) and consumer.takes(content)]
        chosen = chosen[:min(FEW, count) if consumer.few else count]
        return chosen, consumer.load([paths[at] for at in chosen])

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        held = [consumer for consumer in consumers if consumer.reader in readers]
        loaded = dict(zip(held, pool.map(load, held)))
    for reader in dict.fromkeys(consumer.reader for consumer in held):
        those = [consumer for consumer in held if consumer.reader == reader]
        asked = sorted({at for consumer in those for at in loaded[consumer][0]})
        seen = dict(zip(asked, arilint.dump(reader, [paths[at] for at in asked])))
        for consumer in those:
            chosen, expected = loaded[consumer]
            tally.files(consumer, [paths[at] for at in chosen], [contents[at] for at in chosen], expected,
                        [seen[at] for at in chosen])


def written_values(program, readers, values):
    """What stands behind `=` for each value, or None."""
    lines = "".join(value.encode().hex() + "\n" for value in values)
    done = subprocess.run([program, ",".join(readers)], input=lines.encode(), stdout=subprocess.PIPE, check=True,
                          timeout=SECONDS * 10)
    answers = done.stdout.decode().splitlines()
    return [None if answer == "none" else bytes.fromhex(answer) for answer in answers]


def compare_values(program, consumers, title, readers, values, tally, folder):
    """Writes the values for these readers, and has every consumer of theirs read them."""
    pairs = [(value, text) for value, text in zip(values, written_values(program, readers, values)) if text is not None]
    none = len(values) - len(pairs)
    print(f"values for {title}: {none} of {len(values)} have no form ({100 * none / max(1, len(values)):.1f} %)")
    groups = [pairs[at:at + VALUES_A_FILE] for at in range(0, len(pairs), VALUES_A_FILE)]
    contents = [b"".join(b"V%d=%s\n" % (at, text) for at, (_, text) in enumerate(group)) for group in groups]
    paths = write_files(folder, contents)
    chosen = [consumer for consumer in consumers if consumer.reader in readers]
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        readings = list(pool.map(lambda consumer: consumer.load(paths), chosen))
    for consumer, reading in zip(chosen, readings):
        for group, variables, path in zip(groups, reading, paths):
            for at, (value, text) in enumerate(group):
                read = None if variables is None else variables.get(f"V{at}")
                if read == value.encode():
                    tally.passed += 1
                else:
                    tally.fail(f"{consumer.name} reads {read!r} for {value!r} written {text!r} in {path}, "
                               f"seed {tally.seed}")


def main():
    program, writer, folder = sys.argv[1:]
    tally = Tally(int(os.environ.get("SEED") or random.randrange(1, 10**6)))
    files, values = (int(os.environ.get(name) or 2000) for name in ("FILES", "VALUES"))
    print(f"SEED={tally.seed} FILES={files} VALUES={values}", flush=True)
    with open(os.path.join(folder, "consumers.tsv"), encoding="utf-8") as rows:
        consumers = [Consumer(row) for row in rows if os.environ.get("ONLY", "") in row]
    arilint = Arilint(os.path.abspath(program))
    readers = arilint.readers()
    for reader in sorted({consumer.reader for consumer in consumers} - set(readers)):
        tally.fail(f"there is no reader {reader}")
    if not os.environ.get("ONLY"):
        for reader in sorted(set(readers) - {consumer.reader for consumer in consumers}):
            print(f"  {reader:14} held against nothing: no consumer is to be had")
    compare_files(arilint, consumers, readers, tally, os.path.join(folder, "files"), files)
    drawn = random_values(random.Random(tally.seed), values)
    sets = [("dotenv", ["dotenv"]), ("dotenv, node-22 and compose", ["dotenv", "node-22", "compose"]),
            ("all readers that take quotes off", [reader for reader in readers if reader != "docker"]),
            ("all readers", readers)]
    for number, (title, chosen) in enumerate(sets):
        compare_values(writer, consumers, title, chosen, drawn, tally, os.path.join(folder, f"values-{number}"))
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


sys.exit(main())
