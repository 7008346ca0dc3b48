"""Where things lie in the repository, and how its own lists are read."""

import pathlib
import re
import shutil
import subprocess

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ["lookup", "accounts", "assistant", "jobs", "gateway"]
PORTS = {"lookup": 7101, "assistant": 7102, "accounts": 7103, "jobs": 7104, "gateway": 8080}


def read(path):
    return (ROOT / path).read_text()


def compose():
    return yaml.safe_load(read("compose.yaml"))


def program(name):
    """The built program, or None."""
    for folder in (".build/debug", ".build-release/release"):
        path = ROOT / folder / name
        if path.exists():
            return str(path)
    return None


def stores():
    """`accounts/accounts.sqlite` and the others, from the command line's own list."""
    text = read("Services/CommandLine/Backup/BackupContents.swift")
    listed = text[text.index("static let stores") : text.index("static let folders")]
    return set(re.findall(r'"([a-z]+/[a-z]+\.sqlite)"', listed))


def settings():
    """The names in the table of settings, which a Tidy test keeps equal to the list in the code."""
    return set(re.findall(r"^\| `(CODINGAHEAD_[A-Z_]+)`", read("Shared/Runtime/README.md"), re.MULTILINE))


def allow_list(text):
    """Which program may call which program, from an allow-list; the operator is a caller, Health is everybody's."""
    pairs = set()
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if not words or not words[0].startswith("spiffe://codingahead/"):
            continue
        caller = words[0].rsplit("/", 1)[1]
        for method in words[1:]:
            if method == "*":
                pairs |= {(caller, name) for name in PROGRAMS if name != "gateway"}
            else:
                pairs.add((caller, method.split(".")[1]))
    return pairs


def seconds(text):
    """`40s` and `1m30s` as a number."""
    parts = re.findall(r"(\d+)([ms])", str(text))
    return sum(int(number) * (60 if unit == "m" else 1) for number, unit in parts)


def has(command):
    return shutil.which(command) is not None


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)
