"""One desk for the whole run, a fresh browser context for each test, and a watch on everything that a page does wrong."""

import itertools
import os
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from desk import PASSWORD, Desk

SHOTS = Path(os.environ.get("DESK_SCREENSHOTS", Path(__file__).resolve().parents[2] / ".build/screenshots"))
CHROMIUM = os.environ.get("DESK_CHROMIUM", "/usr/bin/chromium")
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def desk():
    desk = Desk()
    try:
        desk.start()
        yield desk
    finally:
        desk.stop()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        # Without its own sandbox, since tests may run as root in a container.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """Collects what no page may do: break its Content-Security-Policy, fail in a script, ask another site."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        self.dialogs = 0
        context.on("request", self._request)
        context.on("weberror", lambda error: self.faults.append(f"script failed: {error.error}"))
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation', event =>"
            " console.error('CSP', event.violatedDirective, event.blockedURI));")

    def _request(self, request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"asked another site: {request.url}")

    def _console(self, message) -> None:
        # A page that answers 4xx on purpose is reported by the browser as a failed resource.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _dialog(self, dialog) -> None:
        self.dialogs += 1
        self.faults.append(f"a script ran: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def open_page(desk, chromium):
    """Opens pages in contexts of their own; at the end none may have done what Watch watches for."""
    made: list[tuple[BrowserContext, Watch]] = []

    def make(**options) -> Page:
        context = chromium.new_context(base_url=desk.origin, **({"viewport": {"width": 1440, "height": 900}} | options))
        context.set_default_timeout(10_000)
        made.append((context, Watch(context, desk.origin)))
        return context.new_page()

    yield make
    faults = [fault for _, watch in made for fault in watch.faults]
    for context, _ in made:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page) -> Page:
    return open_page()


@pytest.fixture(scope="session")
def administrator(desk) -> str:
    return desk.make_account("root@example.org", "administrator")


@pytest.fixture(scope="session")
def job_board(desk) -> None:
    desk.fill_job_board()


def register(page: Page, address: str = "") -> str:
    address = address or f"reader{next(numbers)}@example.org"
    page.goto("/register")
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/account")
    return address


def verified(page: Page, desk) -> str:
    """Registers and follows the link to the address."""
    address = register(page)
    page.goto(desk.mailed_link(address, "/verify"))
    page.get_by_role("button", name="Verify address").click()
    expect(page.get_by_text("Your address is verified")).to_be_visible()
    return address


def log_in(page: Page, address: str) -> None:
    page.goto("/login")
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/account")


def shot(page: Page, name: str) -> None:
    """A picture of the whole page in the folder that a person leafs through."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
