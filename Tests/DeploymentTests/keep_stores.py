"""Keeps the stores of this version as fixtures, with made-up contents: to be run once for each release.

    .venv/bin/python Tests/DeploymentTests/keep_stores.py VERSION
"""

import gzip
import pathlib
import sys
import tempfile

from desk import desk
from repository import ROOT, stores


def main(version):
    target = ROOT / "Tests/DeploymentTests/Stores" / version
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, desk(folder) as running:
        for name in ("lookup", "accounts", "assistant", "jobs"):
            running.start(name)
        running.codingahead("admin", "create", "keeper@example.org", text="correct horse battery\n")
        running.codingahead("jobs", "demo", "--postings", "5", "--seed", "1")
        document = pathlib.Path(folder, "policy.md")
        document.write_text("# Made-up policy\n\nA made-up sentence about modifiers.\n")
        running.codingahead("knowledge", "add", str(document))
        for name in ("lookup", "accounts", "assistant", "jobs"):
            # A program that ends in order leaves no log beside its store.
            assert running.stop(name) == 0, running.log(name)
        for store in stores():
            packed = gzip.compress(pathlib.Path(folder, store).read_bytes(), mtime=0)
            (target / f"{pathlib.Path(store).stem}.sqlite.gz").write_bytes(packed)


if __name__ == "__main__":
    main(sys.argv[1])
