#!/usr/bin/env python3
"""No planted secret comes out: property.py, with ARILINT and BUILD (for driver/batch), COUNT= outputs (5000) and SEED= (1).

A round has one secret. It is planted in places (KNOWN in every disguise of DISGUISES, SHAPES as it is), beside an ari.conf and a
.env that are right but for what the place spoils, and verbs, formats and readers are run over it: so many of all pairs of a place
and a command, drawn by SEED. All that is written, on either stream and as names in the state folder, is searched for either half of
the secret, as it is and decoded in every way. Each place, disguise, reader, verb and format must have been drawn at least once.
fixtures/secrets/ordinary.txt holds what must stay readable; processes.py looks at programs while they run."""
import base64
import collections
import functools
import html
import os
import pathlib
import quopri
import random
import re
import shutil
import string
import subprocess
import sys
import tempfile
import urllib.parse

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("BUILD", REPOSITORY / "build" / "plain")).resolve()
ARILINT = os.path.realpath(os.environ.get("ARILINT", BUILD / "arilint"))
BATCH = os.environ.get("BATCH", str(BUILD / "driver" / "batch"))
COUNT = int(os.environ.get("COUNT", "5000"))
SEED = os.environ.get("SEED", "1")
HALF = 7  # letters and digits on either side of what is odd in a secret

MIDDLES = ["", "/", "+", "&", "'", '"', "%", "=", " ", "\\", "@", ":", "ü", "#", "?", "<"]


def in_base64(text):
    return base64.b64encode(text.encode()).decode()


def each(form):
    return lambda text: "".join(form % byte for byte in text.encode())


def escaped(text):
    return "".join(rf"\u{ord(letter):04X}" for letter in text)


def broken(text, sign):
    return text[:5] + sign + text[5:]


DISGUISES = {
    "as it is": str,
    "percent": lambda text: urllib.parse.quote(text, safe=""),
    "percent, lower case": lambda text: urllib.parse.quote(text, safe="").lower() if not re.search("[A-Z]", text)
    else re.sub("%..", lambda hit: hit[0].lower(), urllib.parse.quote(text, safe="")),
    "percent everywhere": each("%%%02X"),
    "percent twice": lambda text: urllib.parse.quote(each("%%%02x")(text), safe=""),
    "form": urllib.parse.quote_plus,
    "base64": in_base64,
    "base64 of addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "Basic": lambda text: "Basic " + in_base64("backend:" + text),
    "base64, percent": lambda text: urllib.parse.quote(in_base64(text), safe=""),
    "JSON": lambda text: text.replace("\\", "\\\\").replace('"', '\\"').replace("/", "\\/"),
    "JSON, all": escaped,
    "JSON in JSON": lambda text: escaped(text).replace("\\", "\\\\"),
    "HTML": lambda text: html.escape(text, quote=True),
    "HTML, decimal": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "HTML, hexadecimal": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text),
    "quoted-printable": lambda text: quopri.encodestring(text.encode(), quotetabs=True).decode(),
    "quoted-printable, all": each("=%02X"),
    "hexadecimal": each("%02x"),
    "hexadecimal in pairs": lambda text: " ".join(f"{byte:02X}" for byte in text.encode()),
    "hexadecimal with colons": lambda text: ":".join(f"{byte:02x}" for byte in text.encode()),
    "shell": lambda text: text.replace("'", "'\\''"),
    "shell, backslashes": lambda text: re.sub(r"(\W)", r"\\\1", text),
    "bytes": each("\\x%02x"),
    "octal": each("\\%03o"),
    "YAML": lambda text: text.replace("'", "''"),
    "quotes doubled": lambda text: text.replace('"', '""'),
}
# Only where lines may go on: in words of others.
BROKEN = {
    "broken by a shell": lambda text: broken(text, "\\\n"),
    "folded": lambda text: broken(text, "\n    "),
    "soft line end": lambda text: broken(text, "=\n"),
    "base64 in lines": lambda text: broken(in_base64(text + text), "\n"),
}

ENV = "ARI_URL=http://127.0.0.1:1/ari\nARI_USERNAME=backend\n%sARI_PASSWORD=%s\nARI_APP=crm\n"
ARI = "[general]\nenabled = yes\n%s[backend]\ntype = user\npassword = %s\n%s"
HTTP = "[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = 1\n"

# File, and what stands in it before the statement that holds the secret; the reader knows the secret from there.
KNOWN = {
    "ari.conf": ["; {}", "; was {} before", ";password = {}", "; password: {}", "; http://backend:{}@10.0.0.1:8088/",
                 "; curl -u 'backend:{}' http://10.0.0.1/", "allowed_origins = http://u:{}@h", "; x={} y", ";-- {} --;",
                 ";--\ntype = user\npassword = {}\n--;",
                 "pasword = {}", "[second]\ntype = user\npassword = {}\npassword = x9", "secret = {}", "garbage {}",
                 "[backend]\npassword = {};{}\npassword = {}", "[tpl](!)\npassword = {}\n[u](tpl)\ntype=user",
                 "#include users.inc", "auth_realm = {}", "channelvars = {}", "[{}]\ntype = user"],
    "http.conf": ["; {}", "; http://u:{}@h/", "remotesecret = {}", "redirect = / http://u:{}@h/", "bindadr = u:{}@h",
                  "prefx = {}", "garbage {}", "#include users.inc", "tlscertfile = {}", ";password={}", "tokn = {}"],
    ".env": ["# {}", "#ARI_PASSWORD={}", "# ARI_URL=http://u:{}@h", "# curl -uu:{} h", "OTHER=1\nOTHER={}", "export ARI_PASSWORD={}",
             "ARI_PASSWORD={}", "DB_PASS={}", "ARI_PASSWRD={}", "ARI_APP={}", "DATABASE_URL=postgres://u:{}@h/d", "garbage {}",
             "ARI_URL=http://backend:{}@127.0.0.1:2/ari", "ARI_URL=http://127.0.0.1:1/ari?api_key=backend:{}",
             "SIP=u:{}@h", "PART=${{ARI_PASSWORD}}{}", "KEY='{}", "KEY=\"a\n{}\"", "{}=1\n{}=2", "{}"],
    "manager.conf": ["[general]\nenabled=yes\n[m]\nsecret = {}\nsecrt = {}", "; {}", "; -u m:{}"],
    "pjsip.conf": ["[a]\ntype = auth\npassword = {}\npasswrd = {}", "; {}", "[a]\ntype=auth\nmd5_cred = {}\n[a]\ntype=auth"],
    "app.ini": ["[a]\npassword = {}\n[a]\nport = 1", "[a]\n; {}\n[a]\n"],
}
# Here no program knows the secret: only its shape tells. {} is a secret that stands nowhere else.
SHAPES = {
    ".env": ["ARI_URL=http://backend:{}@127.0.0.1:2/ari", "# http://u:{}@h", "DB_PASS={}", "# curl --user u:{} h",
             "PEM=-----BEGIN RSA PRIVATE KEY-----\n{}{}\n{}\n-----END RSA PRIVATE KEY-----", "DATABASE_URL=a://u:{}@h", "UNKNOWN={}"],
    "ari.conf": ["; http://backend:{}@h", "; password = {}", "password = {}", "secret = {}"],
    "http.conf": ["; ws://u:{}@h", "; u:{}@h", "password = {}", "auth_token = {}", ";secret = {}"],
    "pack.yaml": ["arilint: 1\npassword: {}", "arilint: 1\nrules:\n  - id: 1\n    bad: http://u:{}@h", "# u:{}@h\n- 1"],
    "app.log": ["connect http://backend:{}@10.0.0.1:8088/ari failed: Unexpected server response: 401", "password={} 401",
                "parol: {} Unexpected server response: 401", "пароль: {} Unexpected server response: 401",
                "curl -u backend:{} gives Unexpected server response: 401", "x --password {} Unexpected server response: 401",
                "Authorization: Bearer {} Unexpected server response: 401", '{{"msg": "Unexpected server response: 401", "password": "{}"}}'],
}
LOG = "Unexpected server response: 401 {}\n"
BROKEN_PLACE = (True, "app.log", LOG)
PLACES = [(known, name, extra) for known, files in ((True, KNOWN), (False, SHAPES)) for name, extras in files.items() for extra in extras]
PLACES.append(BROKEN_PLACE)
# The program says which formats there are; each goes to standard output, and into a file beside another.
REPORTS = re.search(r"there are: (.+)", subprocess.run([ARILINT, "--format", "?"], stderr=subprocess.PIPE, check=False)
                    .stderr.decode())[1].split(", ")
CHECKS = [["--format", form, *more] for form in REPORTS for more in
          ([], ["--diff"], ["--diff", "--unsafe-fixes"], ["--authority", "env", "--diff"], ["--show-not-evaluated"], ["--lang", "uz"])]
CHECKS += [["--format", "concise", "--format", form, "--output", "{}.report"] for form in REPORTS] + [["--write-baseline", "{}.report"]]
FIXES = [["--fix", "--format", form, *more] for form in REPORTS for more in ([], ["--unsafe-fixes"], ["--backup=.bak"])]


# What a run puts where a secret may be; `schema` and `help` read no file.
Plan = collections.namedtuple("Plan", "file text known place disguise")
READS_NOTHING = {"schema", "help", "completion", "version"}
FORMATS = {"check": set(REPORTS), "diagnose": {"text", "json"}, "verify": {"text", "json", "nagios", "prometheus"}}
seen = collections.defaultdict(set)


def note(plan, command):
    """What was run of each kind."""
    words = [word for word in command if not word.startswith("-")]
    verb = words[0] if words and words[0] in verbs() else "check"
    seen["verbs"].add(verb)
    seen["places"].add(plan.place)
    seen["disguises"].add(plan.disguise)
    if "--format" in command:
        seen[f"formats of {verb}"].add(command[command.index("--format") + 1])
    if "--reader" in command:
        seen["readers"].add(command[command.index("--reader") + 1])


@functools.cache
def verbs():
    usage = subprocess.run([ARILINT, "--help"], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n\n")[0]
    return set(re.findall(r"(?:arilint \[?|\| )([a-z]+)", usage)) - READS_NOTHING


def check_seen(readers, places):
    """All that there is has been tried, and the manual says how much that is."""
    wanted = {"verbs": verbs(), "readers": set(readers), "disguises": {*DISGUISES, *BROKEN}, "places": set(places),
              **{f"formats of {verb}": formats for verb, formats in FORMATS.items()}}
    missing = {kind: sorted(names - seen[kind], key=str) for kind, names in wanted.items() if names - seen[kind]}
    if missing:
        print(f"FAIL not tried: {missing}")
    manual = " ".join((REPOSITORY / "README.md").read_text().split())
    promised = [f"{len(PLACES)} places", f"{len(DISGUISES)} disguises", f"{len(verbs())} verbs", f"{len(readers)} readers"]
    untrue = [words for words in promised if words not in manual]
    if untrue:
        print(f"FAIL README.md does not say: {untrue}")
    return 0 if missing or untrue else 1


def decoded(text):
    """The text in every reading; each is searched."""
    plain = text.decode("utf-8", "replace")
    readings = [plain, re.sub(r"\\?=?\r?\n[ \t]*", "", plain)]
    for _ in range(3):
        last = readings[-1]
        last = urllib.parse.unquote(html.unescape(last))
        last = re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), last)
        last = re.sub(r"\\x([0-9a-fA-F]{2})", lambda hit: chr(int(hit[1], 16)), last)
        last = re.sub(r"\\([0-3][0-7]{2})", lambda hit: chr(int(hit[1], 8)), last)
        last = re.sub(r"=([0-9A-F]{2})", lambda hit: chr(int(hit[1], 16)), last)
        readings.append(re.sub(r"\\(.)", r"\1", last))
    for reading in list(readings):
        for word in set(re.findall(r"[A-Za-z0-9+/_-]{8,}", reading)):
            word = word.replace("-", "+").replace("_", "/")
            for start in range(4):
                part = word[start:]
                readings.append(base64.b64decode(part[:len(part) // 4 * 4] + "", validate=False).decode("latin-1"))
        for word in re.findall(r"(?:[0-9a-fA-F]{2}[ :]?){6,}", reading):
            digits = re.sub("[ :]", "", word)
            for start in (0, 1):
                part = digits[start:]
                readings.append(bytes.fromhex(part[:len(part) // 2 * 2]).decode("latin-1"))
    return readings


def is_out(secret, text):
    halves = secret[:HALF], secret[-HALF:]
    return any(half in reading for reading in decoded(text) for half in halves)


def draw(rng, middle):
    def half():
        letters = [rng.choice(string.ascii_lowercase), rng.choice(string.ascii_uppercase), rng.choice(string.digits)]
        letters += [rng.choice(string.ascii_letters + string.digits) for _ in range(HALF - 3)]
        rng.shuffle(letters)
        return "".join(letters)
    return half() + middle + half()


def in_asterisk(secret):
    return secret.replace("\\", "\\\\").replace(";", "\\;")


def in_env(secret):
    return f"'{secret}'" if "'" not in secret else f'"{secret}"'


class Round:
    def __init__(self, folder, rng, middle):
        self.folder, self.rng = folder, rng
        self.secret = draw(rng, middle)
        self.count, self.commands = 0, []

    def lay(self, name, extra, known):
        """Writes one set-up and gives its folder's name."""
        self.count += 1
        folder = self.folder / f"c{self.count}"
        folder.mkdir()
        secret = self.secret if known else draw(self.rng, "")
        before = extra + "\n" if name == "ari.conf" else ""
        texts = {"ari.conf": ARI % ("", in_asterisk(secret), ""), "http.conf": HTTP, ".env": ENV % ("", in_env(secret))}
        if name == "ari.conf":
            texts[name] = ARI % ("", in_asterisk(secret), extra + "\n") if self.count % 2 else \
                ARI % (before, in_asterisk(secret), "read_onli = no\n")
        elif name == ".env":
            texts[name] = ENV % (extra + "\n", in_env(secret))
            if self.count % 2:
                texts[name] += "ARI_PASSWORD=wrong\n"
        else:
            texts[name] = texts.get(name, "") + extra + "\n"
            texts[".env"] += "ARI_PORT=2\nARI_PORT=3\n"
        texts["users.inc"] = f"password = {in_asterisk(self.secret)}\nDB_KEY={self.secret}\n# {self.secret}\n"
        texts.setdefault("app.log", LOG.format(extra))
        for file, text in texts.items():
            (folder / file).write_bytes(text.encode("utf-8", "surrogateescape"))
        return folder.name

    def plan(self, readers):
        """All pairs of a plan and a command."""
        plans = []
        for known, places in ((True, KNOWN), (False, SHAPES)):
            for name, extra, disguise in ((name, extra, disguise) for name in places for extra in places[name]
                                          for disguise in (DISGUISES if known else ["as it is"])):
                text = DISGUISES[disguise](self.secret if known else self.alone())
                fields = extra.replace("{{", "\0").replace("}}", "\1").replace("{}", text)
                plans.append(Plan(name, fields.replace("\0", "{").replace("\1", "}"), known, (known, name, extra), disguise))
        for name, disguise in BROKEN.items():
            plans.append(Plan("app.log", LOG.format(disguise(self.secret)), True, BROKEN_PLACE, name))
        return [(plan, command) for plan in plans for command in self.commands_of(plan.file, plan.known, readers)]

    def alone(self):
        """A secret without what ends a word in free text."""
        return self.secret if not re.search(r"\W", self.secret) else self.secret[:HALF] + self.secret[-HALF:]

    def commands_of(self, name, known, readers):
        reader = "dotenv" if name == ".env" else "configparser" if name == "app.ini" else "asterisk"
        commands = [["--isolated", *words, "{}"] for words in CHECKS]
        commands += [["--isolated", *words, "--state-dir", "{}.state", "{}"] for words in FIXES]
        # What nothing in a file tells of, only a run that sees the other file knows; another program's file is all garbage.
        if name in ("app.log", "pack.yaml") or (known and name == "http.conf"):
            readers = []
        elif name != ".env":
            readers = [reader]
        else:
            readers = [one for one in readers if one not in ("asterisk", "configparser")]
        commands += [["dump", "--reader", one, f"{{}}/{name}"] for one in readers]
        commands += [["dump", "--reader", reader, "--explain", key, f"{{}}/{name}"] for key in ("password", "ARI_PASSWORD", "secret")]
        commands += [["diagnose", "--isolated", "--with", "{}", "--format", form, "{}/app.log"] for form in ("text", "json")]
        commands += [["validate", f"{{}}/{name}"], ["test", f"{{}}/{name}"], ["--isolated", "--rules", f"{{}}/{name}", "{}"],
                     ["rule", "--isolated", "--rules", f"{{}}/{name}"], ["--config", f"{{}}/{name}", "{}"],
                     ["config", "--config", f"{{}}/{name}"], ["recover", "--state-dir", "{}"]]
        form = self.rng.choice(sorted(FORMATS["verify"])) # one, as each looks through all connections of the machine
        return commands + [["verify", "--isolated", "--timeout", "1", "--format", form, "{}"]]

    def run(self, pairs):
        """Runs the commands, undoes what they have fixed, and returns what each wrote, with its words."""
        lines, undone = [], []
        for plan, command in pairs:
            folder = self.lay(plan.file, plan.text, plan.known)
            lines.append([word.format(folder) if "{}" in word else word for word in command])
            note(plan, command)
            if "--fix" in command:
                undone += [["undo", *words, "--state-dir", f"{folder}.state"] for words in (["--list"], [])]
                note(plan, ["undo"])
        yield from self.batch(lines)
        yield from self.batch(undone)

    def batch(self, lines):
        outputs = self.folder / "outputs"
        outputs.mkdir(exist_ok=True)
        text = "".join("\t".join(line) + "\n" for line in lines)
        subprocess.run([BATCH, "-t", "60", str(outputs)], input=text.encode(), cwd=self.folder, check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, LC_ALL="C.UTF-8"))
        for number, line in enumerate(lines, 1):
            written = [outputs / f"{number}.out", outputs / f"{number}.err"]
            written += [self.folder / word for word in line if word.endswith(".report")]
            yield line, b"\n".join(path.read_bytes() for path in written)


def check_oracle(rng):
    """The search finds what it is to find: every disguise of every kind of secret."""
    results = []
    for middle in MIDDLES:
        secret = draw(rng, middle)
        for name, disguise in {**DISGUISES, **BROKEN}.items():
            if not is_out(secret, disguise(secret).encode()):
                results.append(f"the search does not find {disguise(secret)!r} ({name})")
    return results


def names_below(folder):
    return "\n".join(str(path) for path in folder.rglob("*") if ".state" in str(path)).encode()


def choose(rng, pairs, count):
    """A few pairs of each place that has one disguise, or disguise that has one place, and any others."""
    rare = collections.defaultdict(list)
    for pair in pairs:
        if not pair[0].known or pair[0].disguise in BROKEN:
            rare[pair[0]].append(pair)
    chosen = [rng.choice(of_plan) for of_plan in rare.values()]
    return chosen + rng.sample(pairs, min(max(count - len(chosen), 0), len(pairs)))


def run_round(rng, middle, readers, count):
    with tempfile.TemporaryDirectory(prefix="arilint-secrets.") as name:
        this = Round(pathlib.Path(name), rng, middle)
        chosen = choose(rng, this.plan(readers), count)
        failures, total = [], 0
        for line, output in this.run(chosen):
            total += 1
            if b"Sanitizer" in output or b"runtime error" in output or is_out(this.secret, output) or is_out(this.alone(), output):
                failures.append((line, output))
        if is_out(this.secret, names_below(this.folder)):
            failures.append((["a name in the state folder"], b""))
        for line, output in failures[:10]:
            kept = [half for half in (this.secret[:HALF], this.secret[-HALF:])]
            print(f"FAIL {' '.join(line)} shows {this.secret!r} ({kept}):")
            print(output.decode("utf-8", "replace")[:3000])
            if os.environ.get("KEEP"):
                shutil.copytree(this.folder, os.environ["KEEP"], dirs_exist_ok=True)
        return total, len(failures)


def check_ordinary():
    """What is no secret stays readable in a diff."""
    lines = (REPOSITORY / "fixtures" / "secrets" / "ordinary.txt").read_text().splitlines()
    failures = 0
    with tempfile.TemporaryDirectory(prefix="arilint-secrets.") as name:
        for file, sign, text in ((".env", "#", "KEY_{0}=a\nKEY_{0}=b\n"), ("ari.conf", ";", "[u{0}]\ntype = user\npassword = Zq9{0}mx\n")):
            body = "" if file == ".env" else "[general]\nenabled = yes\n"
            body += "".join(text.format(number) + f"{sign} {line}\n" for number, line in enumerate(lines))
            if file == "ari.conf":
                body += "".join(f"[u{number}]\nread_only = no\n" for number in range(len(lines)))
            path = pathlib.Path(name) / file
            path.write_text(body)
            shown = subprocess.run([ARILINT, "--isolated", "--diff", str(path)], stdout=subprocess.PIPE, check=False).stdout.decode()
            there = {line[1:] for line in shown.split("\n")}
            for line in lines:
                if f"{sign} {line}" not in there:
                    print(f"FAIL {file} hides: {line}")
                    failures += 1
    if len(lines) < 200:
        print(f"FAIL only {len(lines)} ordinary lines")
        failures += 1
    return 2 * len(lines), failures


def main():
    rng = random.Random(SEED)
    readers = subprocess.run([ARILINT, "dump", "--readers"], stdout=subprocess.PIPE, check=True).stdout.decode()
    readers = [line.split("\t")[0] for line in readers.splitlines()]
    faults = check_oracle(rng)
    print("\n".join(["FAIL " + fault for fault in faults[:10]]), end="\n" if faults else "")
    passed, failed = len(MIDDLES) * (len(DISGUISES) + len(BROKEN)) - len(faults), len(faults)
    total, hidden = check_ordinary()
    passed, failed = passed + total - hidden, failed + hidden
    done = number = 0
    while done < COUNT:
        share = min(COUNT - done, max(COUNT // len(MIDDLES), 400))
        total, out = run_round(rng, MIDDLES[number % len(MIDDLES)], readers, share)
        passed, failed, done, number = passed + total - out, failed + out, done + total, number + 1
    whole = check_seen(readers, PLACES)
    passed, failed = passed + whole, failed + 1 - whole
    print(f"{done} outputs of {number} secrets: " + ", ".join(f"{len(names)} {kind}" for kind, names in seen.items()))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
