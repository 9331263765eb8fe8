"""Random .env files and random values; the same seed gives the same ones."""
import string

WORDS = ["abc", "s3cr3t", "x", "pw", "12", "a.b", "foo-bar", "/", "a/b", "true", "null", "Zq9"]
KEYS = ["K", "K", "K", "A", "B_2", "ARI_PASSWORD", "lower", "_u", "Z", "LONG_NAME_1"]
ODD_KEYS = ["a.b", "a-b", "1AB", "K K", "\u00e9", "K[0]", "", "K+", "'K'", '"K"', "$K", "OUTER", "K:", "#K", "export",
            "EXPORT K", "exportK", "K\u00a0", "@K", "K/L", "K\x00", "K\udcff", "?", "é_x", "K\\"]
EXPANSIONS = ["$OUTER", "${OUTER}", "$K", "${K}", "$A", "${B_2}", "$lower", "$UNSET", "${UNSET}", "${UNSET:-def}",
              "${UNSET-def}", "${UNSET:-}", "${OUTER:-def}", "${OUTER:+alt}", "${OUTER+alt}", "${UNSET+alt}",
              "${K:-$OUTER}", "${UNSET:-${OUTER}}", "${UNSET:-a b}", "${UNSET:?gone}", "${UNSET?}", "$$", "$", "${",
              "${}", "$}", "${K", "$1", "$(", "$(nope)", "`nope`", "\\$OUTER", "\\${K}", "$K.x", "$K-y", "${a.b}",
              "${K }", "$K$A", "$_u", "%OUTER%", "${OUTER}}", "{$OUTER}", "${UNSET:-'q'}", '${UNSET:-"q"}', "$é"]
ESCAPES = ["\\n", "\\r", "\\t", "\\\\", "\\'", '\\"', "\\`", "\\$", "\\#", "\\ ", "\\x", "\\0", "\\101", "\\u00e9",
           "\\a", "\\=", "\\!", "\\\\\\", "\\\\n"]
BLANKS = [" ", " ", " ", "\t", "  ", " \t"]
ODD_BLANKS = ["\u00a0", "\u3000", "\f", "\v", "\u2028", "\x85", "\ufeff", "\r", "\x1c"]
PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
COMMENTS = ["# c", "#c", "# it's", '# say "hi', "# a=b", "#", "# c \\", "; c", "// c", "# `", "# '$K'", "#K=old"]
GARBAGE = ["hello", "hello world", "=", "=abc", "K", "export", "export K", "export A B", "'", '"', "[section]",
           "K abc", "-", "set K=abc", ".", "!", "---", "{", "OUTER", "export OUTER", "\\", "#", ":", "K==",
           "\x00", "\udcff\udcfe"]
ODD_CHARACTERS = ["é", "ü", "日本", "🙂", "\u2028", "\u00a0", "\x7f", "\x01", "\x1b"]


class Generator:
    """`wild` files heap oddities up; the others hold few, so that strict programs read them to the end."""

    def __init__(self, random):
        self.random = random
        self.wild = False

    def chance(self, mild, wild):
        return self.random.random() < (wild if self.wild else mild)

    def pick(self, items):
        return self.random.choice(items)

    def piece(self):
        kinds = [(WORDS, 10), (PUNCTUATION, 5), (BLANKS, 2), (EXPANSIONS, 3), (ESCAPES, 3),
                 (["#", " #", " # c", "\t# c"], 2), (["'", '"', "`"], 2), (ODD_CHARACTERS, 1),
                 (["=", "~", ":~", ":=", "\\"], 1)]
        if not self.wild:
            kinds[0] = (WORDS, 30)
        items, = self.random.choices([items for items, _ in kinds], [weight for _, weight in kinds])
        return self.pick(items)

    def inside(self, quote):
        """What stands between quotes: mostly without that quote, at times over several lines."""
        pieces = [self.piece() for _ in range(self.random.randint(0, 5 if self.wild else 3))]
        text = "".join(pieces)
        if not self.chance(0, 0.25):
            text = text.replace(quote, "\\" + quote if self.chance(0.1, 0.4) else "")
        if self.chance(0.08, 0.12):
            at = self.random.randint(0, len(text))
            text = text[:at] + self.pick(["\n", "\n", "\n\n", "\nB_2=x\n", "\n# c\n", "\r\n"]) + text[at:]
        return text

    def quoted(self):
        quote = self.pick(["'", "'", '"', '"', '"', "`"])
        end = "" if self.chance(0.02, 0.08) else quote
        return quote + self.inside(quote) + end

    def value(self):
        roll = self.random.random()
        if roll < 0.08:
            return ""
        if roll < 0.40:
            return "".join(self.piece() for _ in range(self.random.randint(1, 4 if self.wild else 2)))
        if roll < 0.48:
            return self.pick(WORDS)
        text = self.quoted()
        if self.chance(0.04, 0.12):
            text += self.pick(["abc", " def", "'x'", '"y"', "\\", "#c", ",", "  x", "$K"])
        if self.chance(0.02, 0.06):
            text = self.pick(["a", " ", "\\", "x="]) + text
        return text

    def statement(self):
        blank = lambda rate, wild: self.pick(BLANKS if not self.chance(0, 0.1) else ODD_BLANKS) \
            if self.chance(rate, wild) else ""
        export = "export" + self.pick([" ", " ", " ", "\t", "  "]) if self.chance(0.08, 0.15) else ""
        key = self.pick(ODD_KEYS if self.chance(0.015, 0.12) else KEYS)
        operator = self.pick([": ", ":", "==", "", " ", "+=", "=>"]) if self.chance(0.01, 0.06) else "="
        comment = self.pick(BLANKS + [""]) + self.pick(COMMENTS) if self.chance(0.08, 0.15) else ""
        return "".join([blank(0.03, 0.1), export, key, blank(0.04, 0.1), operator, blank(0.06, 0.12), self.value(),
                        blank(0.06, 0.12), comment])

    def line(self):
        roll = self.random.random()
        if roll < 0.08:
            return self.pick(["", "", " ", "\t"] if self.wild else [""])
        if roll < 0.18:
            return self.pick(["", "", " "]) + self.pick(COMMENTS)
        if self.chance(0.01, 0.12):
            return self.pick(GARBAGE)
        return self.statement()

    def corrupted(self, content):
        """A byte that is no text, at a low rate."""
        if self.chance(0.005, 0.03) and content:
            at = self.random.randint(0, len(content))
            odd = self.pick([b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f", b"\x80", b"\x00"])
            content = content[:at] + odd + content[at:]
        return content

    def file(self):
        self.wild = self.random.random() < 0.5
        ending = self.pick(["\r\n", "\r\n", "\r"]) if self.chance(0.06, 0.12) else "\n"
        lines = [self.line() for _ in range(self.random.randint(1, 6))]
        text = ending.join(lines) + ("" if self.chance(0.1, 0.15) else ending)
        mark = b"\xef\xbb\xbf" if self.chance(0.02, 0.04) else b""
        return self.corrupted(mark + text.encode("utf-8", "surrogateescape"))


def random_values(random, count):
    """As people choose passwords, and worse: printable, safe, dense in punctuation, beyond ASCII."""
    printable = [chr(code) for code in range(32, 127)]
    safe = string.ascii_letters + string.digits + "!%*+,-./:=?@[]^_{}~"
    kinds = [(printable, 50), (list(safe), 13), ([c for c in printable if c not in "'\\$"], 10),
             (PUNCTUATION + list("ab1 "), 20), (list("aZ9 #$'\"é日ß€🙂İ") + ["\u00a0", "\u3000"], 7)]
    alphabets = random.choices([alphabet for alphabet, _ in kinds], [share for _, share in kinds], k=count)
    return ["".join(random.choice(alphabet) for _ in range(random.randint(1, 40))) for alphabet in alphabets]
