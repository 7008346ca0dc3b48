"""Administrators find people and act on their accounts; everyone else is told that the page is not theirs."""

from conftest import log_in, register, shot
from playwright.sync_api import Page, expect


def test_a_member_is_told_that_the_administration_is_not_open_to_it(page: Page):
    register(page)
    assert page.goto("/admin").status == 403
    expect(page.locator("main")).to_contain_text("for administrators")
    assert page.get_by_role("link", name="Administration").count() == 0


def test_an_account_is_found_given_pages_and_suspended(open_page, administrator):
    member, page = open_page(), open_page()
    address = register(member)
    log_in(page, administrator)
    page.get_by_role("link", name="Administration").click()
    page.get_by_label("The beginning of an address").fill(address)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=address).click()
    expect(page.locator("[data-balance=code_page]")).to_contain_text("5 of 5")
    give = page.locator("form[action$=grants]")
    give.get_by_label("How many").fill("3")
    give.get_by_label("Worth nothing from").fill("2099-01-01")
    give.get_by_label("Reason").fill("a workshop")
    give.get_by_role("button", name="Give").click()
    expect(page.locator("[data-balance=code_page]")).to_contain_text("8 of 8")
    suspend = page.locator("form[action$=suspension]")
    suspend.get_by_label("Reason").fill("crawling")
    suspend.get_by_role("button", name="Suspend").click()
    expect(page.get_by_text("suspended", exact=True).first).to_be_visible()
    shot(page, "admin-account-suspended")
    member.goto("/account")
    member.wait_for_url("**/login?next=**")


def test_a_licence_its_terms_and_its_royalty_report(open_page, administrator):
    page = open_page()
    log_in(page, administrator)
    page.goto("/admin/licences")
    page.get_by_label("Licensee").fill("Clinic One")
    page.get_by_label("Licence number").fill("L-1")
    page.get_by_label("In force from").fill("2026-01-01")
    page.get_by_label("to", exact=True).fill("2030-12-31")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("active", exact=True).first).to_be_visible()
    page.get_by_label("Version").fill("2026-1")
    page.get_by_label("Text", exact=True).fill("Read only. No copies.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    shot(page, "admin-licences-filled")
    page.goto("/account/terms/cpt")
    expect(page.get_by_text("Read only. No copies.")).to_be_visible()
    page.get_by_role("button", name="I accept these terms").click()
    expect(page.get_by_text("accepted", exact=True)).to_be_visible()
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("link", name="Audit log").click()
    expect(page.get_by_role("region", name="Audit log")).to_contain_text("licence")
