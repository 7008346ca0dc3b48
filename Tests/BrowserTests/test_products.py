"""The journeys of the products: a note to codes, a claim, a price, an answer as it comes, a job from posting to application."""

import re

from conftest import log_in, register, shot, verified
from playwright.sync_api import Page, expect

NOTE = (
    "68-year-old woman with type 2 diabetes mellitus and essential hypertension. Denies chest pain. "
    "Mother had breast cancer. Fracture of the left radius."
)
RESUME = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n168\n%%EOF\n"
)


def test_long_work_says_that_it_goes_on(page: Page):
    page.goto("/case2code")
    page.get_by_label("A note").fill(NOTE)
    # Not sent, after the page's own script has seen it: a note is read faster than anybody could look.
    page.evaluate("addEventListener('submit', event => event.preventDefault())")
    page.get_by_role("button", name="Find diagnoses").click()
    expect(page.get_by_role("progressbar", name=re.compile("Reading the note"))).to_be_visible()
    expect(page.get_by_role("button", name="Find diagnoses")).to_be_disabled()


def test_a_note_becomes_codes_with_their_evidence_marked_in_its_text(page: Page):
    page.goto("/case2code")
    page.get_by_label("A note").fill(NOTE)
    page.get_by_role("button", name="Find diagnoses").click()
    expect(page.locator("main")).to_have_attribute("data-page", "case")
    suggested = page.locator("[data-suggestion]").evaluate_all("rows => rows.map(row => row.dataset.suggestion)")
    assert "I10" in suggested and any(code.startswith("E11") for code in suggested)
    assert not any(code.startswith("R07") for code in suggested), "what is denied is no diagnosis"
    marks = page.locator("mark.evidence").all_inner_texts()
    assert any("hypertension" in text for text in marks)
    shot(page, "case-to-code")
    page.locator("[data-suggestion=I10] td a").first.click()
    assert page.evaluate("document.querySelector('mark.evidence:target') !== null")


def test_a_claim_is_checked_line_by_line(page: Page):
    page.goto("/claims")
    page.get_by_label("Date of service").fill("2025-11-03")
    page.get_by_label("Diagnoses (").fill("E11.9, E10.9")
    page.get_by_label("Code of line 1").fill("A4206")
    page.get_by_label("Units of line 1").fill("1")
    page.get_by_label("Diagnoses of line 1").fill("1")
    page.get_by_label("Code of line 2").fill("Q9998")
    page.get_by_role("button", name="Check").click()
    findings = page.locator("[data-verdict]")
    expect(findings.first).to_be_visible()
    verdicts = set(findings.evaluate_all("rows => rows.map(row => row.dataset.verdict)"))
    assert "fail" in verdicts
    expect(page.get_by_role("region", name="Findings")).to_contain_text(re.compile("no data|No data|not hold", re.I))
    shot(page, "claim-findings")


def test_a_fee_shows_its_arithmetic_its_localities_and_a_year_that_is_not_loaded_is_refused(page: Page):
    page.goto("/fees?code=G0101&on=2025-02-01&locality=Los+Angeles")
    expect(page.locator("[data-amount]").first).to_contain_text("$")
    expect(page.get_by_role("region", name=re.compile("^Arithmetic")).first).to_contain_text("×")
    page.goto("/fees?code=G0101&on=2025-02-01&state=CA")
    expect(page.get_by_role("img", name="What G0101 is paid, by locality")).to_be_visible()
    page.get_by_text("As a table").click()
    rows = page.get_by_role("region", name="Fees by locality", exact=True).locator("tbody tr")
    assert rows.count() == page.locator(".chart rect").count() // 2 > 10, "two bars a locality"
    shot(page, "fees")
    page.goto("/fees?code=G0101&on=2012-02-01")
    assert page.locator("[data-amount]").count() == 0
    shot(page, "fees-refused")


def test_casepilot_shows_steps_and_sentences_as_they_come_and_then_its_sources(page: Page):
    register(page)
    page.goto("/casepilot")
    page.evaluate("""() => {
        window.seen = [];
        new MutationObserver(() => {
            for (const part of document.querySelectorAll(".steps li, .answer p")) sessionStorage[part.textContent] = part.tagName;
        }).observe(document.body, { childList: true, subtree: true });
    }""")
    page.get_by_label("Your question").fill("What does E11.9 exclude?")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/casepilot/*")
    drawn = set(page.evaluate("Object.values(sessionStorage)"))
    assert drawn == {"LI", "P"}, "steps and sentences were drawn before the page of the conversation came"
    answer = page.locator("[data-answer]")
    expect(answer).to_contain_text("E11.9")
    assert answer.locator(".cite").count() > 0
    answer.locator(".cite").first.click()
    assert page.evaluate("document.querySelector('li:target') !== null")
    shot(page, "casepilot-answer")


def test_a_sample_question_stands_in_the_form_and_costs_nothing(page: Page):
    register(page)
    page.goto("/casepilot")
    page.get_by_role("link", name="When may modifier 59 be used?").click()
    expect(page.get_by_label("Your question")).to_have_value("When may modifier 59 be used?")
    page.goto("/account")
    expect(page.locator("main")).to_contain_text("5 of 5")


def test_casepilot_answers_without_a_script_too(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/casepilot")
    page.get_by_label("Your question").fill("What does E11.9 exclude?")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("[data-answer]")).to_contain_text("E11.9")


def test_a_job_goes_from_its_posting_over_the_moderator_to_an_application(open_page, desk, administrator):
    employer, moderator, seeker = open_page(), open_page(), open_page()
    verified(employer, desk)
    employer.goto("/employers")
    employer.get_by_label("Name").fill("Clinic <b>One</b>")
    employer.get_by_label("Its own domain").fill("clinic-one.example")
    employer.get_by_role("button", name="Go on").click()
    employer.get_by_label("Send a token to").fill("hr")
    employer.get_by_role("button", name="Send it").click()
    token = desk.mailed_word("hr@clinic-one.example")
    employer.get_by_label("From the mail").fill(token)
    employer.get_by_role("button", name="Done").click()
    expect(employer.get_by_text("domain verified").first).to_be_visible()
    employer.get_by_role("link", name="Write a job").click()
    employer.get_by_label("Title").fill("Outpatient coder, cardiology")
    employer.get_by_label("Description").fill("You code **outpatient** charts.\n\n" + "The team is small and kind. " * 12)
    employer.get_by_label("Credentials required").fill("CPC")
    employer.get_by_label("Workplace").select_option(label="Remote")
    employer.get_by_role("button", name="Save").click()
    shot(employer, "job-draft")
    employer.get_by_role("button", name="Submit to the moderators").click()
    log_in(moderator, administrator)
    moderator.goto("/admin/careers")
    shot(moderator, "job-moderation")
    moderator.get_by_role("button", name="Publish").first.click()
    verified(seeker, desk)
    seeker.goto("/careers?q=cardiology")
    seeker.get_by_role("link", name="Outpatient coder, cardiology").click()
    shot(seeker, "job-page")
    seeker.get_by_role("link", name="Apply").click()
    seeker.get_by_label("Your name").fill("Ada Reader")
    seeker.get_by_label("Letter").fill("I code cardiology charts.")
    seeker.get_by_label("Résumé").set_input_files({"name": "ada.pdf", "mimeType": "application/pdf", "buffer": RESUME})
    seeker.get_by_role("button", name="Send").click()
    seeker.goto("/careers/applications")
    expect(seeker.get_by_role("region", name="Applications")).to_contain_text("Outpatient coder, cardiology")
    shot(seeker, "job-applications")
    employer.goto("/employers")
    employer.get_by_role("link", name=re.compile("Clinic")).first.click()
    assert "<b>One</b>" not in employer.content().replace("&lt;b&gt;One&lt;/b&gt;", "")
    expect(employer.get_by_role("region", name="Postings")).to_contain_text("Outpatient coder")
