"""Measures RPC peers side by side: interleaved rounds, both sides of every peer pinned alike, medians and their spread, as Markdown.

The clock, the percentiles, the server's CPU time and its allocations come from one piece of C (Measure/measure.c) in every load
generator; this driver starts, pins and tabulates. A server lives for one measurement, so that its memory is that measurement's own.
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    name: str
    serve: tuple[str, ...]
    load: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    in_flight: int
    size: int
    server_core: int = 0
    client_core: int = 0


PEERS = [
    Peer("ours", ("swift-peers", "peer", "ours", "serve"), ("swift-peers", "peer", "ours", "load")),
    Peer("gRPC C++", ("grpc-cpp", "serve"), ("grpc-cpp", "load")),
    Peer("grpc-swift-2", ("grpc-swift", "serve"), ("grpc-swift", "load")),
    Peer("Thrift, threads", ("thrift-echo", "serve", "threads"), ("thrift-echo", "load")),
    Peer("Thrift, events", ("thrift-echo", "serve", "events"), ("thrift-echo", "load")),
    Peer("Cap'n Proto", ("capnp-echo", "serve"), ("capnp-echo", "load")),
    Peer("ceiling: epoll", ("epoll", "serve"), ("epoll", "load")),
    Peer("ceiling: NIO", ("swift-peers", "peer", "nio", "serve"), ("swift-peers", "peer", "nio", "load")),
]

CASES = [
    Case("one", "64 bytes, 1 in flight, both sides on one core", 1, 64),
    Case("many", "64 bytes, 64 in flight, both sides on one core", 64, 64),
    Case("one-split", "64 bytes, 1 in flight, a core for each side", 1, 64, 0, 1),
    Case("many-split", "64 bytes, 64 in flight, a core for each side", 64, 64, 0, 1),
    Case("1k", "1 KiB, 8 in flight, both sides on one core", 8, 1024),
    Case("64k", "64 KiB, 8 in flight, both sides on one core", 8, 64 * 1024),
    Case("4m", "4 MiB, 2 in flight, both sides on one core", 2, 4 * 1024 * 1024),
]


# 100 000 messages of 1 KiB to a reader that sleeps a millisecond after every hundred: a second at least.
STREAM_TITLE = "A stream of 100 000 × 1 KiB, the reader pausing 1 ms after every 100; both sides on one core"
STREAM = ("100000", "1024", "100", "1000")
STREAMING = ("ours", "gRPC C++", "grpc-swift-2")


class Failed(Exception):
    """A peer did not do what it was started for."""


def pinned(core: int, words: list[str]) -> list[str]:
    return ["taskset", "-c", str(core % (os.cpu_count() or 1)), *words]


def measure_stream(built: str, peer: Peer) -> dict:
    """One stream from a fresh server."""
    server = subprocess.Popen(
        pinned(0, [os.path.join(built, peer.serve[0]), *peer.serve[1:]]),
        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    try:
        port = server.stdout.readline().strip()
        words = [*peer.load[1:-1], "stream", port, str(server.pid), *STREAM]
        done = subprocess.run(
            pinned(0, [os.path.join(built, peer.load[0]), *words]), capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0:
            raise Failed(f"{peer.name}: the stream ended with {done.returncode}: {done.stderr[-400:]}")
        return json.loads(done.stdout.splitlines()[-1])
    finally:
        server.kill()
        server.wait()


def stream_table(streamed: dict[str, list[dict]]) -> None:
    print(f"\n**{STREAM_TITLE}**\n")
    print("| peer | seconds | messages/s | server CPU µs a message | server RSS MiB at the end | at most |")
    print("|---|---|---|---|---|---|")
    for name, rounds in streamed.items():
        if not rounds:
            print(f"| {name} | failed | – | – | – | – |")
            continue
        memory = [number(statistics.median(one[key] for one in rounds) / 1024) for key in ("resident", "peak")]
        print(f"| {name} | {cell(rounds, 'seconds')} | {cell(rounds, 'rate')} | {cell(rounds, 'cpu')} | {' | '.join(memory)} |")


def measure(built: str, peer: Peer, case: Case, seconds: float, counted: bool) -> dict:
    """One measurement against a fresh server. Counting allocations slows a server, so it is done in a round of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server_environment, client_environment = dict(os.environ), dict(os.environ)
        if counted:
            counter = os.path.join(folder, "count")
            server_environment |= {"LD_PRELOAD": os.path.join(built, "malloc_count.so"), "MALLOC_COUNT": counter}
            client_environment |= {"SERVER_MALLOC_COUNT": counter}
        server = subprocess.Popen(
            pinned(case.server_core, [os.path.join(built, peer.serve[0]), *peer.serve[1:]]),
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=server_environment)
        try:
            port = server.stdout.readline().strip()
            if not port.isdigit():
                raise Failed(f"{peer.name}: the server said no port")
            words = [port, str(server.pid), str(case.in_flight), str(seconds), str(case.size)]
            done = subprocess.run(
                pinned(case.client_core, [os.path.join(built, peer.load[0]), *peer.load[1:], *words]),
                capture_output=True, text=True, timeout=60 + 10 * seconds, env=client_environment, check=False)
            if done.returncode != 0:
                raise Failed(f"{peer.name}, {case.name}: the load generator ended with {done.returncode}: {done.stderr[-400:]}")
            return json.loads(done.stdout.splitlines()[-1])
        finally:
            server.kill()
            server.wait()


def number(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def cell(rounds: list[dict], key: str) -> str:
    """Median (least–most)."""
    values = [one[key] for one in rounds]
    text = number(statistics.median(values))
    return text if len(values) == 1 else f"{text} ({number(min(values))}–{number(max(values))})"


def table(case: Case, timed: dict[str, list[dict]], counted: dict[str, dict]) -> None:
    print(f"\n**{case.title}**\n")
    print("| peer | calls/s | p50 µs | p99 µs | p99.9 µs | server CPU µs a call | allocations a call | server RSS MiB |")
    print("|---|---|---|---|---|---|---|---|")
    for name, rounds in timed.items():
        if not rounds:
            print(f"| {name} | failed | – | – | – | – | – | – |")
            continue
        resident = statistics.median(one["peak"] for one in rounds) / 1024
        columns = [cell(rounds, key) for key in ("rate", "p50", "p99", "p999", "cpu")]
        allocations = number(counted[name]["allocations"]) if name in counted else "–"
        print(f"| {name} | {' | '.join(columns)} | {allocations} | {number(resident)} |")


def machine() -> str:
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{model}, {os.cpu_count()} cores, Linux {platform.release().split('-')[0]}"


def chosen(kind: str, wanted: list[str] | None, known: list) -> list:
    if not wanted:
        return known
    names = [each.name for each in known]
    for name in wanted:
        if name not in names:
            sys.exit(f"there is no {kind} {name!r}; there are: {', '.join(names)}")
    return [each for each in known if each.name in wanted]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--built", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--case", nargs="+")
    parser.add_argument("--peer", nargs="+")
    options = parser.parse_args()
    rounds, seconds = (1, 0.1) if options.smoke else (options.rounds, options.seconds)
    peers = [peer for peer in chosen("peer", options.peer, PEERS) if os.path.exists(os.path.join(options.built, peer.serve[0]))]
    cases = chosen("case", options.case, CASES)

    before = os.getloadavg()[0]
    begun = datetime.datetime.now(datetime.timezone.utc)
    others = idle_share()
    timed = {case.name: {peer.name: [] for peer in peers} for case in cases}
    counted: dict[str, dict] = {case.name: {} for case in cases}
    streamed: dict[str, list[dict]] = {}
    for turn in range(rounds):
        for case in cases:
            for peer in peers:
                try:
                    timed[case.name][peer.name].append(measure(options.built, peer, case, seconds, counted=False))
                except Failed as failure:
                    # A table says that a peer cannot do a case; this project's own failure is one of the benchmark.
                    if peer.name == "ours":
                        raise
                    print(failure, file=sys.stderr)
        for peer in peers if not options.case else []:
            if peer.name in STREAMING:
                try:
                    streamed.setdefault(peer.name, []).append(measure_stream(options.built, peer))
                except Failed as failure:
                    if peer.name == "ours":
                        raise
                    print(failure, file=sys.stderr)
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
    for case in cases:
        for peer in peers:
            if not timed[case.name][peer.name]:
                continue
            counted[case.name][peer.name] = measure(options.built, peer, case, seconds / 2, counted=True)

    print(f"{begun:%Y-%m-%d %H:%M} UTC, {machine()}; {rounds} rounds of {seconds} s, median (least–most); load average before: {before:.1f};")
    print(f"other programs took {others:.0%} of the processor before and {idle_share():.0%} after.")
    for case in cases:
        table(case, timed[case.name], counted[case.name])
    if streamed:
        stream_table(streamed)


def idle_share() -> float:
    """How much of the processor others take, looked at for a second in which this program does nothing."""
    def spent() -> tuple[int, int]:
        with open("/proc/stat", encoding="utf-8") as lines:
            fields = [int(word) for word in lines.readline().split()[1:]]
        return sum(fields[:8]), fields[3] + fields[4]

    total, idle = spent()
    time.sleep(1)
    total_after, idle_after = spent()
    return 1 - (idle_after - idle) / max(1, total_after - total)


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(str(failure))
