"""The built programs on free ports of this machine, in a folder of their own."""

import contextlib
import pathlib
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from repository import program, run


class Desk:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.ports = {name: free_port() for name in ("lookup", "assistant", "accounts", "jobs", "gateway")}
        self.environment = {"PATH": "/usr/bin:/bin", "CODINGAHEAD_DATA": str(folder)}
        for name, port in self.ports.items():
            variable = "HTTP" if name == "gateway" else name.upper()
            self.environment[f"CODINGAHEAD_{variable}"] = f"127.0.0.1:{port}"
        # What one program is told beside that.
        self.own = {}
        self.running = {}

    def start(self, name):
        with open(self.folder / f"{name}.log", "ab") as log:
            self.running[name] = subprocess.Popen(
                [program(name.capitalize())], env=self.environment | self.own.get(name, {}), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log)
        # Without code sets Lookup lives and is never ready, and so is Gateway.
        page = "livez" if name in ("lookup", "gateway") else "readyz"
        address = f"http://127.0.0.1:{self.ports[name] + 100}/{page}"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.running[name].poll() is not None:
                raise AssertionError(f"{name} ended: {self.log(name)[-1500:]}")
            try:
                with urllib.request.urlopen(address, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (OSError, urllib.error.URLError):
                pass
            time.sleep(0.05)
        raise AssertionError(f"{name} is not ready: {self.log(name)[-1500:]}")

    def stop(self, name):
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=40)

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def codingahead(self, *arguments, text=None):
        done = run(program("codingahead"), *arguments, env=self.environment, input=text)
        if done.returncode != 0:
            raise AssertionError(f"codingahead {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def end(self):
        for process in self.running.values():
            process.kill()
            process.wait()


@contextlib.contextmanager
def desk(folder):
    made = Desk(folder)
    try:
        yield made
    finally:
        made.end()


def free_port():
    """A port that is free, and the one 100 above it too."""
    while True:
        port = random.randint(20_000, 30_000)
        try:
            with socket.socket() as first, socket.socket() as second:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 100))
                return port
        except OSError:
            continue
