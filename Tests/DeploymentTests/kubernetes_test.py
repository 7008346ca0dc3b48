"""Services/Kubernetes: valid against the schemas, mirrored from the allow-list, and fit to be drained and lost."""

import pathlib
import tempfile
import unittest

import yaml
from kubernetes_validate import validate

from repository import PORTS, PROGRAMS, ROOT, allow_list, has, program, read, run, settings

FOLDER = ROOT / "Services/Kubernetes"
VERSION = "1.32"


def documents():
    found = []
    for name in yaml.safe_load((FOLDER / "kustomization.yaml").read_text())["resources"]:
        found += [(name, document) for document in yaml.safe_load_all((FOLDER / name).read_text()) if document]
    return found


def workloads():
    """Name → pod template, of what serves."""
    return {
        document["metadata"]["name"]: document
        for _, document in documents()
        if document["kind"] in ("StatefulSet", "Deployment")
    }


class Kubernetes(unittest.TestCase):
    def test_every_document_is_valid_and_every_file_is_listed(self):
        for name, document in documents():
            with self.subTest(file=name, kind=document["kind"], name=document["metadata"]["name"]):
                validate(document, VERSION, strict=True)
        listed = {name for name, _ in documents()} | {"kustomization.yaml"}
        self.assertEqual({path.name for path in FOLDER.glob("*.yaml")}, listed)

    def test_kustomize_renders_it(self):
        if not has("kubectl"):
            self.skipTest("kubectl is not installed")
        done = run("kubectl", "kustomize", str(FOLDER))
        self.assertEqual(done.returncode, 0, done.stderr)
        kinds = [document["kind"] for document in yaml.safe_load_all(done.stdout)]
        self.assertEqual(kinds.count("StatefulSet"), 4)

    def test_the_five_programs_are_there_and_stores_have_one_writer(self):
        found = workloads()
        self.assertEqual(set(found), set(PROGRAMS))
        for name, workload in found.items():
            if name == "gateway":
                self.assertEqual(workload["kind"], "Deployment")
                continue
            self.assertEqual((workload["kind"], workload["spec"]["replicas"]), ("StatefulSet", 1), name)
            starts = [container["name"] for container in workload["spec"]["template"]["spec"]["initContainers"]]
            self.assertEqual(starts, ["restore", "replicate"])
            self.assertEqual(workload["spec"]["template"]["spec"]["initContainers"][1]["restartPolicy"], "Always")

    def test_every_container_is_bounded_unprivileged_and_read_only(self):
        for name, workload in workloads().items():
            pod = workload["spec"]["template"]["spec"]
            self.assertTrue(pod["securityContext"]["runAsNonRoot"], name)
            self.assertFalse(pod["automountServiceAccountToken"], name)
            for container in pod["containers"] + pod.get("initContainers", []):
                context = container["securityContext"]
                self.assertTrue(context["readOnlyRootFilesystem"])
                self.assertFalse(context["allowPrivilegeEscalation"])
                self.assertEqual(context["capabilities"], {"drop": ["ALL"]})
                self.assertIn("memory", container["resources"]["limits"])

    def test_a_pod_is_drained_before_it_ends_and_asked_where_it_answers(self):
        for name, workload in workloads().items():
            pod = workload["spec"]["template"]["spec"]
            container = pod["containers"][0]
            wait = container["lifecycle"]["preStop"]["sleep"]["seconds"]
            self.assertGreaterEqual(pod["terminationGracePeriodSeconds"], wait + 25 + 10, name)
            self.assertEqual(container["readinessProbe"]["httpGet"]["path"], "/readyz")
            self.assertEqual(container["livenessProbe"]["httpGet"]["path"], "/livez")
            ports = {port["name"]: port["containerPort"] for port in container["ports"]}
            self.assertEqual(ports["operations"], PORTS[name] + 100)
            self.assertIn(PORTS[name], ports.values())

    def test_services_are_headless_but_for_the_public_one(self):
        for _, document in documents():
            if document["kind"] == "Service":
                name = document["metadata"]["name"]
                self.assertEqual(document["spec"].get("clusterIP"), None if name == "gateway" else "None", name)

    def test_settings_are_known(self):
        generators = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())["configMapGenerator"]
        for literal in next(item for item in generators if item["name"] == "desk")["literals"]:
            self.assertIn(literal.split("=")[0], settings())

    def test_each_program_mounts_its_own_certificate(self):
        for name, workload in workloads().items():
            pod = workload["spec"]["template"]["spec"]
            secrets = {volume["secret"]["secretName"] for volume in pod["volumes"] if volume["name"] == "tls"}
            self.assertEqual(secrets, {f"{name}-tls"})


class NetworkPolicies(unittest.TestCase):
    def setUp(self):
        self.policies = {
            document["metadata"]["name"]: document["spec"]
            for _, document in documents()
            if document["kind"] == "NetworkPolicy"
        }
        self.allowed = allow_list(read("Services/Kubernetes/callers"))

    def test_the_allow_list_is_that_of_the_programs(self):
        codingahead = program("codingahead")
        if not codingahead:
            self.skipTest("codingahead is not built")
        with tempfile.TemporaryDirectory() as folder:
            made = run(codingahead, "certificates", "--folder", f"{folder}/made", "--days", "1")
            self.assertEqual(made.returncode, 0, made.stderr)
            self.assertEqual(pathlib.Path(folder, "made/callers").read_text(), read("Services/Kubernetes/callers"))

    def test_nobody_is_let_in_or_out_unless_named(self):
        base = self.policies["nobody-unless-named"]
        self.assertEqual((base["podSelector"], base["ingress"]), ({}, []))
        self.assertEqual(set(base["policyTypes"]), {"Ingress", "Egress"})

    def test_who_is_let_in_is_who_may_call(self):
        pairs = set()
        for name in PROGRAMS:
            policy = self.policies.get(f"to-{name}")
            if not policy:
                continue
            self.assertEqual(policy["podSelector"]["matchLabels"], {"app": name})
            for rule in policy["ingress"]:
                self.assertEqual([port["port"] for port in rule["ports"]], [PORTS[name]])
                pairs |= {(source["podSelector"]["matchLabels"]["app"], name) for source in rule["from"]}
        self.assertEqual(pairs, self.allowed)

    def test_who_is_let_out_to_whom_is_the_same(self):
        pairs = set()
        for name, policy in self.policies.items():
            if not name.startswith("from-"):
                continue
            caller = policy["podSelector"]["matchLabels"]["app"]
            for rule in policy["egress"]:
                called = rule["to"][0]["podSelector"]["matchLabels"]["app"]
                self.assertEqual([port["port"] for port in rule["ports"]], [PORTS[called]])
                pairs.add((caller, called))
        self.assertEqual(pairs, self.allowed)

    def test_only_gateway_is_open_to_all(self):
        for name, policy in self.policies.items():
            for rule in policy.get("ingress", []):
                if "from" not in rule:
                    self.assertEqual((name, policy["podSelector"]), ("public-gateway", {"matchLabels": {"app": "gateway"}}))
