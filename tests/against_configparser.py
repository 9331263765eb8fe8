#!/usr/bin/env python3
"""Holds the reader `configparser` against Python's configparser: the files of fixtures/readers/configparser, and random
ones. FILES= (1000) and SEED= in the environment choose these. BUILD is the folder that arilint was built in."""

import base64
import configparser
import json
import os
import random
import subprocess
import tempfile

from harness import check, finish

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.environ.get('BUILD') or os.path.dirname(os.path.realpath(os.path.join(REPOSITORY, 'build/arilint')))
FIXTURES = os.path.join(REPOSITORY, 'fixtures/readers/configparser')
WORDS = ['a', 'b', 'Key', 'KEY', 'DEFAULT', 'Ключ', 'ÄÖ', '1', '=', '=', '=', ':', ' = ', '==', '[', ']', '[a]', '[b]',
         '[DEFAULT]', '[]', '[a] x', '[a]]', ' ', '  ', '\t', '\xa0', '\x1c', '\u2003', '\u2028', '\x0b', '\x00', '\ufeff',
         '#', ';', '# c', ' ; c', '"', "'", '\\', '%', '%(a)s', '${a}', '\n', '\n', '\n', '\n', '\r\n', '\r', '\n\n']
LINES = ['[a]', '[b]', '[DEFAULT]', 'key = value', 'Key: value', 'key', 'key =', '= value', '# comment', '; comment', '',
         ' ', '  more', '\tmore', '    key = value', '  # comment', ' [a]', 'other = a = b', 'key=value ; text', '\u2003x = y',
         'X = 1', 'Y:2']


def seen_by_python(path):
    """The sections that Python sees, or None where it refuses the file."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        with open(path, encoding='utf-8') as file:
            parser.read_file(file)
    except (configparser.Error, UnicodeDecodeError):
        return None
    sections = {name: dict(parser.items(name)) for name in parser.sections()}
    return dict(sections, DEFAULT=dict(parser.defaults()))


def text_of(value):
    return value if isinstance(value, str) else base64.b64decode(value['b64']).decode('utf-8', 'surrogateescape')


def sections_of(view):
    """The same of what arilint's reader sees, sections of one name made one."""
    if not view['ok']:
        return None
    sections = {'DEFAULT': {}}
    for section in view['sections']:
        values = sections.setdefault(text_of(section['name']), {})
        values.update((text_of(name), text_of(value)) for name, value in section['vars'])
    return sections


def seen_by_arilint(paths, folder):
    """What arilint's reader sees in each file, from one process; a text where it fails."""
    cases = ''.join(f'dump\t--show-secrets=always\t--reader\tconfigparser\t{path}\n' for path in paths)
    run = subprocess.run([os.path.join(BUILD, 'driver/batch'), folder], input=cases.encode(), capture_output=True, check=True)
    for number, status in enumerate(run.stdout.split(), 1):
        with open(os.path.join(folder, f'{number}.out'), encoding='utf-8') as file:
            printed = file.read()
        try:
            yield sections_of(json.loads(printed)) if status == b'0' else f'exit status {status.decode()}'
        except ValueError as error:
            yield f'no JSON: {error}'


def random_bytes(random_source):
    if random_source.random() < 0.6:
        lines = [random_source.choice(LINES) for _ in range(random_source.randrange(1, 14))]
        text = '[a]\n' + random_source.choice(['\n', '\n', '\n', '\r\n', '\r']).join(lines)
    else:
        text = '[a]\n' * random_source.randrange(2)
        text += ''.join(random_source.choice(WORDS) for _ in range(random_source.randrange(1, 30)))
    data = text.encode()
    if random_source.random() < 0.02:
        data += random_source.choice([b'\xff', b'\xc3', b'\xed\xa0\x80'])
    return data


def main():
    seed = os.environ.get('SEED') or str(random.randrange(2 ** 32))
    print(f'SEED={seed}')
    random_source = random.Random(seed)
    paths = [os.path.join(FIXTURES, name) for name in sorted(os.listdir(FIXTURES)) if not name.endswith('.json')]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(int(os.environ.get('FILES', '1000'))):
            paths.append(os.path.join(folder, f'{number}.ini'))
            with open(paths[-1], 'wb') as file:
                file.write(random_bytes(random_source))
        for path, here in zip(paths, seen_by_arilint(paths, folder), strict=True):
            there = seen_by_python(path)
            with open(path, 'rb') as file:
                check(here == there, f'{os.path.basename(path)} of SEED={seed}, {file.read()!r}: Python sees {there!r}, '
                                     f'arilint {here!r}')


main()
finish()
