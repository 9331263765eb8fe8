"""The kinds of faults. Each says what can be done about it from the two files alone, for 16 and for 22:

works   it does no harm there
safe    --fix mends it: both files together say what was meant
unsafe  --fix reports it, --unsafe-fixes mends it: a right is granted, something is opened, renamed or deleted
report  nobody but its author can know what was meant: it is reported, and nothing is touched

`about` is what a fault takes away; two faults of one set-up never take the same, or the files would no longer say it.
"""

from setups import Section, for_asterisk, for_dotenv


class Kind:
    def __init__(self, name, about, old, new, change, needs, unpredicted, safe, apart):
        self.unpredicted = unpredicted
        self.safe = safe
        self.apart = apart
        self.name = name
        self.about = set(about.split())
        self.outcome = {"16": old, "22": new}
        self.change = change
        self.needs = needs

    def outcome_in(self, setup):
        """For the server of the set-up, which has the fault by now."""
        if setup.more and self.apart:
            return self.apart[setup.version]
        return "safe" if self.safe and self.safe(setup) else self.outcome[setup.version]


KINDS = []


def kind(about, old, new=None, needs=None, unpredicted=None, safe=None, apart=None):
    """needs: of a set-up, for the fault to be one; unpredicted: why the files alone do not tell what the server answers; safe:
    of a set-up, for --fix to mend it all the same; apart: another outcome, on 16 and on 22, where the user stands in an
    included file: no fix moves what is in two files, and none is made from the one in the other."""
    def add(change):
        KINDS.append(Kind(change.__name__.replace("_", "-"), about, old, new or old, change, needs, unpredicted,
                          safe, apart and dict(zip(("16", "22"), apart.split()))))
        return change
    return add


def own_type(setup):
    return setup.section.has("type")


def has_other(setup):
    return setup.other is not None


def plain_http(setup):
    return setup.scheme == "http"


def on_loopback(setup):
    """What is opened is open to this machine alone."""
    return plain_http(setup) and any(one == ["bindaddr", "127.0.0.1"] for one in setup.http_general.keys)


def own_read_only(setup):
    """16 knows nothing else that a template could restrict."""
    return setup.version == "16" and setup.section.has("read_only")


def new_letters(setup):
    """A password that every program reads without quotes, so that it can be written for all of them."""
    return "".join(letter for letter in setup.new_password() if letter.isalnum() and letter.isascii())


def letters_only(setup):
    return setup.password.isalnum()


def in_capitals(user):
    """Or nearly so: ARI_USER is what a program fills in, and nothing is foretold of it."""
    return user.capitalize() if "_" in user else user.upper()


# --- [general] of ari.conf ---


@kind("general", "works", "safe")
def general_repeated(setup):
    setup.ari.append(Section("general", [["enabled", "yes"]]))


@kind("general", "works", "safe")
def general_repeated_with_other_values(setup):
    setup.ari.append(Section("general", [["enabled", "yes"], ["pretty", "no"], ["allowed_origins", "*"]]))


@kind("general", "works", "safe")
def general_three_times(setup):
    setup.ari[1:1] = [Section("general", [["pretty", "yes"]])]
    setup.ari.append(Section("general", [["pretty", "no"]]))


@kind("general", "works", "safe")
def general_missing(setup):
    setup.ari.remove(setup.general)


@kind("general", "works", "safe")
def general_in_other_letters(setup):
    setup.general.name = setup.pick("General", "GENERAL")


@kind("general", "safe")
def general_with_blanks(setup):
    setup.general.name = setup.pick(" general", "general ", " general ")


@kind("general", "unsafe")
def ari_disabled(setup):
    setup.general.set("enabled", setup.pick("no", "false", "off", "0"))


@kind("general", "safe")
def ari_enabled_is_no_boolean(setup):
    setup.general.set("enabled", setup.pick("ye", "yess", '"yes"', "enabled", "2", "ja"))


@kind("general", "safe")
def ari_enabled_is_empty(setup):
    setup.general.set("enabled", "")


@kind("general", "safe")
def general_key_misspelt(setup):
    setup.general.set(setup.pick("prety", "allowed_origin", "allow_origins", "auth_relm"), "yes")


@kind("general", "safe")
def general_enabled_misspelt(setup):
    setup.general.rename("enabled", setup.pick("enable", "enabeld", "enabledd"))


@kind("general", "safe")
def general_key_unknown(setup):
    setup.general.set(setup.pick("foo", "bindport", "username"), "1")


@kind("general", "works", "safe")
def general_key_in_other_letters(setup):
    setup.general.rename("enabled", setup.pick("Enabled", "ENABLED"))


@kind("general", "safe", "works")
def general_is_a_user(setup):
    setup.general.set("type", "user")


@kind("general", "safe", "works")
def write_timeout_is_no_number(setup):
    setup.general.set("websocket_write_timeout", setup.pick("0", "-5"))


@kind("general", "works")
def general_repeated_with_a_key_in_other_letters(setup):
    setup.general.rename("enabled", "Enabled")
    setup.ari.append(Section("general", [["pretty", "yes"]]))


@kind("general", "safe", "works")
def general_repeated_with_an_unknown_key(setup):
    setup.ari.append(Section("general", [["foo", "yes"]]))


@kind("general", "safe")
def text_before_general(setup):
    setup.general.name = "general"
    setup.general.before = setup.pick("ini", "text", "```ini ")
    setup.ari.remove(setup.general)
    setup.ari.insert(0, setup.general)


@kind("general", "safe")
def general_not_closed(setup):
    setup.general.close = ""


# --- the backend's section ---


@kind("section password", "works", "safe", own_type)
def user_repeated(setup):
    setup.ari.append(Section(setup.user, [list(one) for one in setup.section.keys]))


@kind("section password", "safe", needs=own_type, apart="works report")
def user_repeated_with_another_password(setup):
    setup.ari.append(Section(setup.user, [["type", "user"], ["password", new_letters(setup)]]))


@kind("section", "safe", needs=own_type)
def type_missing(setup):
    setup.section.drop("type")


@kind("section", "safe", needs=own_type)
def type_misspelt(setup):
    setup.section.set("type", setup.pick("users", "usr", "uesr", "use"))


@kind("section", "safe", needs=own_type)
def type_is_another_word(setup):
    setup.section.set("type", setup.pick("admin", "peer", "friend", ""))


@kind("section", "works", "safe", own_type)
def type_in_other_letters(setup):
    setup.section.set("type", setup.pick("User", "USER"))


@kind("section", "safe", needs=own_type)
def type_key_misspelt(setup):
    setup.section.rename("type", setup.pick("typ", "tpye", "types"))


@kind("section", "works", needs=own_type)
def type_repeated(setup):
    setup.section.keys.append(["type", "usr"])


@kind("section", "safe")
def user_key_unknown(setup):
    setup.section.set(setup.pick("foo", "context", "description"), "no")


@kind("section", "safe")
def user_key_misspelt(setup):
    setup.section.drop("read_only")
    setup.section.set(setup.pick("readonly", "read-only", "red_only"), "no")


@kind("section", "works")
def user_key_in_other_letters(setup):
    setup.section.rename("password", "Password")


@kind("section password", "safe")
def password_key_misspelt(setup):
    setup.section.rename("password", setup.pick("passwrod", "passwd", "pasword"))


@kind("section", "works")
def read_only(setup):
    setup.section.set("read_only", "yes")


@kind("section", "safe")
def password_format_misspelt(setup):
    setup.section.set("password_format", setup.pick("plian", "text", "md5"))


@kind("section", "works")
def password_format_in_other_letters(setup):
    setup.section.set("password_format", setup.pick("Plain", "plain"))


@kind("section password", "safe")
def password_is_no_hash(setup):
    setup.section.set("password_format", "crypt")


@kind("section password", "unsafe")
def hash_of_another_password(setup):
    setup.section.set("password_format", "crypt")
    setup.section.set("password", "$6$abcdefgh$" + "a" * 86)


@kind("section", "unsafe")
def acl_denies_everybody(setup):
    setup.section.set("deny", "0.0.0.0/0.0.0.0")


@kind("section", "unsafe")
def acl_address_is_none(setup):
    setup.section.set("permit", setup.pick("not-an-ip", "127.0.0.300/8", "127.0.0.0/33"))


@kind("section user password", "safe", needs=own_type)
def user_header_with_a_blank(setup):
    setup.section.name = setup.user + " "


@kind("section", "safe", needs=lambda setup: setup.section.options == "(base)")
def template_behind_a_blank(setup):
    setup.section.options = " (base)"


@kind("section user password", "works", "safe")
def user_header_in_other_letters(setup):
    setup.section.name = setup.pick(in_capitals(setup.user), setup.user.capitalize())


@kind("section user password", "unsafe", "works", own_type, apart="works works")
def user_in_other_letters_with_another_password(setup):
    twin = Section(in_capitals(setup.user), [["type", "user"], ["password", new_letters(setup)]])
    setup.ari.append(twin)


@kind("section user password file", "safe", "works", own_type)
def user_repeated_with_another_type_behind(setup):
    setup.ari.append(Section(setup.user, [["type", "usr"], ["read_only", "no"]]))


@kind("section user password file", "safe", "works", own_type)
def user_repeated_with_another_type_before(setup):
    setup.ari.insert(1, Section(setup.user, [["type", "usr"], ["read_only", "no"]]))


@kind("section user password file", "safe", "works", own_type)
def user_repeated_without_type_before(setup):
    setup.ari.insert(1, Section(setup.user, [["read_only", "no"]]))


@kind("section", "safe")
def user_header_not_closed(setup):
    setup.section.close = ""
    setup.section.options = ""
    if not setup.section.has("type"):
        setup.section.keys.append(["type", "user"])


@kind("section", "unsafe", needs=own_type, safe=own_read_only, apart="report report")
def user_of_a_missing_template(setup):
    setup.section.options = "(nobody)"


@kind("section", "safe", needs=own_type, apart="report report")
def user_added_to_nothing(setup):
    setup.section.options = "(+)"


@kind("section", "safe")
def user_key_that_restricts_misspelt(setup):
    setup.section.drop("read_only")
    setup.section.set(setup.pick("readonly", "read-only", "readOnly"), "yes")


# --- another user's section ---


@kind("other", "safe", "works", needs=has_other)
def other_user_without_type(setup):
    setup.other.drop("type")


@kind("other", "safe", "works", needs=has_other)
def other_user_with_another_type(setup):
    setup.other.set("type", "usr")


@kind("other", "safe", "works", needs=has_other)
def other_user_with_an_unknown_key(setup):
    setup.other.set("readonly", "yes")


@kind("other", "safe", needs=has_other)
def other_user_not_closed(setup):
    setup.other.close = ""


@kind("other", "works", needs=has_other)
def other_user_without_password(setup):
    setup.other.drop("password")


@kind("other", "works", "safe", has_other)
def other_user_repeated(setup):
    setup.ari.append(Section(setup.other.name, [list(one) for one in setup.other.keys]))


# --- what the parser of ari.conf stumbles over ---


@kind("file", "safe")
def header_not_closed(setup):
    setup.last["ari"] = ["[fax_users"]


@kind("file", "safe")
def key_before_the_first_section(setup):
    setup.first["ari"] = ["enabled = yes"]


@kind("file", "safe")
def include_missing(setup):
    setup.last["ari"] = ['#include "ari_users.conf"']


@kind("file", "safe")
def template_missing(setup):
    setup.ari.append(Section("late", [["type", "user"], ["password", "abcdefgh1"]], "(nobody)"))


@kind("file", "works")
def tryinclude_missing(setup):
    setup.last["ari"] = ['#tryinclude "ari_users.conf"']


@kind("file", "works")
def user_in_an_include(setup):
    setup.ari.remove(setup.section)
    setup.last["ari"] = ["#include ari_users.conf"]
    setup.more["ari_users.conf"] = [setup.section]
    if setup.section.options:
        setup.ari = [one for one in setup.ari if one.name == "base"] + [one for one in setup.ari if one.name != "base"]


@kind("file general", "works")
def comment_with_a_hash(setup):
    setup.first["ari"] = ["# ARI of the call center"]


@kind("file general section", "unsafe")
def comment_not_closed(setup):
    setup.ari.remove(setup.section)
    setup.ari.append(setup.section)
    setup.ari[setup.ari.index(setup.section) - 1].keys.append(";-- the users")


@kind("file general section", "safe")
def comment_closed_twice(setup):
    setup.first["ari"] = [";-- users --; --;"]


@kind("ari-bytes", "works")
def ari_with_a_mark(setup):
    setup.before["ari"] = b"\xef\xbb\xbf"


@kind("ari-bytes", "works")
def ari_with_crlf(setup):
    setup.ends["ari"] = "\r\n"


# --- the password in two places ---


@kind("password", "safe", needs=letters_only)
def env_password_differs(setup):
    setup.password_text = for_dotenv(setup.chance, setup.new_password())


@kind("password", "safe", needs=letters_only)
def env_password_in_other_letters(setup):
    setup.password_text = setup.password.swapcase()


@kind("password", "safe", needs=letters_only)
def env_password_cut_at_a_hash(setup):
    password = setup.password + "#" + setup.password
    setup.section.set("password", password)
    setup.password_text = password


@kind("password", "safe", needs=letters_only)
def ari_password_cut_at_a_semicolon(setup):
    setup.section.set("password", setup.password + ";" + setup.password)
    setup.password_text = setup.password + ";" + setup.password


@kind("password", "safe", needs=letters_only)
def ari_password_in_quotes(setup):
    setup.section.set("password", setup.pick('"%s"', "'%s'") % setup.password)


@kind("password", "safe", needs=letters_only)
def env_password_with_blanks(setup):
    setup.password_text = f"' {setup.password} '"


@kind("password", "safe", needs=letters_only)
def env_password_quote_not_closed(setup):
    setup.password_text = "'" + setup.password


@kind("password", "works", needs=letters_only)
def env_password_before_a_comment(setup):
    setup.password_text = setup.password + setup.pick(" # of ari.conf", "  #")


# The one that counts is written anew, which needs a password that all readers take alike.
@kind("password", "safe", needs=letters_only)
def env_password_repeated(setup):
    setup.env_more = [f"{setup.password_key}={for_dotenv(setup.chance, setup.new_password())}"]


@kind("password", "works")
def env_password_repeated_before(setup):
    setup.env_more = [f"{setup.password_key}={setup.password_text}"]
    setup.password_text = for_dotenv(setup.chance, setup.new_password())


@kind("password", "safe", needs=letters_only)
def env_password_is_a_placeholder(setup):
    setup.password_text = setup.pick("changeme", "your_password_here", "xxx")


@kind("password", "report", unpredicted="a program may fill it in before the backend reads it")
def env_password_is_a_token(setup):
    setup.password_text = setup.pick("<password>", "__PASSWORD__")


@kind("password", "safe", needs=letters_only)
def env_password_empty(setup):
    setup.password_text = ""


@kind("password", "unsafe",
      unpredicted="something else may give the backend its password")
def env_password_missing(setup):
    setup.password_text = False


@kind("password", "report",
      unpredicted="a program may fill it in before Asterisk reads it")
def ari_password_is_a_placeholder(setup):
    setup.section.set("password", setup.pick("changeme", "__PASSWORD__", "${ARI_PASSWORD}"))


@kind("password", "safe")
def ari_password_missing(setup):
    setup.section.drop("password")


@kind("password", "safe")
def ari_password_empty(setup):
    setup.section.set("password", "")


@kind("password", "safe", needs=letters_only)
def ari_password_without_a_sign(setup):
    setup.section.drop("password")
    setup.section.keys.append("password " + for_asterisk(setup.password))


@kind("password", "safe")
def ari_password_repeated(setup):
    setup.section.keys.append(["password", new_letters(setup)])


# --- the user ---


@kind("user password section", "safe")
def env_user_misspelt(setup):
    at = setup.chance.randint(1, len(setup.user) - 2)
    setup.user_text = setup.user[:at] + setup.user[at + 1:]


@kind("user password section", "works", "safe")
def env_user_in_other_letters(setup):
    setup.user_text = setup.pick(in_capitals(setup.user), setup.user.capitalize())


@kind("user password section", "safe")
def env_user_is_nobody(setup):
    setup.user_text = "somebody-else"


@kind("user password section", "safe")
def env_user_empty(setup):
    setup.user_text = ""


# --- the address ---


@kind("url http", "safe")
def env_port_differs(setup):
    setup.port = setup.pick("8080", "8087", "5038")


@kind("url http", "safe")
def env_port_missing(setup):
    setup.url_text = f"{setup.scheme}://{setup.host}{setup.path}"


@kind("url http", "safe", needs=plain_http)
def http_port_differs(setup):
    setup.http_general.set("bindport", setup.pick("8085", "9088"))


@kind("url http", "safe", needs=plain_http)
def http_port_in_bindaddr(setup):
    setup.http_general.set("bindaddr", "127.0.0.1:8095")


@kind("url http", "safe", needs=lambda setup: plain_http(setup) and setup.port != "8088")
def http_port_key_misspelt(setup):
    setup.http_general.rename("bindport", setup.pick("bindprt", "bind_port", "port"))


@kind("url http", "safe", needs=lambda setup: plain_http(setup) and setup.port != "8088")
def http_port_is_no_number(setup):
    setup.http_general.set("bindport", setup.pick("http", "99999"))


@kind("url", "safe")
def env_path_differs(setup):
    setup.path = setup.pick("/asterisk/ari", "/api/ari") if not setup.prefix else "/ari"


@kind("url", "unsafe")
def env_path_is_another(setup):
    setup.path = setup.pick("/ari/v1", "/rest")


@kind("url", "works")
def env_path_in_other_letters(setup):
    setup.path = setup.path.upper()


@kind("url http", "safe")
def http_prefix_with_a_slash(setup):
    setup.http_general.set("prefix", "/asterisk")
    setup.path = "/asterisk/ari"


@kind("url", "unsafe")
def env_url_ends_in_a_slash(setup):
    setup.tail = "/"


@kind("url", "safe", needs=plain_http)
def env_url_is_https(setup):
    setup.scheme = "https"


@kind("url", "unsafe")
def env_url_without_a_scheme(setup):
    setup.url_text = f"{setup.host}:{setup.port}{setup.path}"


@kind("url http", "safe", needs=plain_http)
def env_host_is_another(setup):
    setup.http_general.set("bindaddr", "127.0.0.1")
    setup.host = setup.pick("127.0.0.2", "127.1.1.1")


# --- http.conf ---


@kind("http", "unsafe", needs=plain_http)
def http_disabled(setup):
    setup.http_general.set("enabled", setup.pick("no", "false", "off"))


@kind("http", "unsafe", needs=plain_http)
def http_enabled_missing(setup):
    setup.http_general.drop("enabled")


@kind("http", "unsafe", needs=plain_http, safe=on_loopback)
def http_enabled_is_no_boolean(setup):
    setup.http_general.set("enabled", setup.pick("ye", '"yes"', "enabled"))


@kind("http", "unsafe", needs=plain_http, safe=on_loopback)
def http_enabled_misspelt(setup):
    setup.http_general.rename("enabled", setup.pick("enabeld", "enable"))


@kind("http", "safe", needs=plain_http)
def http_bindaddr_missing(setup):
    setup.http_general.drop("bindaddr")


@kind("http", "unsafe", needs=plain_http)
def http_bindaddr_of_another_machine(setup):
    setup.http_general.set("bindaddr", "192.0.2.1")


@kind("http", "works")
def http_general_repeated(setup):
    setup.http.append(Section("general", [["enabled", "no"], ["bindport", "9999"]]))


@kind("http", "unsafe", needs=plain_http, safe=on_loopback)
def http_general_repeated_before(setup):
    setup.http.insert(0, Section("general", [["servername", "Asterisk"]]))


@kind("http", "unsafe", safe=on_loopback)
def http_section_misspelt(setup):
    setup.http_general.name = setup.pick("genral", "http")


@kind("http", "safe")
def http_header_not_closed(setup):
    setup.last["http"] = ["[post_mappings"]


@kind("http", "safe")
def text_before_http_general(setup):
    setup.http_general.before = setup.pick("ini", "text")


@kind("http", "safe")
def http_general_not_closed(setup):
    setup.http_general.close = ""

@kind("http", "works")
def http_key_unknown(setup):
    setup.http_general.set("foo", "bar")


@kind("http", "works")
def http_key_in_other_letters(setup):
    setup.http_general.rename("enabled", "Enabled")


@kind("http-bytes", "works")
def http_with_crlf_and_a_mark(setup):
    setup.ends["http"] = "\r\n"
    setup.before["http"] = b"\xef\xbb\xbf"


# --- .env as a file ---


@kind("env-bytes", "works")
def env_with_crlf(setup):
    setup.ends["env"] = "\r\n"


@kind("env-bytes", "works")
def env_with_a_mark(setup):
    setup.before["env"] = b"\xef\xbb\xbf"


@kind("env-bytes", "works")
def env_with_exports(setup):
    setup.exports = True


def put_in(setup, one_of=None):
    """One to three faults; now and then none, as what works must stay as it is. Returns their kinds."""
    if one_of is not None:
        one_of.change(setup)
        return [one_of]
    count = setup.chance.choice([0, 1, 1, 1, 1, 2, 2, 2, 3, 3])
    kinds, taken = [], set()
    for one in setup.chance.sample(KINDS, len(KINDS)):
        if len(kinds) == count:
            break
        if not taken & one.about and (one.needs is None or one.needs(setup)):
            taken |= one.about
            one.change(setup)
            kinds.append(one)
    return kinds
