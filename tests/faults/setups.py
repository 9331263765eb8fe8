"""Random set-ups for property.py: ari.conf, http.conf, a file that they include, and .env."""
import os
import random
import re

# Each comment has a mark of its own, which a fix must keep, and no value holds one.
COMMENT_MARK = rb"<c[0-9]+>"

USERS = ["backend", "Backend", "dialer", "wallboard", "crm-user", "a b", "BACKEND"]
PASSWORDS = ["CallCenter2025", "CallCentre2024", "p#ss", "two words", "a'b", 'a"b', "a$b", "${ARI_USER}", "`id`", "=x",
             "back\\slash", "\\;cut", "changeme", "__PASSWORD__", "<password>", "", "пароль", "a;b", "x" * 300, "100%",
             "#start", "'quoted'", '"quoted"', "a\\nb", "[x]", "key=value", "!", "~", "a,b", "tab\there"]
WORDS = ["yes", "no", "true", "off", "maybe", "YES", "1", "0", ""]
ARI_KEYS = ["enabled", "pretty", "allowed_origins", "auth_realm", "channelvars", "websocket_write_timeout", "Pretty",
            "enabeld", "prety", "type"]
USER_KEYS = ["read_only", "password_format", "permit", "deny", "acl", "readonly", "passwrod", "Password"]
HTTP_KEYS = ["enabled", "bindaddr", "bindport", "prefix", "tlsenable", "tlsbindaddr", "sessionlimit", "bindprt",
             "servername"]
VALUES = {
    "bindaddr": ["127.0.0.1", "0.0.0.0", "localhost", "127.0.0.1:8090", "::1", "[::]:8089"],
    "bindport": ["8088", "8090", "http", "0", "99999"],
    "prefix": ["", "asterisk", "/asterisk", "/pbx/", "a/b"],
    "tlsbindaddr": ["0.0.0.0:8089", "127.0.0.1"],
    "type": ["user", "user", "User", "usr", "outbound_websocket"],
    "read_only": ["yes", "no", "NO"],
    "password_format": ["plain", "plain", "crypt", "Plain"],
    "allowed_origins": ["*", "http://localhost:3000", "localhost", "http://a,http://b"],
    "websocket_write_timeout": ["100", "0", "x"],
}
URLS = ["http://localhost:8088/ari", "http://localhost:8090/ari", "http://127.0.0.1:8088", "http://pbx:8088/ari",
        "https://localhost:8089/ari", "http://localhost:8088/asterisk/ari/", "localhost:8088", "ws://localhost:8088/ari",
        "http://localhost/ari", "http://u:p@localhost:1/x?y=1#z"]
OTHER_LINES = ["NODE_ENV=production", "PORT=3000", "EMPTY=", "BARE", "A=$ARI_PASSWORD", "B=${ARI_USER}/x",
               "URL=postgres://u:p#w@h/d", "MULTI=\"one\ntwo # three\nfour\"", "SPACED = x y", "Q='it is'", "C: colon",
               "JSON='{\"a\": [1, 2]}'", "TRAILING=x   ", "\tTABBED=1", "D=`date`", "E=\"a\\nb\"", "F=a\\", "=novalue",
               "G='open", "ünïcode=ä"]
READERS = ["dotenv", "dotenv", "dotenv-14", "node-20", "node-22", "python-dotenv", "docker", "systemd", "compose",
           "godotenv", "foreman", "dotenv-expand"]
CHOICES = [[], [], [], ["--unsafe-fixes"], ["--authority", "env"], ["--target", "asterisk=16.28"],
           ["--target", "asterisk=22.10"], ["--unsafe-fixes", "--authority", "env"]]


class Setup:
    """folder: what is linted; roles: path to role; readers: of .env; options: of a check; state: the state folder."""


class Writer:
    def __init__(self, chance):
        self.chance = chance
        self.marks = 0
        self.lines = []

    def mark(self):
        self.marks += 1
        return f"<c{self.marks}>"

    def often(self, share):
        return self.chance.random() < share

    def pick(self, choices):
        return self.chance.choice(choices)

    def add(self, line):
        self.lines.append(line)

    def finish(self, path):
        end = self.pick(["\n", "\n", "\n", "\r\n", "mixed"])
        text = "".join(line.replace("\n", "\r\n" if end == "\r\n" else "\n") +
                       (self.pick(["\n", "\r\n"]) if end == "mixed" else end) for line in self.lines)
        if self.often(0.2):
            text = text.rstrip("\r\n")
        content = text.encode("utf-8")
        if self.often(0.1):
            content = b"\xef\xbb\xbf" + content
        if self.often(0.03):
            content = content.replace("ä".encode(), b"\xe4").replace("п".encode(), b"\xcf")
        with open(path, "wb") as file:
            file.write(content)
        os.chmod(path, self.pick([0o600, 0o640, 0o644, 0o660]))
        if os.geteuid() == 0 and self.often(0.5):
            os.chown(path, 1234, self.pick([0, 1235]))
        os.utime(path, (1577836800, 1577836800 + self.chance.randrange(1000)))


class Ini(Writer):
    def comment(self):
        kind = self.chance.randrange(8)
        if kind == 0:
            self.add("")
        elif kind == 1:
            self.add(self.pick(["; ", ";", "  ;"]) + "note " + self.mark())
        elif kind == 2:
            self.add(";-- block " + self.mark() + "\nenabled = no\n more " + self.mark() + " --;")

    def key(self, key, value):
        value = value.replace(";", "\\;") if self.often(0.7) else value
        operator = self.pick([" = ", "=", " => ", "= ", " =", "\t=\t", " = "])
        behind = self.pick(["", "", "", "  ", f" ; behind {self.mark()}", f"\t;{self.mark()}", " ;-- in " + self.mark() + " --;",
                            ";glued"])
        self.add(self.pick([""] * 5 + [" ", f";-- before {self.mark()} --; "]) + key + operator + value + behind)
        self.comment()

    def header(self, name, options=""):
        self.comment()
        behind = self.pick(["", "", "", f" ; {self.mark()}"])
        before = f";-- before {self.mark()} --; " if self.often(0.05) else ""
        self.add(f"{before}[{name}]{options}{behind}")

    def include(self):
        if self.often(0.15):
            self.add(self.pick(['#include "extra.conf"', "#include extra.conf", '#tryinclude "none.conf"',
                                "#include extra.conf ; " + self.mark(), '#include "none.conf"'] if self.often(0.5)
                               else ["#include extra.conf"]))


class Ari(Ini):
    def general(self):
        self.header(self.pick(["general"] * 12 + ["General", "general ", "GENERAL"]), self.pick([""] * 9 + ["(+)"]))
        if self.often(0.9):
            self.key("enabled", self.pick(["yes"] * 5 + WORDS))
        for key in self.chance.sample(ARI_KEYS, self.chance.randrange(4)):
            self.key(key, self.pick(VALUES.get(key, WORDS)))
        self.include()

    def user(self, name, password, templates):
        template = f"({self.pick(templates)})" if templates and self.often(0.4) else ""
        self.header(name, template)
        keys = []
        if not template and self.often(0.93):
            keys.append(("type", "user" if self.often(0.85) else self.pick(VALUES["type"])))
        if self.often(0.93):
            keys.append((self.pick(["password"] * 9 + ["Password"]), password))
        keys += [(key, self.pick(VALUES.get(key, WORDS)))
                 for key in self.chance.sample(USER_KEYS, self.chance.choice([0, 0, 1, 1, 2]))]
        if keys and self.often(0.15):
            keys.append(self.pick(keys))
        self.chance.shuffle(keys)
        for key, value in keys:
            self.key(key, value)
        self.include()

    def make(self, users):
        templates = []
        if self.often(0.25):
            templates = ["base"]
            self.header("base", "(!)")
            self.key("type", "user")
            if self.often(0.3):
                self.key("read_only", self.pick(VALUES["read_only"]))
        parts = [self.general] * self.pick([1, 1, 1, 1, 2, 2, 3, 0])
        for name, password in users:
            for _ in range(self.pick([1, 1, 1, 2])):
                other = password if self.often(0.8) else self.pick(PASSWORDS)
                parts.append(lambda name=name, other=other: self.user(name, other, templates))
        self.chance.shuffle(parts)
        for part in parts:
            part()
        if self.often(0.05):
            self.add(self.pick(["no sign", "[open", "=x", "#exec ls", "key[x]=1"]))
        self.comment()


class Http(Ini):
    def make(self):
        for _ in range(self.pick([1, 1, 1, 1, 2])):
            self.header(self.pick(["general"] * 9 + ["General"]))
            for key in ["enabled", "bindaddr"]:
                if self.often(0.85):
                    self.key(key, "yes" if key == "enabled" and self.often(0.8) else self.pick(VALUES.get(key, WORDS)))
            for key in self.chance.sample(HTTP_KEYS, self.chance.randrange(4)):
                self.key(key, self.pick(VALUES.get(key, WORDS)))
        self.include()


class Env(Writer):
    def key(self, key, value):
        quotes = self.pick(["", "", "", "'", '"', "`"])
        if quotes in value or "\n" in value:
            quotes = ""
        export = "export " if self.often(0.2) else ""
        equals = self.pick(["="] * 8 + [" = ", "= "])
        behind = self.pick(["", "", "", "", " ", f" # {self.mark()}", f"  #{self.mark()}", "#glued"])
        if not value and not quotes:
            behind = ""  # some programs read a value there
        self.add(f"{export}{key}{equals}{quotes}{value}{quotes}{behind}")

    def other(self):
        kind = self.chance.randrange(5)
        if kind == 0:
            self.add(self.pick(["# ", "#", "  # "]) + self.mark())
        elif kind == 1:
            self.add("")
        elif kind == 2:
            self.add(self.pick(OTHER_LINES[:12] if self.often(0.9) else OTHER_LINES))

    def make(self, users):
        prefix = self.pick(["ARI_", "ARI_", "ASTERISK_ARI_", "PBX_ARI_"])
        name, password = self.pick(users) if users else ("backend", "x")
        if self.often(0.25):
            name = self.pick(USERS + ["bakend", "dailer"])
        if self.often(0.4):
            password = self.pick(PASSWORDS)
        keys = [(prefix + self.pick(["USERNAME", "USER"]), name),
                (prefix + self.pick(["PASSWORD", "PASS", "SECRET"]), password)]
        if self.often(0.8):
            keys.append((prefix + "URL", self.pick(URLS[:3] if self.often(0.4) else URLS)))
        if self.often(0.15):
            keys.append((prefix + "PORT", self.pick(VALUES["bindport"])))
        if self.often(0.25):
            key, value = self.pick(keys)
            keys.append((key, value if self.often(0.5) else self.pick(PASSWORDS)))
        self.chance.shuffle(keys)
        for key, value in keys:
            self.other()
            self.key(key, value)
        self.other()
        self.other()


def pack_of(readers, place, repository):
    """The built-in packs with other readers of .env files."""
    with open(os.path.join(repository, "rules/common.yaml"), encoding="utf-8") as file:
        text = file.read()
    text, count = re.subn(r"(?m)^(  env:\n(?:    handler: .*\n)?    readers:) .*$", rf"\1 [{', '.join(readers)}]", text)
    assert count == 1
    pack = os.path.join(place, "common.yaml")
    with open(pack, "w", encoding="utf-8") as file:
        file.write(text)
    rules = [os.path.join(repository, "rules", name) for name in ("ari.yaml", "http.yaml")]
    return ["--no-builtin", "--rules", pack, "--rules", rules[0], "--rules", rules[1]]


def make(number, place, repository):
    chance = random.Random(number)
    setup = Setup()
    setup.folder = os.path.join(place, "tree")
    setup.state = os.path.join(place, "state")
    setup.readers = ["dotenv"]
    setup.options = list(chance.choice(CHOICES))
    os.makedirs(os.path.join(setup.folder, "etc"))
    os.makedirs(os.path.join(setup.folder, "backend"))
    setup.roles = {}
    users = [(name, chance.choice(PASSWORDS[:6] if chance.random() < 0.7 else PASSWORDS))
             for name in chance.sample(USERS, chance.choice([1, 1, 1, 2, 3]))]
    ari, http, env, extra = Ari(chance), Http(chance), Env(chance), Ari(chance)
    ari.make(users)
    http.make()
    env.make(users)
    extra.key(*chance.choice([("read_only", "no"), ("pretty", "no"), ("enabled", "no"), ("permit", "10.0.0.0/8")]))
    extra.marks = 0
    for role, writer, name in (("ari", ari, "etc/ari.conf"), ("http", http, "etc/http.conf"), ("env", env, "backend/.env"),
                               (None, extra, "etc/extra.conf")):
        if role == "http" and chance.random() < 0.1:
            continue
        path = os.path.join(setup.folder, name)
        writer.finish(path)
        if role:
            setup.roles[path] = role
    if chance.random() < 0.4:
        setup.readers = sorted(set(chance.sample(READERS, chance.choice([1, 2, 3]))))
        setup.options += pack_of(setup.readers, place, repository)
    return setup
