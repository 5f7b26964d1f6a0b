"""Somebody at a browser: goes where links lead, fills in fields by their labels, presses buttons, reads what is there.

Whatever happens on the way, no page may fail on the server, break a script, or be refused by the content security policy.
"""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import BrowserContext, ConsoleMessage, FilePayload, Locator, Page, Response, expect

from standards_wf.demo.cast import PASSWORD

LATE = 15_000
"""Milliseconds after which a page that does not come is missing; the machine may be busy."""
PATIENCE = 40
"""Seconds within which the worker has done what it was asked."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FAILED_TO_LOAD = "Failed to load resource"
"""What Chromium itself says on its console to every answer of 400 and more; whether it was wanted, the journey knows."""


@dataclass
class Somebody:
    """A person, or a visitor, with a browser of their own."""

    context: BrowserContext
    address: str
    page: Page = field(init=False)
    complaints: list[str] = field(default_factory=list, init=False)
    """What the browser had to complain about."""
    statuses: list[int] = field(default_factory=list, init=False)
    """With which status each page came."""

    def __post_init__(self) -> None:
        self.context.set_default_timeout(LATE)
        self.page = self.context.new_page()
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._note_response)

    def log_in(self, login: str, password: str = PASSWORD) -> "Somebody":
        """Open a session through the page of login."""
        self.goes_to("/login")
        self.fills({"登录名": login, "密码": password})
        self.presses("登录")
        expect(self.page).to_have_url(re.compile("/desk$"))
        return self

    def goes_to(self, path: str) -> "Somebody":
        """Open an address of the house."""
        self.page.goto(self.address + path)
        return self

    def opens(self, project_id: int, part: str = "") -> "Somebody":
        """Open a project, or one of its parts."""
        return self.goes_to(f"/projects/{project_id}{f'/{part}' if part else ''}")

    def follows(self, words: str, *, within: Locator | None = None) -> "Somebody":
        """Click on the link, or what looks like a button, that says exactly this."""
        (within or self.page).get_by_role("link", name=words, exact=True).first.click()
        return self

    def presses(self, words: str, *, within: Locator | None = None) -> "Somebody":
        """Press the button of the page's own content, or of what is given, that says exactly this."""
        (within or self.main).get_by_role("button", name=words, exact=True).first.click()
        return self

    def fills(self, values: dict[str, str], *, within: Locator | None = None) -> "Somebody":
        """Fill in fields by their labels: text is typed, a choice is chosen by its words."""
        for label, value in values.items():
            control = self.field(label, within=within)
            if control.evaluate("it => it.tagName") == "SELECT":
                control.select_option(label=value)
            else:
                control.fill(value)
        return self

    def chooses(self, *words: str, within: Locator | None = None) -> "Somebody":
        """Tick the boxes or mark the choices with these labels."""
        for each in words:
            self.field(each, within=within).check()
        return self

    def hands_over(self, files: "dict[str, Upload]") -> "Somebody":
        """Choose files for fields, by their labels."""
        for label, file in files.items():
            self.field(label).set_input_files(file.payload)
        return self

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        """The field with this label, whether or not it says that it may be left out."""
        return (within or self.main).get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(（选填）|\(optional\))?\s*$"))

    def reads(self, *words: str) -> "Somebody":
        """Find these words in the page's own content."""
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)
        return self

    def reads_before_long(self, words: str) -> "Somebody":
        """Load the page again until it says this: the worker and the clock act by themselves, in a moment."""
        deadline = time.monotonic() + PATIENCE
        while words not in " ".join(self.page.locator("body").inner_text().split()):
            assert time.monotonic() < deadline, f"{self.path} never said {words}"
            self.page.wait_for_timeout(150)
            self.page.reload()
        return self

    def does_not_read(self, *words: str) -> "Somebody":
        """Find none of these words on the page."""
        for each in words:
            expect(self.page.locator("body")).not_to_contain_text(each)
        return self

    def downloads(self, link: Locator, folder: Path) -> Path:
        """Save what a link leads to, under the name that it comes with."""
        with self.page.expect_download() as waiting:
            link.click()
        saved = waiting.value
        file = folder / saved.suggested_filename
        saved.save_as(file)
        return file

    @property
    def main(self) -> Locator:
        """The page's own content, without head and foot."""
        return self.page.locator("main")

    @property
    def path(self) -> str:
        """Where the browser stands, below the house's own address."""
        return unquote(self.page.url.removeprefix(self.address))

    @property
    def status(self) -> int:
        """With which status the page came that is shown."""
        return self.statuses[-1]

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and FAILED_TO_LOAD not in message.text:
            self.complaints.append(message.text)

    def _note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")
        if response.request.is_navigation_request():
            self.statuses.append(response.status)


@dataclass(frozen=True)
class Upload:
    """A file from somebody's own machine."""

    name: str
    content: bytes

    @property
    def payload(self) -> FilePayload:
        """The same as the browser takes it."""
        kind = WORD if self.name.endswith(".docx") else "application/pdf"
        return {"name": self.name, "mimeType": kind, "buffer": self.content}
