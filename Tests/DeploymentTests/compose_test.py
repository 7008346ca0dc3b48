"""compose.yaml: what is reachable, what is bounded, who holds which key."""

import unittest

from repository import PROGRAMS, ROOT, compose, has, read, run, seconds, settings, stores


class Compose(unittest.TestCase):
    def setUp(self):
        self.file = compose()
        self.services = self.file["services"]

    def test_docker_compose_takes_it_with_every_profile(self):
        if not has("docker-compose"):
            self.skipTest("docker-compose is not installed")
        profiles = sorted({name for service in self.services.values() for name in service.get("profiles", [])})
        flags = [word for name in profiles for word in ("--profile", name)]
        done = run("docker-compose", *flags, "config", "--quiet", cwd=ROOT)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_only_gateway_and_prometheus_have_a_port_and_only_on_this_host(self):
        published = {name: service["ports"] for name, service in self.services.items() if "ports" in service}
        self.assertEqual(set(published), {"gateway", "prometheus"})
        for ports in published.values():
            for port in ports:
                self.assertTrue(port.startswith("127.0.0.1:"), port)
        self.assertEqual(self.services["prometheus"]["profiles"], ["metrics"])

    def test_calls_go_over_a_network_that_leads_nowhere_else(self):
        self.assertEqual(self.file["networks"]["calls"], {"internal": True})
        for name in PROGRAMS:
            self.assertIn("calls", self.services[name]["networks"])
        for name in ("lookup", "assistant"):
            self.assertEqual(self.services[name]["networks"], ["calls"], name)
        self.assertNotIn("outside", self.services["gateway"]["networks"])

    def test_every_service_is_bounded_and_unprivileged(self):
        for name, service in self.services.items():
            if name == "postfix":
                # It starts as root and hands its work to users of its own.
                self.assertIn("mem_limit", service)
                continue
            self.assertTrue(service.get("read_only") or name in ("data", "operator"), name)
            self.assertEqual(service["cap_drop"], ["ALL"], name)
            self.assertIn("no-new-privileges:true", service["security_opt"], name)
        for name in PROGRAMS:
            self.assertIn("mem_limit", self.services[name])
            self.assertIn("pids_limit", self.services[name])
            self.assertEqual(self.services[name]["logging"]["options"]["max-size"], "10m")

    def test_a_stop_waits_longer_than_the_drain(self):
        # Shared/Runtime: 25 s for calls (CODINGAHEAD_DRAIN_GRACE), 10 s for what is left.
        self.assertIn("| `CODINGAHEAD_DRAIN_GRACE` | `25s` |", read("Shared/Runtime/README.md"))
        for name in PROGRAMS:
            self.assertGreater(seconds(self.services[name]["stop_grace_period"]), 25 + 10)

    def test_each_program_holds_its_own_key_and_no_other(self):
        for name, service in self.services.items():
            keys = {volume.split(":")[0] for volume in service.get("volumes", []) if volume.startswith("tls-")}
            if name == "certificates":
                self.assertEqual(keys, {f"tls-{holder}" for holder in PROGRAMS + ["operator"]})
                self.assertEqual(service["network_mode"], "none")
            elif name in PROGRAMS + ["operator"]:
                self.assertEqual(keys, {f"tls-{name}"})
                self.assertIn(f"tls-{name}:/etc/codingahead/tls/{name}:ro", service["volumes"])
            else:
                self.assertEqual(keys, set(), name)
            holds_authority = any(volume.startswith("authority:") for volume in service.get("volumes", []))
            self.assertEqual(holds_authority, name == "certificates", name)

    def test_every_server_has_an_allow_list(self):
        for name in PROGRAMS:
            environment = self.services[name]["environment"]
            self.assertEqual(environment["CODINGAHEAD_TLS_FOLDER"], "/etc/codingahead/tls")
            if name != "gateway":
                self.assertEqual(environment["CODINGAHEAD_TLS_CALLERS"], f"/etc/codingahead/tls/{name}/callers")

    def test_every_store_lies_on_a_volume_that_is_backed_up_and_replicated(self):
        for store in stores():
            folder = store.split("/")[0]
            mount = f"{folder}:/var/lib/codingahead/{folder}"
            for service in (folder, "operator", "replica", "replica-restore"):
                self.assertIn(mount, self.services[service]["volumes"], f"{service} and {store}")

    def test_every_volume_and_network_is_declared(self):
        for name, service in self.services.items():
            for volume in service.get("volumes", []):
                self.assertIn(volume.split(":")[0], self.file["volumes"], name)
            for network in service.get("networks", []):
                self.assertIn(network, self.file["networks"], name)

    def test_every_target_is_a_stage_of_the_dockerfile_and_every_setting_is_known(self):
        known = settings()
        for name, service in self.services.items():
            lines = read(service["build"]["dockerfile"]).splitlines()
            stages = {line.split(" AS ")[1].strip() for line in lines if line.startswith("FROM")}
            self.assertIn(service["build"]["target"], stages, name)
            for variable in service.get("environment", {}):
                if variable.startswith("CODINGAHEAD_"):
                    self.assertIn(variable, known, name)

    def test_the_image_has_the_folders_that_volumes_are_mounted_on(self):
        text = read("Services/Dockerfile")
        owned = text[text.index("for name in lookup accounts") : text.index("chown -R codingahead:codingahead")]
        for service in PROGRAMS + ["operator"]:
            for volume in self.services[service]["volumes"]:
                folder = volume.split(":")[1].rsplit("/", 1)[1]
                self.assertIn(folder, owned, f"{volume} would belong to root")
