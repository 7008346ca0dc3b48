"""The scripts that containers run, with the real programs where there are any."""

import os
import pathlib
import re
import stat
import tempfile
import unittest

from repository import PROGRAMS, ROOT, has, program, read, run, stores


class Certificates(unittest.TestCase):
    def setUp(self):
        self.codingahead = program("codingahead")
        if not self.codingahead:
            self.skipTest("codingahead is not built")
        self.folder = tempfile.TemporaryDirectory()
        self.authority = pathlib.Path(self.folder.name, "authority")
        self.tls = pathlib.Path(self.folder.name, "tls")

    def tearDown(self):
        self.folder.cleanup()

    def issue(self):
        done = run(
            str(ROOT / "Services/Containers/certificates"), str(self.authority), str(self.tls),
            env={"PATH": os.environ["PATH"], "CODINGAHEAD": self.codingahead})
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_each_holder_gets_a_folder_and_a_second_run_renews_with_the_same_authority(self):
        self.issue()
        first = {holder: (self.tls / holder / "tls.key").read_text() for holder in PROGRAMS + ["operator"]}
        authority = (self.tls / "lookup/ca.crt").read_text()
        self.assertEqual(len(set(first.values())), 6)
        self.issue()
        for holder, key in first.items():
            path = self.tls / holder / "tls.key"
            self.assertNotEqual(path.read_text(), key)
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
            self.assertEqual((self.tls / holder / "ca.crt").read_text(), authority)
            names = {file.name for file in (self.tls / holder).iterdir()}
            self.assertEqual(names, {"tls.key", "tls.crt", "ca.crt", "callers"})
        self.assertFalse((self.tls / "lookup/ca.key").exists())
        if has("openssl"):
            done = run("openssl", "verify", "-CAfile", str(self.tls / "jobs/ca.crt"), str(self.tls / "lookup/tls.crt"))
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_allow_list_is_that_of_this_version_after_an_upgrade_too(self):
        self.issue()
        for holder in PROGRAMS:
            (self.tls / holder / "callers").write_text("of an older version")
        (self.authority / "callers").write_text("of an older version")
        self.issue()
        for holder in PROGRAMS:
            self.assertEqual((self.tls / holder / "callers").read_text(), read("Services/Kubernetes/callers"))


class Stores(unittest.TestCase):
    script = str(ROOT / "Services/Replication/stores")

    def test_it_knows_every_store(self):
        listed = set(re.findall(r"[a-z]+/[a-z]+\.sqlite", read("Services/Replication/stores")))
        self.assertEqual(listed, stores())

    def test_wrong_arguments_are_refused_before_anything_is_done(self):
        environment = {"PATH": os.environ["PATH"], "REPLICA_URL": "file:///nowhere", "LITESTREAM": "/bin/false"}
        for arguments in ([], ["restore"], ["restore", "gateway"], ["destroy", "accounts"]):
            self.assertEqual(run(self.script, *arguments, env=environment).returncode, 64, arguments)
        del environment["REPLICA_URL"]
        self.assertNotEqual(run(self.script, "restore", "accounts", env=environment).returncode, 0)

    def test_a_restore_that_fails_leaves_nothing_that_looks_like_a_store(self):
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                "PATH": os.environ["PATH"], "CODINGAHEAD_DATA": folder, "REPLICA_URL": "file:///nowhere",
                "LITESTREAM": "/bin/false",
            }
            self.assertEqual(run(self.script, "restore", "accounts", env=environment).returncode, 1)
            self.assertEqual(list(pathlib.Path(folder, "accounts").iterdir()), [])


class Postfix(unittest.TestCase):
    def test_it_relays_for_the_desk_and_for_nobody_else(self):
        if not has("postconf"):
            self.skipTest("postfix is not installed")
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "main.cf").write_text("compatibility_level = 3.6\n")
            pathlib.Path(folder, "master.cf").write_text("")
            stand_in = pathlib.Path(folder, "bin/postfix")
            stand_in.parent.mkdir()
            stand_in.write_text("#!/bin/sh\nexit 0\n")
            stand_in.chmod(0o755)
            done = run(
                str(ROOT / "Services/Containers/postfix"),
                env={
                    "PATH": f"{stand_in.parent}:/usr/sbin:{os.environ['PATH']}", "MAIL_CONFIG": folder,
                    "MAIL_HOSTNAME": "desk.example.org", "RELAY_HOST": "[smtp.example.org]:587",
                })
            self.assertEqual(done.returncode, 0, done.stderr)
            set_here = run("postconf", "-n", env={"PATH": f"/usr/sbin:{os.environ['PATH']}", "MAIL_CONFIG": folder}).stdout
            self.assertIn("smtpd_relay_restrictions = permit_mynetworks,reject", set_here)
            self.assertIn("relayhost = [smtp.example.org]:587", set_here)
            self.assertNotIn("0.0.0.0/0", set_here)


class Shell(unittest.TestCase):
    def test_every_script_is_executable_and_parses(self):
        for path in [path for path in sorted((ROOT / "Services/Containers").iterdir()) if path.name != "Dockerfile"] + [ROOT / "Services/Replication/stores"]:
            self.assertTrue(os.access(path, os.X_OK), path)
            self.assertEqual(run("sh", "-n", str(path)).returncode, 0, path)
