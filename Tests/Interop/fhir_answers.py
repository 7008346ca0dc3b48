"""Asks the FHIR addresses of a running desk and reads every answer with an independent model of FHIR (R4B).

fhir_answers.py ORIGIN TOKEN: prints one line for each request; ends with 1 when an answer is not what FHIR or the request wants.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

from fhir.resources.R4B import get_fhir_model_class

ORIGIN, TOKEN = sys.argv[1:3]
ICD10, CPT, ICD9 = "http://hl7.org/fhir/sid/icd-10-cm", "http://www.ama-assn.org/go/cpt", "http://hl7.org/fhir/sid/icd-9-cm"
FAILURES = []


def ask(path, query=None, body=None, token=TOKEN):
    """Status and resource; every resource has to pass the model of its type."""
    url = f"{ORIGIN}/fhir{path}" + ("?" + urllib.parse.urlencode(query, doseq=True) if query else "")
    request = urllib.request.Request(url, data=json.dumps(body).encode() if body is not None else None)
    if body is not None:
        request.add_header("Content-Type", "application/fhir+json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request) as reply:
            status, kind, text = reply.status, reply.headers["Content-Type"], reply.read()
    except urllib.error.HTTPError as error:
        status, kind, text = error.code, error.headers["Content-Type"], error.read()
    resource = json.loads(text)
    if not kind.startswith("application/fhir+json"):
        raise AssertionError(f"media type {kind}")
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return status, resource


def case(name, check):
    """Runs one case; what it raises is its failure."""
    try:
        check()
        print(f"ok   {name}")
    except Exception as error:  # the line says which case it was, and the run goes on
        FAILURES.append(name)
        print(f"FAIL {name}: {type(error).__name__}: {str(error)[:800]}")


def value(resource, name):
    """The value of a parameter."""
    for parameter in resource["parameter"]:
        if parameter["name"] == name:
            return next((parameter[key] for key in parameter if key.startswith("value")), None)
    return None


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def parameters(**values):
    """A Parameters resource of codes, addresses and texts by `name=(type, value)`."""
    return {"resourceType": "Parameters",
            "parameter": [{"name": name, f"value{kind}": content} for name, (kind, content) in values.items()]}


def statements():
    status, resource = ask("/metadata", token=None)
    expect(status == 200 and resource["resourceType"] == "CapabilityStatement", resource)
    expect(resource["fhirVersion"] == "4.0.1", resource["fhirVersion"])
    status, resource = ask("/metadata", {"mode": "terminology"}, token=None)
    expect(status == 200 and resource["resourceType"] == "TerminologyCapabilities", resource)
    expect(ICD10 in [system["uri"] for system in resource["codeSystem"]], resource)


def resources():
    for kind in ("CodeSystem", "ValueSet", "ConceptMap"):
        status, bundle = ask(f"/{kind}", token=None)
        expect(status == 200 and bundle["total"] == len(bundle.get("entry", [])) > 0, bundle)
        for entry in bundle["entry"]:
            status, resource = ask(f"/{kind}/{entry['resource']['id']}", token=None)
            expect(status == 200 and resource == entry["resource"], resource)
    status, bundle = ask("/CodeSystem", {"url": ICD10}, token=None)
    expect(bundle["total"] >= 1 and all(e["resource"]["url"] == ICD10 for e in bundle["entry"]), bundle)
    expect(ask("/CodeSystem", {"url": "urn:nothing"}, token=None)[1]["total"] == 0, "a search for nothing")
    expect(ask("/CodeSystem", {"nonsense": "1"}, token=None)[0] == 400, "an unknown search parameter")
    expect(ask("/CodeSystem/nothing", token=None)[0] == 404, "an unknown id")


def lookup():
    expect(ask("/CodeSystem/$lookup", {"system": ICD10, "code": "A10"}, token=None)[0] == 401, "nobody looks up")
    status, resource = ask("/CodeSystem/$lookup", {"system": ICD10, "code": "A10"})
    expect(status == 200 and value(resource, "display"), resource)
    posted = ask("/CodeSystem/$lookup", body={"resourceType": "Parameters", "parameter": [
        {"name": "coding", "valueCoding": {"system": ICD10, "code": "A10"}}]})
    expect(posted == (status, resource), posted)
    expect(ask("/CodeSystem/icd10cm/$lookup", {"code": "A10"}) == (status, resource), "on the instance")
    status, resource = ask("/CodeSystem/$lookup", {"system": CPT, "code": "20975", "property": "parent"})
    codes = [part["valueCode"] for p in resource["parameter"] if p["name"] == "property" for part in p["part"]
             if part["name"] == "code"]
    expect(status == 200 and "copyright" in codes, resource)
    for query, wanted in (({"system": ICD10, "code": "A10.999"}, 404), ({"system": ICD10, "code": "NOTHING"}, 400), ({"code": "A10"}, 400), ({"system": ICD10}, 400),
                          ({"system": "urn:x", "code": "A10"}, 404),
                          ({"system": ICD10, "code": "A10", "version": "1900"}, 404),
                          ({"system": ICD10, "code": "A10", "date": "2026"}, 400)):
        status, outcome = ask("/CodeSystem/$lookup", query)
        expect(status == wanted and outcome["resourceType"] == "OperationOutcome", (query, status, outcome))


def validation():
    for code, wanted in (("A10", True), ("NOTHING", False)):
        status, resource = ask("/CodeSystem/$validate-code", {"url": ICD10, "code": code}, token=None)
        expect(status == 200 and value(resource, "result") is wanted, resource)
        posted = ask("/CodeSystem/$validate-code", body=parameters(url=("Uri", ICD10), code=("Code", code)), token=None)
        expect(posted == (status, resource), posted)
        status, resource = ask("/ValueSet/$validate-code", {"url": f"{ICD10}?fhir_vs", "system": ICD10, "code": code}, token=None)
        expect(status == 200 and value(resource, "result") is wanted, resource)
    for heading, wanted in (("1", True), ("A11", False)):
        status, resource = ask("/ValueSet/$validate-code", {
            "url": f"{ICD10}?fhir_vs=isa/{heading}", "system": ICD10, "code": "A10"}, token=None)
        expect(status == 200 and value(resource, "result") is wanted, resource)


def subsumption():
    for a, b, wanted in (("1", "A10", "subsumes"), ("A10", "1", "subsumed-by"), ("A10", "A10", "equivalent"),
                         ("A10", "A11", "not-subsumed")):
        status, resource = ask("/CodeSystem/$subsumes", {"system": ICD10, "codeA": a, "codeB": b}, token=None)
        expect(status == 200 and value(resource, "outcome") == wanted, resource)


def expansion():
    status, all_codes = ask("/ValueSet/$expand", {"url": f"{ICD10}?fhir_vs", "count": 1000}, token=None)
    total = all_codes["expansion"]["total"]
    expect(status == 200 and total == len(all_codes["expansion"]["contains"]) > 40, total)
    pages = [ask("/ValueSet/$expand", {"url": f"{ICD10}?fhir_vs", "count": 15, "offset": offset}, token=None)[1]
             for offset in range(0, total, 15)]
    paged = [entry["code"] for page in pages for entry in page["expansion"].get("contains", [])]
    expect(paged == [entry["code"] for entry in all_codes["expansion"]["contains"]], "pages are not the whole")
    expect(all(page["expansion"]["total"] == total for page in pages), "the total changes from page to page")
    _, none = ask("/ValueSet/$expand", {"url": f"{ICD10}?fhir_vs", "count": 0}, token=None)
    expect(none["expansion"]["total"] == total and "contains" not in none["expansion"], none)
    _, found = ask("/ValueSet/$expand", {"url": f"{ICD10}?fhir_vs", "filter": "condition A12"}, token=None)
    expect([e["code"] for e in found["expansion"]["contains"]] == ["A12"], found)
    status, sent = ask("/ValueSet/$expand", body={"resourceType": "Parameters", "parameter": [
        {"name": "count", "valueInteger": 5},
        {"name": "valueSet", "resource": {"resourceType": "ValueSet", "status": "active", "compose": {"include": [
            {"system": ICD10, "filter": [{"property": "concept", "op": "is-a", "value": "1"}]}]}}}]}, token=None)
    expect(status == 200 and len(sent["expansion"]["contains"]) == 5, sent)
    _, cpt = ask("/ValueSet/$expand", {"url": f"{CPT}?fhir_vs", "count": 5000}, token=None)
    expect(cpt["expansion"]["total"] <= 1000 and cpt["copyright"], cpt)
    expect(ask("/ValueSet/$expand", {"url": "urn:nothing"}, token=None)[0] == 404, "an unknown value set")
    expect(ask("/ValueSet/$expand", {"url": f"{ICD10}?fhir_vs", "offset": 10**6}, token=None)[0] == 429, "far away")


def translation():
    status, resource = ask("/ConceptMap/$translate", {"system": ICD9, "code": "1", "targetsystem": CPT}, token=None)
    expect(status == 404, resource)
    status, resource = ask("/ConceptMap/$translate", {"system": ICD9, "code": "250.00", "targetsystem": ICD10}, token=None)
    expect(status in (200, 404), resource)


def transport():
    status, outcome = ask("/CodeSystem/$lookup", {"_format": "xml", "system": ICD10, "code": "A10"})
    expect(status == 406, outcome)
    expect(ask("/Patient", token=None)[0] == 404, "another resource")
    expect(ask("/CodeSystem", body={}, token=None)[0] == 405, "a resource cannot be made")
    expect(ask("/CodeSystem/$lookup", body={"resourceType": "Patient"})[0] == 400, "another resource as parameters")


for check in (statements, resources, lookup, validation, subsumption, expansion, translation, transport):
    case(check.__name__, check)
sys.exit(1 if FAILURES else 0)
