"""The programs with the certificates and allow-lists that compose.yaml gives them: they reach each other, and nobody else does."""

import os
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from desk import desk
from repository import PROGRAMS, ROOT, program, run


def unmet(running):
    """What Gateway waits for, by the name of the condition."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{running.ports['gateway'] + 100}/readyz", timeout=5):
            return {}
    except urllib.error.HTTPError as answer:
        return dict(line.split(": ", 1) for line in answer.read().decode().splitlines() if ": " in line)


class Secured(unittest.TestCase):
    def setUp(self):
        if not all(program(name) for name in ["codingahead"] + [name.capitalize() for name in PROGRAMS]):
            self.skipTest("the programs are not built")

    def test_calls_go_with_certificates_and_without_one_nobody_is_answered(self):
        with tempfile.TemporaryDirectory() as folder, desk(folder) as running:
            issued = run(
                str(ROOT / "Services/Containers/certificates"), f"{folder}/authority", f"{folder}/tls",
                env={"PATH": os.environ["PATH"], "CODINGAHEAD": program("codingahead")})
            self.assertEqual(issued.returncode, 0, issued.stderr)
            running.environment["CODINGAHEAD_TLS_FOLDER"] = f"{folder}/tls"
            for name in PROGRAMS:
                running.own[name] = {"CODINGAHEAD_TLS_CALLERS": f"{folder}/tls/{name}/callers"}
            for name in ("accounts", "lookup", "assistant", "jobs", "gateway"):
                running.start(name)
            # Only code sets are missing: every program answers Gateway's questions.
            deadline = time.monotonic() + 15
            while set(unmet(running)) != {"lookup"} and time.monotonic() < deadline:
                time.sleep(0.1)
            self.assertEqual(unmet(running), {"lookup": "not serving"})
            self.assertIn("Accounts", running.codingahead("services"))
            running.codingahead("admin", "create", "keeper@example.org", text="correct horse battery\n")
            for name in PROGRAMS:
                self.assertNotIn("permissionDenied", running.log(name), f"{name} was refused or refuses")
                self.assertNotIn("neither encrypted nor proven", running.log(name))
            stranger = dict(running.environment)
            del stranger["CODINGAHEAD_TLS_FOLDER"]
            refused = run(program("codingahead"), "admin", "find", "keeper@example.org", env=stranger)
            self.assertEqual(refused.returncode, 1, refused.stdout)
            # A program's certificate opens what its line of the allow-list says, and nothing else.
            for holder, allowed in (("operator", True), ("gateway", True), ("jobs", False)):
                asked = run(
                    program("codingahead"), "call", "codingahead.accounts.administration.v1.Administration/Reconcile",
                    "{}", "--cert", f"{folder}/tls/{holder}/tls.crt", "--key", f"{folder}/tls/{holder}/tls.key",
                    "--cacert", f"{folder}/tls/{holder}/ca.crt", "--server-name", "accounts", env=running.environment)
                denied = "PERMISSION_DENIED" in asked.stdout + asked.stderr
                self.assertEqual(denied, not allowed, f"{holder}: {asked.stdout}{asked.stderr}")
