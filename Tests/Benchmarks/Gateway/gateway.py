"""Measures Gateway beside Envoy, a bare Hummingbird route, and slow clients. Started by `run`, which builds what it needs."""

import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")
QUERY = "/v1/suggest?q=diab&page_size=10"


def free_port():
    """A port that is free, and the one 100 above it."""
    for _ in range(100):
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 100))
            except (OSError, OverflowError):
                continue
            return port
    raise SystemExit("no free ports")


def cpu_seconds(pid):
    """User and system time of a process so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def wait_for(port, path="/", status=None):
    """Until something answers there."""
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if status is None or answer.status == status:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"nothing answers at {port}{path}")


class Program:
    """A process that is stopped at the end."""

    running = []

    def __init__(self, *command, environment=None, reads_port=False, log=None):
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if reads_port else (log or subprocess.DEVNULL),
            stderr=log or subprocess.DEVNULL, env={**os.environ, **(environment or {})}, text=True)
        Program.running.append(self)
        self.port = int(self.process.stdout.readline()) if reads_port else None

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        self.process.kill()
        self.process.wait()

    @classmethod
    def stop_all(cls):
        for program in cls.running:
            program.stop()


def load(port, path, connections, seconds, headers=(), expect="2xx"):
    """Requests a second and the 50th and 99th percentile in ms, by wrk; a failure ends the run."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    out = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out and expect == "2xx":
        raise SystemExit(f"not every answer was 2xx:\n{out}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    times = {}
    for percent in ("50%", "99%"):
        value, word = re.search(rf"{percent}\s+([\d.]+)(us|ms|s)", out).groups()
        times[percent] = float(value) * unit[word]
    return rate, times["50%"], times["99%"]


def measured(pid, port, path, connections, seconds, headers=(), expect="2xx"):
    """The same with the CPU µs that a process spent on each."""
    load(port, path, connections, 1, headers, expect)
    before, begun = cpu_seconds(pid), time.monotonic()
    rate, p50, p99 = load(port, path, connections, seconds, headers, expect)
    spent = (cpu_seconds(pid) - before) * 1e6 / (rate * (time.monotonic() - begun))
    return rate, p50, p99, spent


def row(name, figures):
    rates = [figure[0] for figure in figures]
    median = [statistics.median(column) for column in zip(*figures)]
    print(f"| {name} | {median[0]:,.0f} ({min(rates):,.0f}–{max(rates):,.0f}) | "
          + " | ".join(f"{value:.2f}" if index < 2 else f"{value:.1f}" for index, value in enumerate(median[1:])) + " |",
          flush=True)


def gateway(build, folder, lookup_port, accounts_port, log):
    """Gateway beside whatever serves at these ports."""
    port = free_port()
    nobody = free_port()
    environment = {
        "CODINGAHEAD_DATA": str(folder), "CODINGAHEAD_HTTP": f"127.0.0.1:{port}", "CODINGAHEAD_LOG_LEVEL": "warning",
        "CODINGAHEAD_LOOKUP": f"127.0.0.1:{lookup_port}", "CODINGAHEAD_ACCOUNTS": f"127.0.0.1:{accounts_port or nobody}",
        "CODINGAHEAD_ASSISTANT": f"127.0.0.1:{nobody}", "CODINGAHEAD_JOBS": f"127.0.0.1:{nobody}",
    }
    program = Program(build / "Gateway", environment=environment, log=log)
    wait_for(port, "/livez", 200)
    return program, port


def transcoding(arguments, build, folder, log):
    canned = Program(build / "GatewayPeers", "canned-lookup", folder / "reply", reads_port=True)
    own, own_port = gateway(build, folder, canned.port, None, log)
    peer = Program(folder / "canned", folder / "reply", reads_port=True)
    envoy_port = free_port()
    text = (HERE / "envoy.yaml").read_text()
    for word, value in (("PORT", envoy_port), ("UPSTREAM", peer.port), ("DESCRIPTORS", folder / "descriptors.pb")):
        text = text.replace(word, str(value))
    (folder / "envoy.yaml").write_text(text)
    envoy = Program(arguments.envoy, "-c", folder / "envoy.yaml", "--concurrency", "2", "--log-level", "error",
                    "--disable-hot-restart", log=log)
    wait_for(envoy_port, QUERY, 200)
    wait_for(own_port, QUERY, 200)
    bare = Program(build / "GatewayPeers", "bare-hummingbird", reads_port=True)
    wait_for(bare.port, "/", 200)
    connection = http.client.HTTPConnection("127.0.0.1", own_port)
    connection.request("GET", QUERY)
    reply = connection.getresponse()
    body, tag = reply.read(), reply.getheader("ETag")
    same = json.loads(body)["hits"] == json.loads(_get(envoy_port, QUERY))["hits"]
    print(f"payload {(folder / 'reply').stat().st_size} bytes of protobuf, {len(body)} bytes of JSON; "
          f"both transcoders give the same hits: {same}\n")
    print("| what, 32 connections | requests/s (spread) | p50 ms | p99 ms | CPU µs a request |")
    print("|---|---|---|---|---|")
    cases = {
        "Gateway, JSON of an unmetered call": (own.pid, own_port, QUERY, [], "2xx"),
        "Envoy, the same before gRPC C++": (envoy.pid, envoy_port, QUERY, [], "2xx"),
        "Gateway, 304": (own.pid, own_port, QUERY, [f"If-None-Match: {tag}"], "any"),
        "Hummingbird alone, one route of 2 bytes": (bare.pid, bare.port, "/", [], "2xx"),
    }
    figures = {name: [] for name in cases}
    for _ in range(arguments.rounds):
        for name, (pid, port, path, headers, expect) in cases.items():
            figures[name].append(measured(pid, port, path, 32, arguments.seconds, headers, expect))
    for name, values in figures.items():
        row(name, values)
    slow_clients(arguments, own_port)


def slow_clients(arguments, port):
    """p99 of the others while slowhttptest holds connections."""
    if not shutil.which("slowhttptest"):
        print("\nslowhttptest is not installed: its figures are left out")
        return
    quiet = load(port, QUERY, 16, arguments.seconds)
    print(f"\n| slow clients, 500 connections | p99 ms of 16 others (alone {quiet[2]:.2f}) | times |\n|---|---|---|")
    modes = {"headers (H)": ["-H"], "bodies (B)": ["-B"], "readers (X)": ["-X", "-w", "1", "-y", "8", "-z", "4", "-n", "1"]}
    for name, mode in modes.items():
        attack = subprocess.Popen(
            ["slowhttptest", "-c", "500", *mode, "-i", "2", "-r", "250", "-l", str(arguments.seconds + 4), "-p", "3",
             "-u", f"http://127.0.0.1:{port}{QUERY}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2.5)
        p99 = load(port, QUERY, 16, arguments.seconds)[2]
        attack.kill()
        attack.wait()
        print(f"| {name} | {p99:.2f} | {p99 / quiet[2]:.2f} |", flush=True)


def metered(arguments, build, folder, log):
    """A guest's code, opened again and again: Lookup and Accounts are asked each time."""
    ports = {name: free_port() for name in ("lookup", "accounts")}
    common = {"CODINGAHEAD_LOG_LEVEL": "warning"}
    Program(build / "Lookup", log=log, environment={
        **common, "CODINGAHEAD_DATA": str(arguments.data), "CODINGAHEAD_LOOKUP": f"127.0.0.1:{ports['lookup']}"})
    Program(build / "Accounts", log=log, environment={
        **common, "CODINGAHEAD_DATA": str(folder / "accounts"), "CODINGAHEAD_ACCOUNTS": f"127.0.0.1:{ports['accounts']}"})
    for name in ports:
        wait_for(ports[name] + 100, "/readyz", 200)
    own, port = gateway(build, folder / "metered", ports["lookup"], ports["accounts"], log)
    wait_for(port, "/v1/search?q=a", 200)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    reply = connection.getresponse()
    reply.read()
    cookie = next(line.split(";")[0] for line in reply.headers.get_all("Set-Cookie") if "guest=" in line)
    print("\n| what, 16 connections | requests/s (spread) | p50 ms | p99 ms | CPU µs of Gateway |\n|---|---|---|---|---|")
    for name, path in (("metered JSON code, two calls, a guest's repeat view", "/v1/codes/icd10cm/E11.9"),
                       ("code page as HTML, metered, repeat view", "/codes/icd10cm/E11.9"),
                       ("search, unmetered", "/v1/search?q=diabetes")):
        row(name, [measured(own.pid, port, path, 16, arguments.seconds, [f"Cookie: {cookie}"])
                   for _ in range(arguments.rounds)])


def _get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    return connection.getresponse().read()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--envoy", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    arguments = parser.parse_args()
    with open(arguments.work / "log", "w") as log:
        try:
            transcoding(arguments, arguments.build, arguments.work, log)
            Program.stop_all()
            Program.running.clear()
            if arguments.data:
                metered(arguments, arguments.build, arguments.work, log)
        finally:
            Program.stop_all()


if __name__ == "__main__":
    sys.exit(main())
