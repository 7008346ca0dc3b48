"""A list of payloads in every field of every page: none runs, none leaves its place in the markup."""

from urllib.parse import quote

import pytest
from conftest import log_in, register
from playwright.sync_api import Page

PAYLOADS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "' autofocus onfocus='alert(3)",
    "</textarea><svg onload=alert(4)>", "javascript:alert(5)", "{{constructor.constructor('alert(6)')()}}",
    "\"\u0301 onfocus=alert(7) autofocus x=", "<\u0338script>alert(8)</script>", "</title><script>alert(9)</script>",
    "&lt;script&gt;alert(10)&lt;/script&gt;", "\u202e<b onclick=alert(11)>", "]]><script>alert(12)</script>",
]
OPEN = ["/", "/search?q=x", "/case2code", "/register", "/login", "/reset", "/casepilot", "/nothing/here"]
OWN = [
    "/account/security", "/account/keys", "/account/data", "/account/desk", "/codes/icd10cm/E11.9",
]
ADMIN = ["/admin", "/admin/licences", "/admin/audit"]


def fill_and_send(page: Page, path: str, payload: str) -> None:
    """Sends each form of a page with the payload in every field that takes text, limits and kinds of fields set aside."""
    page.goto(path)
    for index in range(page.locator("main form").count()):
        page.goto(path)
        form = page.locator("main form").nth(index)
        if form.count() == 0:
            continue
        form.evaluate("""(form, payload) => {
            form.noValidate = true;
            for (const field of form.elements) {
                if (field.name === "csrf" || field.name === "key") continue;
                if (field.type === "checkbox") continue;
                if (field.tagName === "SELECT") field.append(new Option(payload, payload, true, true));
                else if (field.tagName === "INPUT") { field.type = "text"; field.value = payload; }
                else if (field.tagName === "TEXTAREA") field.value = payload;
            }
            // Deleting for good and leaving are no tests of fields.
            if (form.action.endsWith("/delete")) form.elements.sure.checked = true;
        }""", payload)
        with page.expect_navigation():
            form.evaluate("form => setTimeout(() => form.requestSubmit(form.querySelector('button')))")
        assert page.locator("script:not([src], [type='application/ld+json'])").count() == 0, f"{path} form {index}"
        assert page.evaluate("document.querySelectorAll('[onerror],[onload],[onfocus],[onclick]').length") == 0
        assert page.locator("a[href^='javascript:']").count() == 0


@pytest.mark.parametrize("payload", PAYLOADS)
def test_forms_for_everyone(page: Page, payload: str):
    for path in OPEN:
        fill_and_send(page, path, payload)


def test_forms_of_an_account(page: Page):
    register(page)
    for payload in PAYLOADS:
        for path in OWN:
            fill_and_send(page, path, payload)
    for path in OWN + ["/account"]:
        page.goto(path)
        assert page.locator("script:not([src], [type='application/ld+json'])").count() == 0


def test_forms_of_the_administration(open_page, administrator):
    page = open_page()
    log_in(page, administrator)
    for payload in PAYLOADS[:6]:
        for path in ADMIN:
            fill_and_send(page, path, payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_in_addresses(page: Page, payload: str):
    word = quote(payload, safe="")
    for path in [
        f"/search?q={word}&system={word}&billable={word}&chapter={word}&on={word}&page_token={word}",
        f"/codes/icd10cm/{word}", f"/codes/{word}", f"/codes/icd10cm?under={word}&on={word}",
        f"/codes/icd10cm/E11.9?on={word}", f"/login?next={word}", f"/register?next={word}", f"/verify?token={word}",
        f"/reset?token={word}", f"/casepilot?system={word}&code={word}", f"/{word}", f"/account?done={word}",
    ]:
        page.goto(path)
        assert page.locator("script:not([src], [type='application/ld+json'])").count() == 0, path
        assert page.locator("a[href^='javascript:']").count() == 0, path


def test_log_in_never_leads_to_another_site(page: Page, desk):
    address = register(page)
    for place in ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example"]:
        page.get_by_role("button", name="Log out").click()
        page.goto(f"/login?next={place}")
        page.get_by_label("Email address").fill(address)
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_load_state()
        assert page.url.startswith(desk.origin), place
        page.goto("/account")
