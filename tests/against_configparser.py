#!/usr/bin/env python3
"""Holds the reader `configparser` against Python's configparser: the files of fixtures/readers/configparser, and random
ones. FILES= (1000) and SEED= in the environment choose these; after SECONDS (5) no further one is begun."""

import base64
import configparser
import json
import os
import random
import subprocess
import sys
import tempfile
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ARILINT = os.path.abspath(os.environ.get('ARILINT', os.path.join(REPOSITORY, 'build/arilint')))
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


def seen_by_arilint(path):
    """The same of arilint's reader, sections of one name made one."""
    run = subprocess.run([ARILINT, 'dump', '--reader', 'configparser', path], capture_output=True, check=True, timeout=30)
    view = json.loads(run.stdout)
    if not view['ok']:
        return None
    sections = {'DEFAULT': {}}
    for section in view['sections']:
        values = sections.setdefault(text_of(section['name']), {})
        values.update((text_of(name), text_of(value)) for name, value in section['vars'])
    return sections


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


def agrees(path, name):
    try:
        here = seen_by_arilint(path)
    except (subprocess.SubprocessError, ValueError) as error:
        print(f'FAIL {name}: {error}')
        return False
    there = seen_by_python(path)
    if here == there:
        return True
    print(f'FAIL {name}: Python sees {there!r}, arilint {here!r}')
    return False


def main():
    seed = os.environ.get('SEED') or str(random.randrange(2 ** 32))
    files = int(os.environ.get('FILES', '1000'))
    end = time.monotonic() + float(os.environ.get('SECONDS', '5'))
    print(f'SEED={seed}')
    random_source = random.Random(seed)
    results = []
    for name in sorted(os.listdir(FIXTURES)):
        if not name.endswith('.json'):
            results.append(agrees(os.path.join(FIXTURES, name), name))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'random.ini')
        for number in range(files):
            if time.monotonic() > end:
                break
            data = random_bytes(random_source)
            with open(path, 'wb') as file:
                file.write(data)
            results.append(agrees(path, f'file {number} of SEED={seed}, {data!r}'))
    print(f'{results.count(True)} passed, {results.count(False)} failed')
    return results.count(False) > 0


sys.exit(main())
