"""Runs every test of this folder; the last line is "N passed, N failed"."""

import pathlib
import sys
import unittest

folder = str(pathlib.Path(__file__).parent)
suite = unittest.defaultTestLoader.discover(folder, pattern="*_test.py")
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
failed = len(result.failures) + len(result.errors)
print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed")
sys.exit(1 if failed else 0)
