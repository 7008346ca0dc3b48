"""Finding a code: by keys alone, with facets that follow, without a script too."""

import re
import time

import pytest
from conftest import register, shot
from playwright.sync_api import Page, expect


@pytest.mark.smoke
def test_keys_alone_lead_from_any_page_to_a_code(page: Page):
    page.goto("/terms")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search codes")
    expect(field).to_be_focused()
    page.keyboard.type("type 2 diabetes without", delay=15)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("E11.9")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert options.locator("mark").count() > 0
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    shot(page, "typeahead")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/icd10cm/E11.9")


def test_escape_closes_the_list_and_enter_then_searches(page: Page):
    page.goto("/search")
    page.keyboard.press("/")
    page.keyboard.type("asthma")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=asthma**")
    expect(page.get_by_role("status")).to_contain_text("match")


def test_the_question_mark_opens_help_over_the_page_and_not_inside_a_field(page: Page):
    page.goto("/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Help")
    expect(dialog).to_be_visible()
    shot(page, "help-dialog")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_label("Search all code sets").fill("")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Search all code sets")).to_have_value("?")


def test_facets_follow_without_leaving_the_page_and_the_address_says_all(page: Page):
    page.goto("/search?q=diabetes")
    marker = page.evaluate("window.marker = 'same document'")
    facet = page.locator(".facets").get_by_role("link", name=re.compile("^ICD-10-CM"))
    facet.click()
    page.wait_for_url("**/search?q=diabetes&system=icd10cm")
    expect(page.locator(".facets a[aria-current]")).to_have_count(1)
    expect(page.locator(".facets a[aria-current]")).to_be_focused()
    assert page.evaluate("window.marker") == marker
    shot(page, "search-facets")
    page.go_back()
    page.wait_for_url("**/search?q=diabetes")
    expect(page.locator(".facets a[aria-current]")).to_have_count(0)
    page.get_by_role("link", name="More results").click()
    expect(page.get_by_role("link", name="First page")).to_be_visible()


def test_nothing_found_says_what_else_to_try(page: Page):
    page.goto("/search?q=zzqqxxyy&system=hcpcs")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.get_by_role("link", name="Search all code sets").click()
    page.wait_for_url("**/search?q=zzqqxxyy")
    shot(page, "search-nothing")


def test_without_a_script_search_facets_pages_and_codes_work(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Search all code sets").fill("type 2 diabetes")
    page.locator("main").get_by_role("button", name="Search").click()
    page.locator(".facets").get_by_role("link", name=re.compile("^ICD-10-CM")).click()
    page.get_by_role("link", name="More results").click()
    page.go_back()
    page.locator(".hits a").first.click()
    expect(page.locator("main")).to_have_attribute("data-grant", "granted")
    expect(page.get_by_role("button", name="Copy code")).to_be_hidden()
    page.goto("/codes/icd10cm")
    page.get_by_role("link", name="4", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Endocrine")


def test_a_code_is_copied(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/codes/icd10cm/E11.9")
    page.get_by_role("button", name="Copy code").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "E11.9"


def test_the_list_is_there_soon_after_a_key(page: Page):
    page.goto("/")
    page.evaluate("""() => {
        window.waits = []; let pressed = 0;
        addEventListener("keydown", () => { pressed = performance.now(); }, true);
        new MutationObserver(() => { if (pressed) { window.waits.push(performance.now() - pressed); pressed = 0; } })
            .observe(document.querySelector("main .hints"), { childList: true });
    }""")
    page.get_by_label("Search all code sets").focus()
    for word in ["diabetes mell", "fracture rad", "chronic kid", "asthma mild"]:
        for key in word:
            page.keyboard.press(key if key != " " else "Space")
            time.sleep(0.12)
        page.get_by_label("Search all code sets").fill("")
    waits = sorted(page.evaluate("window.waits"))
    p95 = waits[int(len(waits) * 0.95)]
    print(f"typeahead: {len(waits)} keys, median {waits[len(waits) // 2]:.0f} ms, p95 {p95:.0f} ms")
    # The target is 60 ms with optimised programs on a quiet machine; here it only must not be felt as waiting.
    assert p95 < 400


def test_searches_that_are_kept_are_those_that_were_made(page: Page):
    register(page)
    page.goto("/account/desk")
    page.get_by_role("button", name="Keep my last 50 searches").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/search?q=gout")
    page.goto("/account/desk")
    expect(page.get_by_role("link", name="gout")).to_be_visible()
