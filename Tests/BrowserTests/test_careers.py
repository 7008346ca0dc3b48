"""What employers and seekers store, written by somebody hostile: it is shown to the other side and never runs."""

import re
from pathlib import Path

import pytest
from conftest import log_in, shot
from playwright.sync_api import Page, expect

# Everything that a Markdown renderer is known to let through, each with a number of its own in the dialog that it would open.
MARKDOWN = """You code outpatient charts of the clinic from the record and ask when a note is short. **Plain text.**

<script>alert(101)</script>

<svg onload="alert(102)"><script>alert(103)</script><animate onbegin="alert(104)" attributeName="x"/></svg>

<img src=x onerror=alert(105)> <iframe srcdoc="<script>alert(106)</script>"></iframe> <body onload=alert(107)>

[link](javascript:alert(108)) [link](JaVaScRiPt:alert(109)) [link](java&#x0A;script:alert(110)) [link](data:text/html,<script>alert(111)</script>)

<javascript:alert(112)> [ref] ![picture](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDExMykiLz4=) ![x" onerror="alert(114)](x)

[title](https://clinic.example/ "\\" onmouseover=\\"alert(115)")

[ref]: javascript:alert(116) "x"

```html" onclick="alert(117)
</code></pre><script>alert(118)</script>
```

<details open ontoggle=alert(119)> <math><mtext><style><img src=x onerror=alert(120)></style></mtext></math>

&lt;script&gt;alert(121)&lt;/script&gt; <!-- --!><script>alert(122)</script> --> ]]><script>alert(123)</script>
"""
TITLE = "Coder <img src=x onerror=alert(130)> \"' onfocus=alert(131) autofocus"
BENEFITS = "</script><script>alert(132)</script>, <svg onload=alert(133)>"
NAME = "Ada\"><script>alert(140)</script>"
COVER = "</textarea><script>alert(141)</script><svg onload=alert(142)> =HYPERLINK(\"https://evil.example\")"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(150)'><script>alert(151)</script></svg>"
FILE_NAME = "<img src=x onerror=alert(152)>;\"..cv.pdf"


def calm(page: Page) -> None:
    """No markup of the stored texts has become markup of the page. Dialogs and broken policies are watched for everywhere."""
    place = page.url
    assert page.locator("script:not([src], [type='application/ld+json'])").count() == 0, place
    assert page.locator("main :is(svg, iframe, object, embed, math, style, base, meta)").count() == 0, place
    assert page.locator("a[href^='javascript:' i], a[href^='data:' i]").count() == 0, place
    handlers = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(node => node.getAttributeNames()).filter(name => name.startsWith('on'))")
    assert handlers == [], place
    for image in page.locator("main img").all():
        assert (image.get_attribute("src") or "").startswith("/"), place


def visit(page: Page, path: str) -> None:
    page.goto(path)
    for closed in page.locator("details:not([open]) > summary").all():
        closed.click()
    calm(page)


@pytest.fixture(scope="module")
def published(desk, chromium, administrator):
    """A posting full of payloads that went the whole way: employer, proof by mail, draft, moderator. Its id and employer's path."""
    owner = desk.make_account("hostile-employer@example.org")
    context = chromium.new_context(base_url=desk.origin)
    page = context.new_page()
    try:
        log_in(page, owner)
        page.goto("/employers")
        page.fill("[name=name]", "Clinic <script>alert(160)</script>")
        page.fill("[name=domain]", "hostile.example")
        page.fill("[name=about]", MARKDOWN)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/employers/*")
        employer = page.url.removeprefix(desk.origin)
        page.fill("[name=mailbox]", "hr")
        page.get_by_role("button", name="Send it").click()
        page.fill("[name=token]", desk.mailed("hr@hostile.example", r"(?<=\s)[\w-]{32}(?=\s)"))
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_text("domain verified", exact=True)).to_be_visible()
        page.goto(employer + "/jobs/new")
        for name, text in {"title": TITLE, "description": MARKDOWN, "benefits": BENEFITS}.items():
            page.fill(f"[name={name}]", text)
        for name, value in {"setting": "professional", "workplace": "remote", "employment": "full_time"}.items():
            page.select_option(f"[name={name}]", value)
        page.select_option("[name=apply_method]", "form")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/employers/jobs/*")
        job = re.search(r"/employers/jobs/([^/?]+)", page.url).group(1)
        page.get_by_role("button", name="Submit to the moderators").click()
        context.clear_cookies()
        log_in(page, administrator)
        page.goto("/admin/careers")
        page.locator(f"[data-job='{job}']").get_by_role("button", name="Publish").click()
        page.wait_for_load_state()
        yield job, employer, owner
    finally:
        context.close()


def test_stored_text_runs_nowhere(open_page, administrator, published):
    job, employer, owner = published
    reader = open_page()
    for path in [f"/careers/{job}", employer, "/careers", "/careers?q=coder", "/careers?sort=date"]:
        visit(reader, path)
    reader.goto(f"/careers/{job}")
    expect(reader.locator(".job-text strong")).to_have_text("Plain text.")
    expect(reader.locator(".job-text")).to_contain_text("<script>alert(101)</script>")
    shot(reader, "job-hostile")
    page = open_page()
    log_in(page, owner)
    for path in ["/employers", employer, f"/employers/jobs/{job}", f"/employers/jobs/{job}/edit", f"/careers/{job}"]:
        visit(page, path)
    moderator = open_page()
    log_in(moderator, administrator)
    visit(moderator, "/admin/careers")


def test_feeds_and_structured_data_hold_no_markup_of_the_text(page: Page, published):
    job, _, _ = published
    for path in ["/careers.atom", "/careers-sitemap.xml"]:
        text = page.request.get(path).text()
        assert job in text and "<script" not in text and "onerror=alert(130)>" not in text
    page.goto(f"/careers/{job}")
    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["@type"] == "JobPosting" and data["title"] == TITLE
    # Whoever shows the description shows HTML: it has to be as harmless as on the page.
    page.set_content(f"<main>{data['description']}</main>")
    calm(page)


def test_what_is_no_plain_pdf_is_refused_whatever_it_is_called(open_page, desk, published):
    job, _, _ = published
    page = open_page()
    log_in(page, desk.make_account("hostile-files@example.org"))
    files = {
        "cv.pdf": SVG, "cv.svg.pdf": SVG, "page.pdf": b"<html><script>alert(153)</script></html>",
        "bomb.pdf": b"PK\x03\x04" + bytes(64),
        "script.pdf": b"%PDF-1.7\n<< /OpenAction << /S /JavaScript /JS (app.alert(154)) >> >>\n%%EOF\n",
        "spelt.pdf": b"%PDF-1.7\n<< /S /J#61vaScript /J#53 (app.alert(155)) >>\n%%EOF\n",
        "long.pdf": PDF + bytes(5_000_000),
    }
    for name, content in files.items():
        page.goto(f"/careers/{job}/apply")
        page.fill("[name=name]", "Ada")
        page.set_input_files("[name=resume]", {"name": name, "mimeType": "application/pdf", "buffer": content})
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#problem")).to_be_visible()
        calm(page)
    page.goto("/careers/applications")
    assert page.locator("[data-application]").count() == 0


def test_an_application_and_its_file_run_nothing_at_the_employer(open_page, desk, published, tmp_path: Path):
    job, _, owner = published
    seeker = open_page()
    log_in(seeker, desk.make_account("hostile-seeker@example.org"))
    seeker.goto("/careers/profile")
    seeker.fill("[name=headline]", "<img src=x onerror=alert(143)>")
    seeker.get_by_role("button", name="Save").click()
    calm(seeker)
    seeker.goto(f"/careers/{job}/apply")
    seeker.fill("[name=name]", NAME)
    seeker.fill("[name=cover]", COVER)
    seeker.set_input_files("[name=resume]", {"name": FILE_NAME, "mimeType": "text/html", "buffer": PDF})
    seeker.get_by_role("button", name="Send").click()
    seeker.wait_for_url("**/careers/*?done=applied")
    calm(seeker)
    visit(seeker, "/careers/applications")

    page = open_page()
    log_in(page, owner)
    visit(page, f"/employers/jobs/{job}/applicants")
    expect(page.locator("[data-application] h2")).to_have_text(NAME)
    expect(page.locator("[data-application] .note")).to_contain_text("<svg onload=alert(142)>")
    # The file is kept, never opened inside the site, under a name that leads nowhere.
    with page.expect_download() as download:
        page.get_by_role("link", name="Résumé (PDF)").click()
    name = download.value.suggested_filename
    assert name.endswith(".pdf") and not set(name) & set("<>\"/\\;")
    target = tmp_path / "cv.pdf"
    download.value.save_as(target)
    assert target.read_bytes() == PDF
    answer = page.request.get(page.get_by_role("link", name="Résumé (PDF)").get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    download.value.save_as(tmp_path / "applicants.csv")
    assert "\"=HYPERLINK" not in (tmp_path / "applicants.csv").read_text()
