"""Random set-ups that work, and the kinds of faults that are put into them: the same seed and number give the same files."""

import os
import random
import subprocess

from asterisk import ETC, OWNER, PLACE

ENV = f"{PLACE}/backend/.env"
CERTIFICATE = f"{ETC}/asterisk.pem"
USERS = ["backend", "callcenter", "dialer", "crm-user", "ari_user"]
OTHERS = ["wallboard", "reports", "Monitor"]
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
MARKS = ["", "", "", "", "!", "#", ";", "$", "%", "&", "+", "=", "@", "?", "/", " ", ".", "-", "'", '"', "\\", "é"]
COMMENTS = ["", "", "", "", "; ask the operators before you change this", ";", ";-- old --;", ";---- users ----"]
OTHER_LINES = ["NODE_ENV=production", "PORT=3000", "", "# the database", "DB_URL=postgres://app:pw@localhost/app",
               "LOG_LEVEL='info' # or debug", "EMPTY=", "GREETING=\"good\\nmorning\"", "export TZ=Asia/Tashkent"]


class Section:
    """keys: pairs of a key and its text as written, or lines as they are."""

    def __init__(self, name, keys, options=""):
        self.name = name
        self.keys = keys
        self.options = options
        self.before = ""
        self.close = "]"

    def has(self, key):
        return any(one[0] == key for one in self.keys if isinstance(one, list))

    def set(self, key, text):
        for one in self.keys:
            if isinstance(one, list) and one[0] == key:
                one[1] = text
                return
        self.keys.append([key, text])

    def drop(self, key):
        self.keys = [one for one in self.keys if one[0] != key]

    def rename(self, key, name):
        for one in self.keys:
            if isinstance(one, list) and one[0] == key:
                one[0] = name


def for_asterisk(value):
    return value.replace(";", "\\;")


def for_dotenv(chance, value):
    """One of the ways that dotenv reads as this value."""
    ways = [f"{quote}{value}{quote}" for quote in "'\"`" if quote not in value and not (quote == '"' and "\\" in value)]
    if "#" not in value and value == value.strip() and value[:1] not in ("'", '"', "`"):
        ways += [value] * 4
    return chance.choice(ways)


class Setup:
    def __init__(self, seed, number, version):
        self.version = version
        self.chance = chance = random.Random(f"{seed} {number}")
        self.ends = {"ari": "\n", "http": "\n", "env": "\n"}
        self.before = {"ari": b"", "http": b"", "env": b""}
        self.first = {"ari": [], "http": [], "env": []}
        self.last = {"ari": [], "http": [], "env": []}
        self.more = {}  # other files of Asterisk: their sections by name
        self.user = chance.choice(USERS)
        self.password = self.new_password()
        self.port = chance.choice(["8088", "8088", "8090", "18088"])
        self.prefix = chance.choice(["", "", "", "", "asterisk", "pbx"])
        self.scheme = "https" if chance.random() < 0.12 else "http"
        self.host = chance.choice(["127.0.0.1", "127.0.0.1", "localhost"])
        self.path = f"/{self.prefix}/ari" if self.prefix else "/ari"
        self.tail = ""
        self.make_ari()
        self.make_http()
        self.make_env()

    def new_password(self):
        word = "".join(self.chance.choice(LETTERS) for _ in range(self.chance.randint(10, 24)))
        at = self.chance.randint(1, len(word) - 1)
        return word[:at] + self.chance.choice(MARKS) + word[at:]

    def pick(self, *choices):
        return self.chance.choice(choices)

    def make_ari(self):
        general = [["enabled", self.pick("yes", "yes", "true", "on", "1")]]
        for key, text in (("pretty", "yes"), ("allowed_origins", "http://localhost:3000"), ("auth_realm", "Asterisk")):
            if self.chance.random() < 0.4:
                general.append([key, text])
        self.general = Section("general", general)
        self.section = Section(self.user, [["type", "user"], ["read_only", "no"], ["password", for_asterisk(self.password)]])
        if self.chance.random() < 0.4:
            self.section.drop("read_only")
        self.chance.shuffle(self.section.keys)
        self.ari = [self.general, self.section]
        self.other = None
        if self.chance.random() < 0.5:
            self.other = Section(self.pick(*OTHERS), [["type", "user"], ["password", for_asterisk(self.new_password())]])
            self.ari.insert(self.pick(1, 2), self.other)
        if self.chance.random() < 0.15:
            self.ari.insert(0, Section("base", [["type", "user"]], "(!)"))
            self.section.options = "(base)"
            self.section.drop("type")

    def make_http(self):
        keys = [["enabled", "yes"], ["bindaddr", self.pick("127.0.0.1", "127.0.0.1", "0.0.0.0")]]
        if self.port != "8088" or self.pick(True, False):
            keys.append(["bindport", self.port])
        if self.prefix:
            keys.append(["prefix", self.prefix])
        if self.scheme == "https":
            self.port = "8089"
            keys += [["tlsenable", "yes"], ["tlsbindaddr", "127.0.0.1:8089"], ["tlscertfile", CERTIFICATE]]
        self.http_general = Section("general", keys)
        self.http = [self.http_general]

    def make_env(self):
        prefix = self.pick("ARI_", "ARI_", "ASTERISK_ARI_", "PBX_ARI_")
        self.url_key = prefix + self.pick("URL", "URL", "BASE_URL")
        self.user_key = prefix + self.pick("USER", "USERNAME")
        self.password_key = prefix + self.pick("PASSWORD", "PASSWORD", "PASS", "SECRET")
        self.url_text = None
        self.user_text = self.user
        self.password_text = for_dotenv(self.chance, self.password)
        self.exports = self.chance.random() < 0.1
        self.env_more = []

    def lines_of(self, sections):
        equals = self.pick(" = ", "=", " => ", "= ")
        for section in sections:
            yield from [line for line in [self.chance.choice(COMMENTS)] if line]
            yield f"{section.before}[{section.name}{section.close}{section.options}"
            for one in section.keys:
                yield one if isinstance(one, str) else one[0] + equals + one[1]
            if self.chance.random() < 0.6:
                yield ""

    def env_lines(self):
        url = f"{self.scheme}://{self.host}:{self.port}{self.path}{self.tail}" if self.url_text is None else self.url_text
        lines = [(self.url_key, url), (self.user_key, self.user_text), (self.password_key, self.password_text)]
        lines = [f"{'export ' if self.exports else ''}{key}={text}" for key, text in lines if text is not False]
        self.chance.shuffle(lines)
        for line, other in zip(lines, self.chance.sample(OTHER_LINES, len(lines))):
            yield from [other] if self.chance.random() < 0.5 else []
            yield line
        yield from self.env_more

    def files(self):
        texts = {f"{ETC}/ari.conf": ("ari", self.lines_of(self.ari)), f"{ETC}/http.conf": ("http", self.lines_of(self.http)),
                 ENV: ("env", self.env_lines())}
        files = {}
        for path, (role, lines) in texts.items():
            lines = self.first[role] + list(lines) + self.last[role]
            files[path] = self.before[role] + "".join(line + self.ends[role] for line in lines).encode()
        for name, sections in self.more.items():
            files[f"{ETC}/{name}"] = "".join(line + "\n" for line in self.lines_of(sections)).encode()
        return files


def lay_out(files):
    for folder in (ETC, os.path.dirname(ENV)):
        os.makedirs(folder, exist_ok=True)
        for entry in os.scandir(folder):
            if entry.name.endswith((".conf", ".env")) and entry.name not in ("modules.conf", "logger.conf"):
                os.unlink(entry.path)
    for path, text in files.items():
        with open(path, "wb") as file:
            file.write(text)
        os.chmod(path, 0o640)
        # Whoever may read the one may read the other, or no value would go from .env to ari.conf.
        os.chown(path, 0, OWNER)


def make_certificate():
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "3650",
                    "-keyout", f"{CERTIFICATE}.key", "-out", f"{CERTIFICATE}.crt"], check=True, stderr=subprocess.DEVNULL)
    with open(CERTIFICATE, "w") as both:
        for end in ("key", "crt"):
            with open(f"{CERTIFICATE}.{end}") as one:
                both.write(one.read())
            os.unlink(f"{CERTIFICATE}.{end}")
    os.chown(CERTIFICATE, 0, OWNER)
    os.chmod(CERTIFICATE, 0o640)
