"""Services/Monitoring: promtool takes the configuration, the rules do what they say, and every panel's query parses."""

import json
import pathlib
import re
import tempfile
import unittest

import yaml

from repository import PORTS, PROGRAMS, ROOT, has, read, run

FOLDER = ROOT / "Services/Monitoring"


class Prometheus(unittest.TestCase):
    def setUp(self):
        if not has("promtool"):
            self.skipTest("promtool (Debian's prometheus) is not installed")

    def test_configuration_and_rules_are_valid(self):
        done = run("promtool", "check", "config", str(FOLDER / "prometheus.yml"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_alerts_fire_when_they_should_and_are_silent_when_not(self):
        done = run("promtool", "test", "rules", "alerts.test.yml", cwd=FOLDER)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_every_panel_of_the_dashboard_has_a_query_that_parses(self):
        panels = [panel for panel in json.loads(read("Services/Monitoring/dashboard.json"))["panels"] if panel["type"] != "row"]
        self.assertGreater(len(panels), 10)
        rules = []
        for panel in panels:
            self.assertTrue(panel["title"] and panel["targets"])
            for target in panel["targets"]:
                query = target["expr"].replace("$__rate_interval", "5m").replace("$program", ".*")
                self.assertNotIn("$", query, panel["title"])
                rules.append({"record": f"panel:{len(rules)}", "expr": query})
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "panels.yml")
            path.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
            done = run("promtool", "check", "rules", str(path))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Files(unittest.TestCase):
    def test_prometheus_asks_every_program_on_its_operations_port(self):
        configuration = yaml.safe_load(read("Services/Monitoring/prometheus.yml"))
        targets = {target for entry in configuration["scrape_configs"][0]["static_configs"] for target in entry["targets"]}
        self.assertEqual(targets, {f"{name}:{PORTS[name] + 100}" for name in PROGRAMS})

    def test_every_alert_has_a_severity_and_says_what_to_do(self):
        groups = yaml.safe_load(read("Services/Monitoring/alerts.yml"))["groups"]
        alerts = [rule for group in groups for rule in group["rules"]]
        self.assertGreater(len(alerts), 10)
        for alert in alerts:
            self.assertIn(alert["labels"]["severity"], ("page", "ticket"))
            self.assertTrue(alert["annotations"]["summary"] and alert["annotations"]["action"], alert["alert"])

    def test_the_codes_that_count_as_failures_are_those_of_the_calls(self):
        kinds = set(re.findall(r"case \.([a-zA-Z]+): \"[A-Z_]+\"", read("Shared/RPC/ServiceError.swift")))
        self.assertIn("unavailable", kinds)
        asked = re.findall(r'code=~?"([a-zA-Z|]+)"', read("Services/Monitoring/alerts.yml"))
        for code in {code for text in asked for code in text.split("|")} - {"ok"}:
            self.assertIn(code, kinds)
