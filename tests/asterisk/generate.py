"""Random configuration files and include trees for Asterisk's parser: the same seed and number give the same bytes."""

import random

LONGEST_LINE = 8190
LONGEST_NAME = 79
MAIN = "main.conf"

# Each list begins with what people write; `wild` says how often the rest is drawn from.
NAMES = [b"a", b"a", b"b", b"b", b"c", b"A", b"general", b"tpl", b"c d"]
WILD_NAMES = [
    b"General", b" a", b"a ", b"", b"\xc3\xa9", b"\xc3\x89", b"\xff", b"a,b", b"+", b"!", b"(a", b"x=y", b"a\\;b",
    b"a\tb", b"\x01", b"a\r", b"k=v",
]
WILD_OPTIONS = [
    b"()", b"(,)", b"(+,)", b"(,+)", b"(a, b)", b"( a)", b"(a )", b"( !)", b"(! )", b"(+ )", b"( +)", b"(!!)", b"(a",
    b"(", b")", b"(nobody)", b"((a)", b"(a))", b"(a)(b)", b" (a)", b"\t(!)", b"(!)(+)", b"(a;b)", b"(a;--x--;)",
    b"(a\\;b)", b"(\x00)", b"(a\x00)", b"(+TEMPLATES)", b"(+templates=include)", b"(+TEMPLATES=Include)", b"(+a)",
    b"(+TEMPLATES=no)", b"(+k)", b"(+k=v=w)", b"(+'k=v')", b"(+k='v')",
]
EXTENSIONS = [b"+", b"+", b"+", b"+TEMPLATES=include"]
WILD_EXTENSIONS = [b"+TEMPLATES=restrict", b"+k=v", b"+k=v&TEMPLATES=include", b"+k=."]
FILTERS = [
    b"k", b"K", b"v", b"^k$", b"^", b"$", b".", b".*", b"a|k", b"[kv]", b"k+", b"(k", b"[", b"*", b" k ", b"'k'",
    b'"k"', b"include", b"restrict", b"type", b"^y$", b"'a&b'", b"\\.*", b"[\\k]", b'"a', b"\\\\k", b"a'b\"c",
    b"'k=v'", b"''k",
]
KEYS = [b"k", b"k", b"k", b"K", b"v", b"type", b"password", b"a b", b"\\k", b"\\[k", b"\\#k", b"\\=k"]
WILD_KEYS = [
    b"\\\\", b"\\ k", b"\\\xc3\xa9", b"\\\x80", b"\\", b"\\;k", b"\\+", b"\xc3\xa9", b"\xa0k", b"", b"k]", b"k[a]",
    b"k(", b">", b"k>", b"k+", b"+", b"\x7fk", b'"k"', b"a\x01b", b"\\\t", b"\\\x7fk", b"\\=", b"\\\x00",
]
OPERATORS = [b"=", b"=", b"=", b" = ", b" = ", b"=>", b" => ", b"+=", b"+=", b" += "]
WILD_OPERATORS = [
    b" +=", b"+= ", b"= >", b"==", b"=+", b"=>>", b"+=>", b"+ =", b"=\t", b"\x0b=\x0c", b"", b" ", b":", b">=",
    b"++=", b"=\\", b"+=  ", b"+=\r", b"+=;--x--;", b"+;--x--;=", b"=;--x--;>", b"\x01+=\x01",
]
VALUES = [b"v", b"v", b"v", b"y", b"yes", b"", b"two words", b'"quoted"', b"x=y", b"a\\;b", b"a;b", b"caf\xc3\xa9"]
WILD_VALUES = [
    b" ", b'"a;b"', b"'a'", b"a\\\\;b", b"a\\\\\\;b", b"trail\\", b"\\", b"a\\nb", b"=>", b"+=", b"[a]", b"(b)",
    b"#x", b"a #b", b"\xff\xfe", b"\xa0", b"\xef\xbb\xbf", b"a\x00b", b"\x00", b"a\rb", b"a\x0bb\x0c", b"\x1b[0m",
    b"%s%n", b"${ENV}", b"a,b", b"\\;", b";", b"v;--x--;w", b"--", b"-;", b"--;", b"a--;b", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
]
COMMENTS = [b";", b"; text", b";text", b";---", b";-- x --;", b";--x--;", b"\\;"]
WILD_COMMENTS = [
    b";-", b";--", b";----", b"--;", b";--;", b";--;--;", b"\\\\;", b";--\\;", b"--\\;", b"\\;--", b";--;--x--;--;",
    b"-;", b"---;", b";;", b";--\t", b";--\n", b"\n--;", b";-- a\nk=v\n--;", b"; --;", b";\\", b"#", b"//", b";\x00",
    b";--\x00--;", b";--\r\n;\r\n--;", b"\\--;", b";-\\-", b";--a\\;--;",
]
BLANKS = [b" ", b"  ", b"\t", b"\r"]
WILD_BLANKS = [b"\x0b", b"\x0c", b"\x01", b"\x1f", b"\x08", b"\xa0", b"\x7f", b"\xc2\xa0", b"\x00", b"\xef\xbb\xbf"]
LINE_ENDS = [b"\n", b"\n", b"\n", b"\r\n"]
WILD_LINE_ENDS = [b"\r", b"\n\r", b"\r\r\n", b" \n", b"\x00\n", b"\n\n", b"\\\n", b"", b"\x1a\n"]
DIRECTIVES = [b"#include", b"#include", b"#include", b"#tryinclude", b"#tryinclude"]
WILD_DIRECTIVES = [
    b"#INCLUDE", b"#TryInclude", b"#exec", b"#", b"# include", b"#includes", b"#define", b"#include\xc3\xa9",
    b"#include\xff", b"\\#include", b"#tryinclude\x01", b"#include ;--x--;", b"#inc;--x--;lude", b"#include\\",
]
QUOTES = [b"%s", b"%s", b'"%s"', b'"%s"', b"<%s>"]
WILD_QUOTES = [
    b'"%s', b'%s"', b"<%s", b'"%s" x', b'" %s "', b'""%s""', b"%s ; x", b'"%s";x', b"'%s'", b"< %s>", b"%s\\;",
    b"=%s", b'>"%s"', b'"%s>', b'"%s"\r', b'"%s"\x00x', b'"%s" ;--', b"> %s",
]
WILD_TARGETS = [
    b"missing.conf", b"missing*.conf", b"", b" ", b'"', b'""', b"<>", b"<", b".", b"..", b"/", b"sub", b"sub/",
    b"/dev/null", b"~/x", b"x" * 255, b"x" * 256, b"x" * 300, b"\xff.conf", b"*/missing", b"[", b"{", b"{}", b"{,}",
    b"../conf/*.none",
]
SOUP = b"[[]]()!+,=>;;;---\\\\#  \t\r\n\n\n\n\x00\x01aabkv\"<>{}*&'.|^$\xc3\xa9\xef\xbb\xbf\xff"
TREE_NAMES = [
    "b.conf", "c.conf", "a b.conf", "sub/d.conf", "sub/e.conf", "sub/.f.conf", "sub/deep/g.conf", "h", "i.inc",
    "[j].conf", "{k,l}.conf", "é.conf", "B.conf", "sub/10.conf", "sub/9.conf",
]
PATTERNS = [
    b"*.conf", b"sub/*.conf", b"sub/*", b"*/*.conf", b"?.conf", b"[bc].conf", b"[!b].conf", b"{b,c}.conf",
    b"{c,b,c}.conf", b"sub/[0-9]*.conf", b"sub/.*.conf", b"*", b"s*b/d.conf", b"sub/{d,e}.conf", b"{b,sub/*}.conf",
    b"\\b.conf", b"[[]j].conf", b"\\[j\\].conf", b"sub//d.conf", b"./b.conf", b"sub/../b.conf", b"*.inc", b"{b.conf",
    b"b.conf*", b"[[:alpha:]].conf", b"{b,c", b"{{b,c},h}*", b"sub/deep/*", b"*/*/*", b"/conf/*.conf", b"{k,l}.conf",
]
LINKS = ["b.conf", "c.conf", "missing", "/conf/main.conf", ".", "/unreadable"]
GLOB_SOUP = b"bbbcc{{}},,**??[[]]\\\\/.-!^: "
GLOB_NAMES = [
    "b", "c", "bc", "cb", ".b", "{b", "b}", "{b,c}", "{}", "[b]", "b,c", "\\b", "b*", "b-c", "!", "sub/b", "sub/{b",
]


class Writer:
    """Writes lines. `targets` are what its includes may name, if it is to write any."""

    def __init__(self, rng, wild, targets=()):
        self.rng = rng
        self.wild = wild
        self.targets = targets
        self.names = []
        self.plain_names = []

    def maybe(self, chance):
        return self.rng.random() < chance

    def one_of(self, items, wild_items=()):
        return self.rng.choice(wild_items if wild_items and self.maybe(self.wild) else items)

    def name(self):
        if self.maybe(0.05):
            length = LONGEST_NAME + self.rng.randint(-2, 3)
            return (b"n" * LONGEST_NAME + self.one_of([b"xyz", b"xxx", b"\xc3\xa9z"]))[:length]
        return self.one_of(NAMES, WILD_NAMES)

    def filter(self):
        signs = [b"=", b"=", b"=", b" = ", b""]
        count = self.rng.randint(1, 2)
        terms = [self.one_of(FILTERS + [b""]) + self.one_of(signs) + self.one_of(FILTERS) for _ in range(count)]
        return b"+" + b"&".join(terms)

    def option(self):
        if self.names and self.maybe(0.6):
            return self.one_of(self.names, NAMES)
        if self.maybe(0.5):
            return b"!"
        return self.filter() if self.maybe(0.1) else self.one_of(EXTENSIONS, WILD_EXTENSIONS)

    def options(self):
        if self.maybe(self.wild * 0.4):
            return self.one_of(WILD_OPTIONS)
        return b"(" + b",".join(self.option() for _ in range(self.one_of([1, 1, 1, 2, 2, 3]))) + b")"

    def header(self):
        options = self.options() if self.maybe(0.6) else b""
        name = self.name()
        if b"+" in options and not self.maybe(self.wild * 0.2):
            known = self.names if b"TEMPLATES" in options else self.plain_names
            options, name = (options, self.one_of(known)) if known else (b"", name)
        self.names.append(name)
        if b"!" not in options:
            self.plain_names.append(name)
        close = self.one_of([b"", b"]]", b";]", b"\\;]", b"\x00]"]) if self.maybe(self.wild * 0.1) else b"]"
        rest = self.one_of([b" ", b"text", b" k=v", b"(a)", b"[b]", b"\t; x"]) if self.maybe(0.08) else b""
        return b"[" + name + close + options + rest

    def assignment(self):
        key = b"k" * self.rng.randint(1, 300) if self.maybe(0.02) else self.one_of(KEYS, WILD_KEYS)
        return key + self.one_of(OPERATORS, WILD_OPERATORS) + self.one_of(VALUES, WILD_VALUES)

    def directive(self):
        known = self.targets and not self.maybe(self.wild * 0.5)
        target = self.one_of(self.targets if known else WILD_TARGETS)
        word = self.one_of(DIRECTIVES, WILD_DIRECTIVES)
        blank = self.one_of([b" ", b" ", b"\t", b"  "], [b"", b"\r", b"\x01", b"\xa0", b" \x0b"])
        return word + blank + self.one_of(QUOTES, WILD_QUOTES).replace(b"%s", target)

    def long_line(self):
        head = self.one_of([b"k=", b"[a]", b"; ", b"k=;", b"", b"#x ", b"\\;", b"k=\x00"])
        tail = self.one_of([b"", b"", b"[b]", b";x", b"\\;", b";--", b"--;", b" ", b"\r", b"\x00", b"k=v"])
        length = LONGEST_LINE * self.one_of([1, 1, 1, 1, 2]) + self.rng.randint(-3, 4)
        return head + b"z" * max(0, length - len(head) - len(tail)) + tail

    def statement(self):
        if self.maybe(0.01):
            return self.long_line()
        if self.targets and self.maybe(0.2) or self.maybe(0.01):
            return self.directive()
        kinds = [self.assignment, self.header, lambda: self.one_of(COMMENTS, WILD_COMMENTS), lambda: b""]
        return self.rng.choices(kinds, [8, 3, 1, 0.5])[0]()

    def insert(self, text, part):
        at = self.rng.randint(0, len(text)) if self.maybe(0.6) else len(text)
        return text[:at] + part + text[at:]

    def line(self):
        text = self.statement()
        while self.maybe(0.08):
            text = self.insert(text, self.one_of(COMMENTS, WILD_COMMENTS))
        while self.maybe(self.wild * 0.5):
            text = self.insert(text, self.one_of(BLANKS, WILD_BLANKS))
        if self.maybe(0.1):
            text = self.one_of(BLANKS, WILD_BLANKS) + text + self.one_of(BLANKS, WILD_BLANKS)
        return text

    def lines(self, count):
        end = self.one_of([None, b"\n", b"\n", b"\r\n"])
        first = self.name()
        self.names.append(first)
        self.plain_names.append(first)
        parts = [self.line() + (end or self.one_of(LINE_ENDS, WILD_LINE_ENDS)) for _ in range(count)]
        if not self.maybe(0.05):
            parts.insert(0, b"[" + first + b"]" + self.one_of([b"", b"", b"\r"], [b"(!)", b"\0"]) + b"\n")
        if self.maybe(0.05):
            parts.insert(self.one_of([0, 0, 0, 1]), b"\xef\xbb\xbf")
        text = b"".join(parts)
        return text.rstrip(b"\n") if self.maybe(0.1) else text

    def nest(self):
        """Comments within comments, about as many as are allowed."""
        depth = self.one_of([2, 3, 127, 127, 128, 128, 129])
        hidden = self.one_of([b"", b"\n", b"x;y", b"\nk=w\n"])
        closing = max(0, depth + self.rng.randint(-1, 1))
        return b"[a]\nk=v" + b";--" * depth + hidden + b"--;" * closing + b"\nk=x\n[b]\n"

    def soup(self, most=60):
        return bytes(self.rng.choices(SOUP, k=self.rng.randint(1, most)))

    def mutant(self, samples):
        text = self.one_of(samples)[:20000]
        for _ in range(self.rng.randint(1, 6)):
            at = self.rng.randint(0, len(text))
            some = text[at : at + self.rng.randint(1, 100)]
            comment = self.one_of(COMMENTS, WILD_COMMENTS)
            new = self.one_of([b"", self.soup(1), self.soup(3), self.line() + b"\n", comment, some, some + some])
            text = text[:at] + new + text[at + self.one_of([0, 0, 1, len(some)]) :]
        return text


def random_file(seed, number, samples):
    rng = random.Random(f"file {seed} {number}")
    writer = Writer(rng, rng.choice([0.02, 0.1, 0.1, 0.3]))
    kind = rng.random()
    if kind < 0.70:
        return writer.lines(rng.randint(1, 25))
    if kind < 0.83:
        return writer.mutant(samples)
    if kind < 0.85:
        return writer.nest()
    return rng.choice([b"[a]\n", b"[a]\nk=v\n[b](a)\n", b"[a]\nk=", b""]) + writer.soup()


def random_tree(seed, number):
    """Files by name, MAIN among them; a string is what a symbolic link points to. There are no links among random
    patterns: whether `*/` finds one that points to a file depends on the C library, not on Asterisk."""
    rng = random.Random(f"tree {seed} {number}")
    kind = rng.choice([forest, forest, forest, circle, chain, globs])
    files = kind(rng)
    if kind is not globs and len(files) > 1 and rng.random() < 0.1:
        files[rng.choice([name for name in files if name != MAIN])] = rng.choice(LINKS)
    return files


def forest(rng):
    """Each file includes only others that come later."""
    names = [MAIN] + rng.sample(TREE_NAMES, rng.randint(1, 7))
    files = {}
    for place, name in enumerate(names):
        targets = [form(rng, other) for other in names[place + 1 :] for _ in range(3)]
        if place == 0:
            targets += rng.sample(PATTERNS, 4)
        files[name] = Writer(rng, rng.choice([0.02, 0.02, 0.1, 0.3]), targets).lines(rng.randint(1, 8))
    return files


def circle(rng):
    """Files that include themselves and each other, twice each at most: three would be 59,049 files on ten levels."""
    names = [MAIN] + rng.sample(TREE_NAMES, rng.randint(0, 2))
    files = {}
    for name in names:
        writer = Writer(rng, 0.02)
        files[name] = writer.lines(rng.randint(0, 3))
        writer.targets = [form(rng, other) for other in names]
        for _ in range(rng.choice([1, 1, 2])):
            files[name] += b"\n" + writer.directive() + b"\n" + writer.assignment() + b"\n"
    return files


def chain(rng):
    """Each file includes the next, about as deep as is allowed; some end in a fault."""
    names = [MAIN] + [f"level{level}.conf" for level in range(rng.randint(8, 13))]
    files = {}
    for name, following in zip(names, names[1:]):
        writer = Writer(rng, 0.02, [following.encode()])
        files[name] = writer.lines(rng.randint(0, 1)) + b"\n" + writer.directive() + b"\n" + writer.assignment() + b"\n"
    files[names[-1]] = rng.choice([b"k=v", b"[x]", b"[", b"[x](nobody)\n", b'#include "missing"\n', b"[x](+)\n"])
    return files


def globs(rng):
    """Files whose keys tell which of them a random pattern has found, and in which order."""
    files = {name: b"k=" + name.encode() + b"\n" for name in rng.sample(GLOB_NAMES, rng.randint(4, len(GLOB_NAMES)))}
    text = b""
    for number in range(rng.randint(1, 8)):
        pattern = bytes(rng.choices(GLOB_SOUP, k=rng.randint(1, 9))).lstrip(b"/")
        text += b'[%d]\n#tryinclude "%s"\n' % (number, pattern)
    return {MAIN: text, **files}


def form(rng, name):
    """A way to write a file's name."""
    name = name.encode()
    for magic in (b"[", b"]", b"{", b"}"):
        if rng.random() < 0.7:
            name = name.replace(magic, b"\\" + magic)
    return rng.choice([name, name, name, b"./" + name, b"/conf/" + name, b"sub/../" + name, b"/conf//" + name])
