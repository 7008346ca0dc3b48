"""Every route of every kind of reader, with the objects of somebody else: who may not, gets nothing and changes nothing.

The routes are not listed by hand alone: the JSON ones come from /openapi.json, the pages from the sources of Gateway, and one
that no rule below knows fails the test.
"""

import json
import re
import urllib.error
import urllib.request
import uuid
from datetime import date, timedelta

import pytest
from desk import PASSWORD, ROOT

ROLES = ["guest", "member", "editor", "employer", "moderator", "administrator"]
# What anybody may ask, without an account.
OPEN_CALLS = {
    "POST /v1/accounts", "POST /v1/sessions", "POST /v1/verifications", "POST /v1/password-resets",
    "POST /v1/password-resets:confirm", "POST /v1/invitations:look", "GET /v1/errors", "GET /v1/assistant/passages/{id}",
    "GET /v1/search", "GET /v1/suggest", "POST /v1/claims:check", "GET /v1/crosswalks/{map}/{code}", "GET /v1/fees:price",
    "GET /v1/coverage", "GET /v1/editions", "GET /v1/editions/{system}/diff", "POST /v1/cases:code", "GET /v1/credentials",
    "GET /v1/jobs", "GET /v1/jobs/{id}", "GET /v1/employers/{id}",
}
# Pages for everybody, forms before a log-in and machine addresses among them.
OPEN_PAGES = {
    "/", "/search", "/codes/:system", "/codes/:system/:code", "/case2code", "/claims", "/fees", "/coverage", "/crosswalks",
    "/editions", "/errors", "/casepilot", "/casepilot/passages/:id", "/register", "/login", "/login/code", "/logout", "/reset",
    "/verify", "/invitation", "/careers", "/careers/:id", "/careers/:id/go", "/careers/:id/report", "/careers.atom",
    "/careers-sitemap.xml", "/unsubscribe", "/employers/:id", "/robots.txt", "/livez", "/readyz", "/openapi.json",
    "/payments/events", "/clinicaltables/api/:table/v3/search",
}
# Signed-in pages that name somebody's object.
OWNED_PAGES = {
    "/account/organisations/:id", "/casepilot/:conversation", "/careers/applications/:id/resume", "/employers/jobs/:id", "/employers/jobs/:id/applicants", "/employers/jobs/:id/applicants.csv",
    "/employers/jobs/:id/edit",
}


class Client:
    """One reader with a cookie jar of one session, or none."""

    def __init__(self, desk, address: str = "") -> None:
        self.origin, self.address, self.token, self.identity = desk.origin, address, "", ""
        self.opener = urllib.request.build_opener(NoRedirect)
        if address:
            self.json("POST", "/v1/accounts", {"email": address, "password": PASSWORD})
            self.log_in()

    def log_in(self) -> None:
        self.token = self.json("POST", "/v1/sessions", {"email": self.address, "password": PASSWORD})[1]["token"]
        self.identity = self.json("GET", "/v1/me")[1]["account"]["id"]

    def send(self, method: str, path: str, body: bytes | None = None, kind: str = "", cookie: bool = False):
        request = urllib.request.Request(self.origin + path, data=body, method=method)
        if kind:
            request.add_header("Content-Type", kind)
        if self.token:
            request.add_header(*(("Cookie", f"session={self.token}") if cookie else ("Authorization", f"Bearer {self.token}")))
        try:
            reply = self.opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            return reply.status, reply.read(), reply.headers

    def json(self, method: str, path: str, body=None):
        data = None if body is None else json.dumps(body).encode()
        status, text, _ = self.send(method, path, data, "application/json" if data is not None else "")
        return status, json.loads(text) if text.startswith((b"{", b"[")) else {}

    def page(self, path: str) -> tuple[int, str]:
        status, text, headers = self.send("GET", path, cookie=True)
        return status, headers.get("Location", "") if status in (301, 303) else text.decode(errors="replace")

    def form(self, path: str, fields: str) -> tuple[int, str]:
        status, text, headers = self.send("POST", path, fields.encode(), "application/x-www-form-urlencoded", cookie=True)
        return status, headers.get("Location", "") if status == 303 else text.decode(errors="replace")


def verified(desk, name: str) -> Client:
    """A reader who followed the link to a verified address."""
    reader = Client(desk, f"{name}-{uuid.uuid4().hex[:8]}@example.org")
    link = desk.mailed_link(reader.address, "/verify")
    assert reader.json("POST", "/v1/verifications", {"token": link.partition("=")[2]})[0] == 200
    return reader


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture(scope="module")
def readers(desk, administrator) -> dict[str, Client]:
    """One reader of each role; the administrator gave the roles."""
    root = Client(desk)
    root.address = administrator
    root.log_in()
    readers = {"guest": Client(desk), "administrator": root}
    for role in ["member", "editor", "employer", "moderator"]:
        reader = verified(desk, role)
        if role != "member":
            status, _ = root.json("POST", f"/v1/admin/accounts/{reader.identity}/roles", {"roles": ["member", role]})
            assert status == 200
        reader.log_in()
        readers[role] = reader
    return readers


@pytest.fixture(scope="module")
def owner(desk) -> Client:
    return verified(desk, "owner")


@pytest.fixture(scope="module")
def things(owner) -> dict[str, str]:
    """The owner's objects: what the others try to reach, by the names that the addresses give them."""
    made = {}

    def make(name: str, path: str, body: dict, key: str = "id", at: str = "") -> None:
        status, reply = owner.json("POST", path, body)
        assert status == 200, f"{path}: {status} {reply}"
        made[name] = (reply[at] if at else reply)[key]

    make("organisation", "/v1/organisations", {"name": "The owner's"})
    make("employer", "/v1/employers", {"name": "Owner Clinic", "domain": "owner-clinic.example"})
    make("job", "/v1/jobs", {"employerId": made["employer"], "content": {"title": "Coder", "description": "x" * 200}})
    make("search", "/v1/me/saved-searches", {"name": "Mine", "rhythm": "weekly", "search": {"required": ["CPC"]}})
    make("conversation", "/v1/assistant:ask", {"question": "What does E11.9 exclude?"}, "conversation")
    made["account"] = owner.identity
    made["key"] = owner.json("POST", "/v1/me/keys", {"name": "mine", "scopes": ["read"]})[1]["key"]["id"]
    made["session"] = owner.json("GET", "/v1/me/sessions")[1]["sessions"][0]["id"]
    return made


def fingerprint(owner: Client, things: dict[str, str]) -> list:
    """Everything of the owner that somebody else could have changed."""
    calls = [
        f"/v1/organisations/{things['organisation']}", f"/v1/employers/{things['employer']}",
        f"/v1/employers/{things['employer']}/jobs", "/v1/me/saved-searches", "/v1/me/keys",
        f"/v1/assistant/conversations/{things['conversation']}", "/v1/me/applications", "/v1/me/saved-jobs",
    ]
    replies = [owner.json("GET", path) for path in calls]
    assert all(status == 200 for status, _ in replies), [(path, status) for path, (status, _) in zip(calls, replies)]
    me = owner.json("GET", "/v1/me")[1]["account"]
    return [reply for _, reply in replies] + [{key: me.get(key) for key in ["id", "email", "plan", "roles", "emailVerified"]}]


def calls(desk) -> list[tuple[str, str]]:
    with urllib.request.urlopen(desk.origin + "/openapi.json", timeout=20) as reply:
        paths = json.load(reply)["paths"]
    return [(method.upper(), path) for path, methods in sorted(paths.items()) for method in methods if path.startswith("/v1/")]


def filled(path: str, things: dict[str, str]) -> str:
    """An address with the owner's objects in it."""
    kinds = [
        ("/v1/organisations/", "organisation"), ("/v1/admin/organisations/", "organisation"), ("/v1/employers/", "employer"),
        ("/v1/jobs/", "job"), ("/v1/me/saved-jobs/", "job"), ("/v1/me/saved-searches/", "search"), ("/v1/me/keys/", "key"),
        ("/v1/me/sessions/", "session"),
    ]
    identity = next((things[name] for start, name in kinds if path.startswith(start)), "0123456789abcdef")
    words = {
        "id": identity, "account": things["account"], "account_id": things["account"],
        "conversation": things["conversation"], "invitation_id": "in_0123456789abcdef", "system": "icd10cm", "code": "E11.9",
        "map": "icd9cm-icd10cm", "year": "2026",
    }
    return re.sub(r"\{(\w+)\}", lambda match: words[match.group(1)], path)


# Bodies that would go through if the caller were the right one.
BODIES = {
    "POST /v1/organisations/{id}/name": {"name": "Taken over"},
    "POST /v1/organisations/{id}/invitations": {"email": "thief@example.org"},
    # Who calls is filled in: a thief makes the own account the owner.
    "POST /v1/organisations/{id}/transfer": {"accountId": "SELF", "password": PASSWORD},
    "POST /v1/organisations/{id}/delete": {"password": PASSWORD},
    "POST /v1/organisations/{id}/members/{account_id}/role": {"role": "member"},
    "POST /v1/assistant/conversations/{conversation}:rename": {"title": "Taken over"},
    "PATCH /v1/employers/{id}": {"about": "Taken over"},
    "PUT /v1/jobs/{id}": {"content": {"title": "Taken over"}, "revision": 1},
    "POST /v1/employers/{id}/members": {"account": "thief@example.org"},
    "POST /v1/jobs/{id}/closing": {"reason": "withdrawn"},
    "POST /v1/jobs/{id}/renewal": {"validThrough": (date.today() + timedelta(days=20)).isoformat()},
    "POST /v1/applications/{id}/stage": {"stage": "declined"},
    "POST /v1/jobs/{id}/verdict": {"verdict": "approve", "revision": 1},
    "PATCH /v1/me/saved-searches/{id}": {"name": "Taken over"},
    "POST /v1/admin/organisations/{id}/seats": {"seats": 9, "reason": "test"},
    "POST /v1/admin/accounts/{account_id}/suspension": {"suspended": True, "reason": "test"},
    "POST /v1/admin/accounts/{account_id}/roles": {"roles": ["member", "administrator"]},
    "POST /v1/admin/accounts/{account_id}/plan": {"plan": "professional", "reason": "test"},
    "POST /v1/admin/accounts/{account_id}/grants": {
        "feature": "code_page", "amount": 5, "endsOn": "2099-01-01", "reason": "test"},
    "POST /v1/admin/accounts/{account_id}/corrections": {"feature": "code_page", "amount": 5, "reason": "test"},
}
# Routes of the reader's own that a test must not really take: they end the session, the account or its way in.
ENDS_THE_READER = {"DELETE /v1/me", "DELETE /v1/me/sessions", "POST /v1/me/password", "POST /v1/me/email"}
OWNED = re.compile(r"^/v1/(organisations/|employers/|applications/|assistant/conversations/|me/(keys|sessions|saved-searches)/|"
                   r"jobs/\{id\}/(submission|closing|renewal|revisions|applications)|billing/subscriptions/)|^/v1/jobs/\{id\}$")


def test_every_call_gives_and_takes_only_what_its_caller_may(desk, readers, owner, things):
    before = fingerprint(owner, things)
    faults = []
    for method, template in calls(desk):
        name = f"{method} {template}"
        path = filled(template, things)
        body = None if method in ("GET", "DELETE") else BODIES.get(name, {})
        for role in ROLES:
            reader = readers[role]
            is_admin, is_moderator = role == "administrator", role in ("moderator", "administrator")
            if template.startswith("/v1/admin/"):
                # That an administrator may is tested where it is done; here it would change the owner.
                expected = None if is_admin else {401} if role == "guest" else {403}
            elif template == "/v1/moderation":
                expected = {200} if is_moderator else {401} if role == "guest" else {403}
            elif template.endswith("/verdict"):
                expected = None if is_moderator else {401} if role == "guest" else {403}
            elif name in OPEN_CALLS:
                # 401: a log-in with no password.
                expected = {200, 400, 404} | ({401} if template == "/v1/sessions" else set())
            elif role == "guest":
                expected = {401}
            elif name in ENDS_THE_READER:
                expected = None
            elif OWNED.match(template) and not (name == "POST /v1/jobs/{id}/applications"):
                expected = {403, 404}
                if method == "DELETE" and template == "/v1/assistant/conversations/{conversation}":
                    # Deleting what is not there is done; that the owner's is still there is seen below.
                    expected = {200}
                elif template == "/v1/jobs/{id}/revisions" and is_moderator:
                    expected = {200}
            else:
                # The reader's own: whatever it is, it is not refused for who asks, and breaks nothing.
                expected = {200, 400, 403, 404, 409, 429}
            if expected is None:
                continue
            sent = {key: reader.identity if value == "SELF" else value for key, value in body.items()} if body else body
            status, reply = reader.json(method, path, sent)
            if status not in expected:
                faults.append(f"{role}: {name}: {status}, not {sorted(expected)}: {str(reply)[:160]}")
            if role != "guest" and owner.address in json.dumps(reply):
                faults.append(f"{role}: {name}: the owner's address is in the answer")
    after = fingerprint(owner, things)
    assert not faults, "\n".join(faults)
    assert after == before, "somebody changed the owner's things"


def routes() -> list[tuple[str, str]]:
    """Every page's address, out of the sources."""
    found = set()
    for file in sorted((ROOT / "Services/Gateway").rglob("*.swift")):
        found |= set(re.findall(r'router\.(get|post)\("([^"]+)"', file.read_text()))
    return sorted(found | {("get", "/admin/offers"), ("post", "/admin/offers")})


def test_every_page_and_form_opens_only_to_whom_it_is_for(desk, readers, owner, things):
    before = fingerprint(owner, things)
    faults = []
    objects = {
        "/account/organisations/": "organisation", "/casepilot/": "conversation", "/employers/jobs/": "job",
        "/employers/": "employer", "/admin/accounts/": "account", "/admin/careers/": "job", "/careers/": "job",
    }
    for method, template in routes():
        identity = next((things[name] for start, name in objects.items() if template.startswith(start)), "x")
        path = template.replace(":id", identity).replace(":conversation", identity).replace(":act", "rename")
        path = path.replace(":system", "icd10cm").replace(":code", "E11.9").replace(":table", "icd10cm")
        for role in ROLES:
            reader = readers[role]
            if method == "post":
                # No form's token: whoever it is, nothing is done.
                status, text = reader.form(path, "name=Taken+over&verdict=approve&revision=1")
                allowed = {303} if role == "guest" and text.startswith("/login") else {401, 403, 404, 413, 415}
                # A provider's events are signed; leaving a list is one click of a mail program (RFC 8058).
                if status not in allowed and template not in ("/payments/events", "/unsubscribe"):
                    faults.append(f"{role}: POST {template} without a token: {status}")
                continue
            status, text = reader.page(path)
            if template.startswith("/admin/careers"):
                expected = 200 if role in ("moderator", "administrator") else 303 if role == "guest" else 403
            elif template.startswith("/admin"):
                expected = 200 if role == "administrator" else 303 if role == "guest" else 403
                if template in ("/admin/royalties",) and role == "administrator":
                    expected = 400
            elif template in OPEN_PAGES:
                if status >= 500 or (status == 303 and text.startswith("/login")):
                    faults.append(f"{role}: {template}: {status} {text[:60]}")
                continue
            elif template in OWNED_PAGES:
                if role == "guest" and status == 303 and text.startswith("/login"):
                    continue
                if status not in (403, 404):
                    faults.append(f"{role}: {template}: {status}, somebody else's")
                continue
            elif template.startswith(("/account", "/careers/", "/employers")):
                expected = 303 if role == "guest" else None
                if role != "guest" and status in (200, 404, 400):
                    continue
            else:
                faults.append(f"no rule knows {template}: write down whom it is for")
                continue
            if status != expected:
                faults.append(f"{role}: {template}: {status}, not {expected}")
            if status == 303 and not text.startswith("/login?next="):
                faults.append(f"{role}: {template} leads to {text}")
    assert not faults, "\n".join(faults)
    assert fingerprint(owner, things) == before, "somebody changed the owner's things"
