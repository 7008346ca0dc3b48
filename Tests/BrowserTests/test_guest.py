"""The page that everything starts from: what a guest sees, what registering opens, what the meter says."""

import pytest
from conftest import register, shot
from playwright.sync_api import Page, expect

METER = (
    "0 code page views remaining. Guest accounts are limited to 1 page view. "
    "Register free account to get 5 more views."
)
CODES = ["icd10cm/E11.9", "icd10cm/I10", "icd10cm/J45.909", "hcpcs/A4206", "hcpcs/E0114"]


def grant(page: Page) -> str:
    return page.locator("main").get_attribute("data-grant")


@pytest.mark.smoke
def test_a_guest_opens_one_code_page_and_then_meets_the_wall(page: Page):
    page.goto("/codes/cpt/20975")
    assert grant(page) == "granted"
    for name in ["Case2Code", "CasePilot", "CaseConsultant", "CareerCenter"]:
        expect(page.get_by_role("navigation", name="Products").get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="Log in")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="Register free account")).to_be_visible()
    expect(page.locator("[data-meter]")).to_have_text(METER)
    for heading in ["Official Description", "Common Language Description"]:
        block = page.get_by_role("region", name=heading)
        expect(block).to_have_attribute("data-state", "open")
        expect(block.locator(".rights")).to_contain_text("©")
    locked = page.locator("section[data-state=locked]")
    empty = page.locator("section[data-state=empty]")
    assert locked.count() + empty.count() == 6
    if locked.count():
        expect(locked.first).to_contain_text(
            "Register to view content — create a free account to unlock this content")
    expect(page.get_by_text("Have a question about CPT® Code 20975?")).to_be_visible()
    expect(page.get_by_text("Guidelines for E/M services")).to_be_visible()
    shot(page, "guest-1-granted")

    page.goto("/codes/icd10cm/E11.9")
    assert grant(page) == "refused"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Type 2 diabetes mellitus without complications")
    expect(page.locator("[data-wall]")).to_contain_text("The meter resets on")
    expect(page.get_by_role("heading", name="Neighbouring codes")).to_be_visible()
    assert page.locator("section[data-block]").count() == 0
    shot(page, "guest-2-wall")

    page.goto("/codes/cpt/20975?on=2026-05-01")
    assert grant(page) == "repeat"


@pytest.mark.smoke
def test_registering_from_the_wall_leads_back_and_opens_five_more(page: Page):
    page.goto("/codes/cpt/20975")
    page.goto("/codes/icd10cm/E11.9")
    page.locator("[data-wall]").get_by_role("link", name="Register free account").click()
    page.get_by_label("Email address").fill("from-the-wall@example.org")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/codes/icd10cm/E11.9")
    assert grant(page) == "granted"
    assert page.locator("section[data-state=locked]").count() == 0
    shot(page, "member-1-code-page")
    for left, code in zip([3, 2, 1, 0], CODES[1:]):
        page.goto(f"/codes/{code}")
        assert grant(page) == "granted", code
        expect(page.locator("[data-meter]")).to_have_attribute("data-remaining", str(left))
    page.goto("/codes/cpt/20975")
    assert grant(page) == "repeat"
    page.goto("/codes/icd10cm/K21.9")
    assert grant(page) == "refused"
    expect(page.locator("[data-wall]")).to_contain_text("No code page views left this month")
    shot(page, "member-2-wall")


def test_two_pages_opened_at_once_are_one_guest(open_page):
    first = open_page()
    first.goto("/")
    second = first.context.new_page()
    for page, code in [(first, CODES[0]), (second, CODES[1])]:
        page.goto(f"/codes/{code}", wait_until="commit")
    first.wait_for_load_state()
    second.wait_for_load_state()
    assert sorted([grant(first), grant(second)]) == ["granted", "refused"]


@pytest.mark.parametrize("path", ["/nothing/here", "/codes/icd10cm/Z99.99X", "/codes/loinc"])
def test_what_is_not_there_is_a_page_that_helps(page: Page, path: str):
    reply = page.goto(path)
    assert reply.status == 404
    expect(page.locator("main").get_by_role("combobox", name="Search instead")).to_be_visible()
    shot(page, "error-404-" + path.strip("/").replace("/", "-"))


def test_a_code_page_as_of_a_date_keeps_its_date_in_the_address(page: Page):
    register(page)
    page.goto("/codes/hcpcs/A4206")
    page.get_by_label("As of date of service").fill("2018-06-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/codes/hcpcs/A4206?on=2018-06-01")
    expect(page.get_by_text("as on 2018-06-01")).to_be_visible()
    assert grant(page) == "repeat"
    shot(page, "code-as-of-2018")
    page.get_by_role("link", name="Latest edition").click()
    page.wait_for_url("**/codes/hcpcs/A4206")


def test_a_date_outside_all_editions_names_those_loaded(page: Page):
    register(page)
    reply = page.goto("/codes/icd10cm/E11.9?on=1999-01-01")
    assert reply.status == 404
    expect(page.locator("main")).to_contain_text("2026")
