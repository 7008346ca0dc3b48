"""A reader's own pages: what is kept, how one signs in, keys, export and deletion."""

import base64
import hmac
import json
import struct
import time

from conftest import log_in, register, shot
from desk import PASSWORD
from playwright.sync_api import Page, expect


def one_time_code(secret: str) -> str:
    """RFC 6238 with SHA-1, six digits and 30 seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_favourites_and_notes_come_from_the_code_page_and_go_from_the_desk(page: Page):
    register(page)
    page.goto("/account/desk")
    expect(page.get_by_role("heading", name="Nothing is kept yet")).to_be_visible()
    page.goto("/codes/icd10cm/E11.9")
    page.get_by_role("button", name="Favourite").click()
    expect(page.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Only you see it").fill("ask for the A1c\nand the date")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_label("Only you see it")).to_have_value("ask for the A1c\nand the date")
    shot(page, "code-with-note")
    page.goto("/account/desk")
    expect(page.get_by_role("region", name="Marked codes")).to_contain_text("ask for the A1c")
    expect(page.get_by_role("link", name="E11.9").first).to_be_visible()
    shot(page, "desk-filled")
    page.get_by_role("button", name="Favourite E11.9: take away").click()
    page.get_by_role("button", name="Note on E11.9: take away").click()
    expect(page.get_by_role("heading", name="Nothing is kept yet")).to_be_visible()


def test_an_address_is_verified_by_its_mail_and_then_codes_can_be_watched(page: Page, desk):
    address = register(page)
    expect(page.get_by_text("Your address is not verified yet")).to_be_visible()
    page.goto(desk.mailed_link(address, "/verify"))
    page.get_by_role("button", name="Verify address").click()
    expect(page.get_by_text("Your address is verified")).to_be_visible()
    page.goto("/codes/hcpcs/A4206")
    page.get_by_role("button", name="Watch for changes").click()
    expect(page.get_by_role("button", name="Watch for changes")).to_have_attribute("aria-pressed", "true")


def test_a_forgotten_password_is_set_anew_by_mail(page: Page, desk):
    address = register(page)
    page.get_by_role("button", name="Log out").click()
    page.goto("/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email address").fill(address)
    page.get_by_role("button", name="Send a link").click()
    expect(page.get_by_text("a mail with a link is on its way")).to_be_visible()
    page.goto(desk.mailed_link(address, "/reset"))
    page.get_by_label("New password").fill("nine unrelated pears")
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_text("Your new password is set")).to_be_visible()


def test_the_password_is_changed_and_other_sessions_end(open_page):
    page, other = open_page(), open_page()
    address = register(page)
    log_in(other, address)
    page.goto("/account/security")
    page.get_by_role("region", name="Password").get_by_text("Change it").click()
    page.get_by_label("Present password").fill("not this one")
    page.get_by_label("New password").fill("nine unrelated pears")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("alert")).to_be_visible()
    shot(page, "security-wrong-password")
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("New password").fill("nine unrelated pears")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("status")).to_contain_text("Your password is changed")
    other.goto("/account")
    other.wait_for_url("**/login?next=**")


def test_a_second_factor_is_set_up_with_its_recovery_codes(page: Page):
    register(page)
    page.goto("/account/security")
    factor = page.get_by_role("region", name="Second factor")
    factor.get_by_text("Turn it on").click()
    factor.get_by_label("Your password").fill(PASSWORD)
    factor.get_by_role("button", name="Show a key").click()
    secret = page.locator("[data-secret]").get_attribute("data-secret")
    shot(page, "security-enrolment")
    code = page.locator("main").get_by_role("textbox", name="Code")
    code.fill("000000")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("alert")).to_be_visible()
    code.fill(one_time_code(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator("[data-recovery] li")).to_have_count(10)
    shot(page, "security-recovery-codes")
    page.goto("/account/security")
    expect(page.get_by_text("Logging in asks for a code")).to_be_visible()


def test_a_key_is_shown_once_and_calls_the_api(page: Page, desk):
    register(page)
    page.goto("/account/keys")
    page.get_by_label("Name").fill("EHR test system")
    page.get_by_role("button", name="Make a key").click()
    secret = page.locator("[data-new-key] [data-secret]").inner_text()
    shot(page, "keys-new")
    reply = page.request.get("/v1/codes/icd10cm/E11.9", headers={"Authorization": f"Bearer {secret}"})
    assert reply.status == 200 and reply.json()["code"] == "E11.9"
    page.goto("/account/keys")
    assert secret not in page.content()
    page.get_by_role("button", name="Revoke EHR test system").click()
    expect(page.get_by_role("heading", name="No keys")).to_be_visible()
    refused = page.request.get("/v1/codes/icd10cm/E11.9", headers={"Authorization": f"Bearer {secret}"})
    assert refused.status == 401


def test_the_export_holds_everything_and_deletion_ends_it(page: Page):
    address = register(page)
    page.goto("/codes/icd10cm/E11.9")
    page.goto("/account/data")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    export = json.loads(download.value.path().read_text())
    assert export["profile"]["account"]["email"] == address
    assert any(entry.get("item") == "icd10cm/E11.9" for entry in export["entries"])
    page.get_by_text("Delete it", exact=True).click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("I know that this cannot be undone").check()
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    page.goto("/account")
    page.wait_for_url("**/login?next=**")


def test_the_usage_chart_tells_of_what_was_opened(page: Page):
    register(page)
    for code in ["icd10cm/E11.9", "hcpcs/A4206", "icd10cm/I10"]:
        page.goto(f"/codes/{code}")
    page.goto("/account")
    expect(page.get_by_role("img", name="What you opened in")).to_be_visible()
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("cell", name="3", exact=True)).to_be_visible()
    shot(page, "account-used")
