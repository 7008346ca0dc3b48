"""Recovery point and recovery time, with Litestream and with `codingahead backup` and `restore`."""

import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCRIPT = str(ROOT / "Services/Replication/stores")
LITESTREAM = str(ROOT / ".venv/bin/litestream")


def codingahead():
    for folder in (".build-release/release", ".build/debug"):
        if (ROOT / folder / "codingahead").exists():
            return str(ROOT / folder / "codingahead")
    sys.exit("build codingahead first")


def environment(folder):
    return {
        "PATH": os.environ["PATH"], "CODINGAHEAD_DATA": f"{folder}/data", "REPLICA_URL": f"file://{folder}/replica",
        "LITESTREAM": LITESTREAM,
    }


def opened(folder):
    path = pathlib.Path(folder, "data/accounts/accounts.sqlite")
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;")
    database.execute("CREATE TABLE IF NOT EXISTS rows (number INTEGER PRIMARY KEY, at REAL, bytes BLOB)")
    return database


def replicate(folder):
    log = open(f"{folder}/replicate.log", "wb")
    process = subprocess.Popen([SCRIPT, "replicate", "accounts"], env=environment(folder), stdout=log, stderr=log)
    first = pathlib.Path(folder, "replica/accounts/accounts.sqlite/ltx/0")
    deadline = time.monotonic() + 60
    while not first.exists() or not any(first.iterdir()):
        if time.monotonic() > deadline:
            sys.exit(pathlib.Path(folder, "replicate.log").read_text())
        time.sleep(0.05)
    return process


def restored(folder):
    """Loses the folder of the store and brings it back; the seconds that it took."""
    shutil.rmtree(f"{folder}/data/accounts")
    begun = time.monotonic()
    subprocess.run([SCRIPT, "restore", "accounts"], env=environment(folder), check=True, capture_output=True)
    return time.monotonic() - begun


def recovery_point(rate, seconds=4.0):
    """Writes at an even rate, kills the sidecar, restores: how old the newest row is that is gone, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        database = opened(folder)
        process = replicate(folder)
        end = time.time() + seconds
        number = 0
        while time.time() < end:
            database.execute("INSERT INTO rows VALUES (?, ?, zeroblob(300))", (number, time.time()))
            number += 1
            time.sleep(1 / rate)
        process.kill()
        lost = time.time()
        process.wait()
        database.close()
        restored(folder)
        kept = opened(folder).execute("SELECT max(at), max(number), count(*) FROM rows").fetchone()
        assert kept[1] + 1 == kept[2], "a gap"
        return lost - kept[0]


def large(megabytes):
    with tempfile.TemporaryDirectory() as folder:
        database = opened(folder)
        block = os.urandom(1 << 20)
        for start in range(0, megabytes, 64):
            database.execute("BEGIN")
            for number in range(start, min(start + 64, megabytes)):
                for part in range(256):
                    key = number * 256 + part
                    piece = block[part * 4096 - part : part * 4096 - part + 3900] if part else block[:3900]
                    database.execute("INSERT INTO rows VALUES (?, ?, ?)", (key, time.time(), piece))
            database.execute("COMMIT")
        process = replicate(folder)
        # The first snapshot is on the disk when the files have stopped growing.
        size = -1
        while True:
            time.sleep(2)
            now = sum(file.stat().st_size for file in pathlib.Path(folder, "replica").rglob("*.ltx"))
            if now == size:
                break
            size = now
        process.terminate()
        process.wait()
        database.close()
        stored = pathlib.Path(folder, "data/accounts/accounts.sqlite").stat().st_size
        took = restored(folder)
        print(f"restore from the replica, {stored >> 20} MiB, checked whole: {took:.1f} s")
        begun = time.monotonic()
        made = subprocess.run(
            [codingahead(), "backup", "--to", f"{folder}/backups"], env=environment(folder), check=True,
            capture_output=True, text=True).stdout.split()[-1]
        print(f"codingahead backup, checked whole: {time.monotonic() - begun:.1f} s")
        shutil.rmtree(f"{folder}/data/accounts")
        begun = time.monotonic()
        subprocess.run([codingahead(), "restore", made], env=environment(folder), check=True, capture_output=True)
        print(f"codingahead restore, checked whole twice: {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    for rate in (10, 100, 500):
        points = [recovery_point(rate) for _ in range(5)]
        print(
            f"recovery point at {rate} commits/s asked: median {statistics.median(points):.2f} s, "
            f"worst of 5 {max(points):.2f} s")
    large(int(sys.argv[1]))
