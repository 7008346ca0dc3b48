"""Every page at three widths, light and dark: no violation of WCAG 2.2 AA, nothing wider than the window, no shift."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import log_in, register, shot, verified
from playwright.sync_api import Page
from test_products import NOTE

FREE = {
    "home": "/", "search": "/search?q=diabetes", "search-empty": "/search", "case2code": "/case2code",
    "browse-top": "/codes/icd10cm", "browse": "/codes/icd10cm?under=E11", "browse-hcpcs": "/codes/hcpcs",
    "code-guest": "/codes/cpt/20975", "editions": "/editions", "register": "/register", "login": "/login",
    "reset": "/reset", "verify": "/verify", "casepilot": "/casepilot", "caseconsultant": "/caseconsultant",
    "careers": "/careers", "careers-none": "/careers?q=zzzzz", "claims": "/claims", "fees": "/fees",
    "fees-price": "/fees?code=G0101&on=2025-02-01&locality=Los+Angeles",
    "fees-chart": "/fees?code=G0101&on=2025-02-01&state=CA", "fees-refused": "/fees?code=G0101&on=2012-02-01",
    "coverage": "/coverage?q=glucose&on=2026-01-15", "crosswalks": "/crosswalks?map=icd9cm-icd10cm&code=250.00",
    "errors": "/errors", "terms": "/terms", "privacy": "/privacy", "help": "/help", "missing": "/nothing/here",
}
OWN = {
    "code-icd": "/codes/icd10cm/E11.9", "code-hcpcs": "/codes/hcpcs/A4206", "account": "/account",
    "account-desk": "/account/desk", "account-security": "/account/security", "account-keys": "/account/keys",
    "account-data": "/account/data", "account-billing": "/account/billing",
    "account-organisations": "/account/organisations", "careers-saved": "/careers/saved",
    "careers-searches": "/careers/searches", "careers-applications": "/careers/applications",
    "careers-profile": "/careers/profile", "employers": "/employers", "forbidden": "/admin",
}
ADMIN = {
    "admin": "/admin?q=reader", "admin-none": "/admin?q=nobody.there", "admin-licences": "/admin/licences",
    "admin-offers": "/admin/offers", "admin-careers": "/admin/careers", "admin-audit": "/admin/audit",
}
LOOKS = [(1440, "light"), (1440, "dark"), (768, "light"), (360, "light"), (360, "dark")]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SHIFT = """() => { window.shift = 0; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true }); }"""
axe = Axe()


def check(page: Page, name: str, path: str, width: int, scheme: str) -> list[str]:
    page.goto(path)
    return look(page, name, width, scheme)


def look(page: Page, name: str, width: int, scheme: str) -> list[str]:
    """What is wrong with the page in view."""
    page.evaluate(SHIFT)
    shot(page, f"{name}-{width}-{scheme}")
    faults = []
    for violation in axe.run(page, options=RULES).response["violations"]:
        where = "; ".join(node["html"][:140] for node in violation["nodes"][:3])
        faults.append(f"{name} {width} {scheme}: {violation['id']}: {violation['help']}: {where}")
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        faults.append(f"{name} {width}: the page is {wide} wide")
    if (shift := page.evaluate("window.shift")) > 0:
        faults.append(f"{name} {width}: layout shift {shift}")
    return faults


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_for_everyone(open_page, job_board, width: int, scheme: str):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    faults = [fault for name, path in FREE.items() for fault in check(page, name, path, width, scheme)]
    page.goto("/careers")
    path = page.locator("main .jobs a").first.get_attribute("href")
    faults += check(page, "careers-job", path, width, scheme)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_of_an_account(open_page, width: int, scheme: str):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    register(page)
    page.goto("/codes/icd10cm/E11.9")
    page.get_by_role("button", name="Favourite").click()
    faults = [fault for name, path in OWN.items() for fault in check(page, name, path, width, scheme)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_what_forms_answer_with(open_page, desk, width: int, scheme: str):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    verified(page, desk)
    page.goto("/case2code")
    page.get_by_label("A note").fill(NOTE)
    page.get_by_role("button", name="Find diagnoses").click()
    page.wait_for_selector("[data-suggestion]")
    faults = look(page, "case-to-code", width, scheme)
    page.goto("/claims")
    page.get_by_label("Date of service").fill("2025-11-03")
    page.get_by_label("Diagnoses (").fill("E11.9, E10.9")
    page.get_by_label("Code of line 1").fill("A4206")
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("[data-verdict]")
    faults += look(page, "claim-findings", width, scheme)
    page.goto("/casepilot")
    page.get_by_label("Your question").fill("What does E11.9 exclude?")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/casepilot/*")
    faults += look(page, "casepilot-answer", width, scheme)
    page.goto("/account/organisations")
    page.get_by_label("Name", exact=True).fill("North Clinic")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/organisations/*")
    faults += look(page, "account-organisation", width, scheme)
    page.goto("/employers")
    page.get_by_label("Name").fill("North Clinic")
    page.get_by_label("Its own domain").fill(f"north-{width}-{scheme}.example")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/employers/*")
    faults += look(page, "employer", width, scheme)
    page.get_by_role("link", name="Write a job").click()
    faults += look(page, "job-form", width, scheme)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_of_the_administration(open_page, administrator, width: int, scheme: str):
    register(open_page())
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    log_in(page, administrator)
    faults = [fault for name, path in ADMIN.items() for fault in check(page, name, path, width, scheme)]
    page.goto("/admin?q=reader")
    path = page.locator("main tbody a").first.get_attribute("href")
    faults += check(page, "admin-account", path, width, scheme)
    assert not faults, "\n".join(faults)


@pytest.mark.smoke
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_most_read_pages_on_a_telephone(open_page, scheme: str):
    page = open_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    faults = [
        fault for name in ["home", "search", "code-guest", "register"]
        for fault in check(page, name, FREE[name], 360, scheme)
    ]
    assert not faults, "\n".join(faults)


def test_a_printed_code_page_is_text_and_sources_alone(page: Page):
    register(page)
    page.goto("/codes/icd10cm/E11.9")
    page.emulate_media(media="print")
    shot(page, "print-code-page")
    for hidden in [".bar", ".foot", ".tools", ".counter", "form"]:
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.get_by_role("region", name="Official Description").locator("footer").is_visible()


@pytest.mark.smoke
def test_a_code_page_is_one_file_one_stylesheet_and_one_script_within_60_kB(page: Page):
    register(page)
    replies = []
    page.on("response", lambda reply: replies.append(reply))
    page.goto("/codes/icd10cm/E11.9", wait_until="networkidle")
    sizes = {reply.url.rsplit("/", 1)[-1]: len(page.request.get(reply.url).body()) for reply in replies}
    print(sizes)
    kinds = sorted(reply.request.resource_type for reply in replies if "icon" not in reply.url)
    assert kinds == ["document", "script", "stylesheet"]
    assert sum(size for name, size in sizes.items() if name.endswith(".css") or name == "E11.9") <= 60_000
