"""Stores of every version that was released (Stores/VERSION) are taken by today's programs, with what is in them."""

import gzip
import pathlib
import sqlite3
import tempfile
import unittest

from desk import desk
from repository import ROOT, program, stores

VERSIONS = sorted(path for path in (ROOT / "Tests/DeploymentTests/Stores").iterdir() if path.is_dir())


def lay(version, folder):
    for store in stores():
        packed = version / f"{pathlib.Path(store).stem}.sqlite.gz"
        if packed.exists():
            path = pathlib.Path(folder, store)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(gzip.decompress(packed.read_bytes()))


def migrations(path):
    with sqlite3.connect(path) as database:
        return [row[0] for row in database.execute("SELECT identifier FROM grdb_migrations ORDER BY rowid")]


class Upgrade(unittest.TestCase):
    def setUp(self):
        if not all(program(name) for name in ("codingahead", "Lookup", "Accounts", "Assistant", "Jobs")):
            self.skipTest("the programs are not built")

    def test_there_is_a_fixture_of_every_store(self):
        self.assertTrue(VERSIONS)
        kept = {path.name for path in VERSIONS[-1].iterdir()}
        self.assertEqual(kept, {f"{pathlib.Path(store).stem}.sqlite.gz" for store in stores()})

    def test_each_version_is_migrated_with_its_contents(self):
        for version in VERSIONS:
            with self.subTest(version=version.name), tempfile.TemporaryDirectory() as folder, desk(folder) as running:
                lay(version, folder)
                before = {store: migrations(pathlib.Path(folder, store)) for store in stores()}
                for name in ("lookup", "accounts", "assistant", "jobs"):
                    running.start(name)
                found = running.codingahead("admin", "find", "keeper@example.org")
                self.assertIn("administrator", found)
                self.assertIn("policy", running.codingahead("knowledge", "list"))
                postings = running.codingahead("call", "codingahead.jobs.v1.Jobs/SearchJobs", "{}")
                self.assertIn('"total":5', postings.replace(" ", ""))
                self.assertRegex(running.codingahead("admin", "reconcile"), r"entries, drift 0\n")
                backup = running.codingahead("backup", "--to", f"{folder}/safe").split()[-1]
                running.codingahead("backup", "--verify", backup)
                for name in ("lookup", "accounts", "assistant", "jobs"):
                    self.assertEqual(running.stop(name), 0, running.log(name)[-1500:])
                for store, steps in before.items():
                    after = migrations(pathlib.Path(folder, store))
                    self.assertEqual(after[: len(steps)], steps, f"{store}: released steps keep their place")

    def test_an_older_program_refuses_a_newer_store_and_changes_nothing(self):
        with tempfile.TemporaryDirectory() as folder, desk(folder) as running:
            lay(VERSIONS[-1], folder)
            path = pathlib.Path(folder, "accounts/accounts.sqlite")
            with sqlite3.connect(path) as database:
                database.execute("INSERT INTO grdb_migrations VALUES ('999 of the next version')")
            database.close()
            before = path.read_bytes()
            with self.assertRaisesRegex(AssertionError, "newer program"):
                running.start("accounts")
            self.assertEqual(path.read_bytes(), before)
