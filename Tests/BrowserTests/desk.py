"""The five programs on free ports of 127.0.0.1, over a data folder of their own with the published code sets."""

import email.message
import email.policy
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("DESK_PROGRAMS", ROOT / ".build/debug"))
# A folder whose `lookup` holds a published snapshot; see ./run.
PUBLISHED = Path(os.environ.get("DESK_DATA", ROOT / ".build/browser-data"))
NAMES = ["Lookup", "Accounts", "Assistant", "Jobs", "Gateway"]
PASSWORD = "correct horse battery"


def free_port() -> int:
    """A port that is free, and the one 100 above it too."""
    for _ in range(100):
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + 100))
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("no free port in a hundred tries")


class Desk:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="browser-desk-"))
        self.processes: dict[str, subprocess.Popen] = {}
        lookup = self.folder / "lookup"
        # The snapshot is immutable: a link is as good as a copy.
        shutil.copytree(PUBLISHED / "lookup", lookup, copy_function=self._link)
        ports = {name: free_port() for name in NAMES}
        self.origin = f"http://127.0.0.1:{ports['Gateway']}"
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "CODINGAHEAD_DATA": str(self.folder),
            "CODINGAHEAD_HTTP": f"127.0.0.1:{ports['Gateway']}",
            "CODINGAHEAD_DRAIN_GRACE": "1s",
            # One machine runs all the tests' guests.
            "CODINGAHEAD_GUEST_NETWORK_CEILING": "100000",
        } | {f"CODINGAHEAD_{name.upper()}": f"127.0.0.1:{ports[name]}" for name in NAMES if name != "Gateway"}

    @staticmethod
    def _link(source: str, target: str) -> str:
        if source.endswith(".sqlite"):
            try:
                os.link(source, target)
            except OSError:
                # Another file system, or another mount of the same.
                shutil.copy2(source, target)
        else:
            shutil.copy2(source, target)
        return target

    def start(self) -> None:
        for name in NAMES:
            log = open(self.folder / f"{name}.log", "w")
            self.processes[name] = subprocess.Popen(
                [PROGRAMS / name], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while self.status("/readyz") != 200:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} ended:\n{self.log(name)}")
            if time.monotonic() > deadline:
                raise RuntimeError("not ready after 60 s:\n" + "\n".join(self.log(name) for name in NAMES))
            time.sleep(0.1)

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def status(self, path: str) -> int:
        try:
            return urllib.request.urlopen(self.origin + path, timeout=3).status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def make_administrator(self, email: str) -> None:
        subprocess.run(
            [PROGRAMS / "codingahead", "admin", "create", email, "--role", "administrator"], env=self.environment,
            input=PASSWORD + "\n", text=True, check=True, capture_output=True)

    @staticmethod
    def _text(message: email.message.EmailMessage) -> str:
        part = message.get_body(("plain",))
        return part.get_content() if part else ""

    def mailed_link(self, address: str, path: str) -> str:
        """The newest link to a page that was mailed to an address; without a relay mail lands in a Maildir."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = [
                link.group(0)
                for mail in sorted((self.folder / "mail").rglob("new/*"), key=lambda file: file.stat().st_mtime)
                if (message := email.message_from_bytes(mail.read_bytes(), policy=email.policy.default))["To"] == address
                and (link := re.search(re.escape(path) + r"\?token=[A-Za-z0-9_-]+", self._text(message)))
            ]
            if found:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} with {path}")
