"""A manager's telephone: the hub's pages, read and filled in as a browser without scripts does."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from pos.commands.demonstration.eyes import NotSeen

ANSWER_S = 30.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PICTURE_S = 60.0
WIDTH, HEIGHT = 390, 844  # of a telephone, CSS pixels

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_OP_ID = re.compile(r'name="op_id" value="([^"]+)"')
_ASKED = re.compile(r'action="/desk/approvals/([^"]+)"')
_STATIC = re.compile(r'(?:href|src)="(/desk/static/[^"]+)"')
_TAG = re.compile(r"<[^>]*>")


class Telephone:
    """Keeps cookies, follows redirections, and sends a form's token with every answer."""

    def __init__(self, hub: str) -> None:
        self._hub = hub
        self._http = requests.Session()
        self._http.trust_env = False
        self._profiles = TemporaryDirectory(prefix="mostrador-", ignore_cleanup_errors=True)
        self._drawing: list[subprocess.Popen[bytes]] = []
        self.page = ""

    def close(self) -> None:
        """Hang up; a picture that is not drawn yet is left out."""
        self._http.close()
        for drawing in self._drawing:
            drawing.kill()
            drawing.wait()
        self._profiles.cleanup()

    @property
    def text(self) -> str:
        """What the page says, without its marks."""
        return html.unescape(_TAG.sub(" ", self.page))

    def sign_in(self, shop: str, staff_id: str, pin: str) -> None:
        """Choose shop and person and key the PIN.

        Raises:
            NotSeen: The hub does not let them in.
        """
        self.look(f"/desk/sign-in?shop={shop}&person={staff_id}")
        self._send("/desk/sign-in", {"shop": shop, "person": staff_id, "pin": pin})
        if "/desk/sign-out" not in self.page:
            raise NotSeen(f"{staff_id} is not let in at the hub's pages: {self.text.strip()}")

    def look(self, path: str) -> str:
        """Open a page and return it."""
        return self._take(self._http.get(self._hub + path, timeout=ANSWER_S))

    def asked(self) -> list[str]:
        """Return the requests that wait for an authorisation, the oldest first."""
        return _ASKED.findall(self.look("/desk/approvals"))

    def grant(self, request_id: str) -> None:
        """Touch "authorise"; the page with the request is open."""
        self._send(f"/desk/approvals/{request_id}", {"decision": "granted"})

    def resolve(self, item_id: str, resolution: str, note: str) -> None:
        """Open an item of the desk, write a note and touch a way out."""
        self.look(f"/desk/items/{item_id}")
        fields = {"resolution": resolution, "note": note, "op_id": self._field(_OP_ID)}
        self._send(f"/desk/items/{item_id}/resolve", fields)

    def keep(self, folder: Path, name: str) -> None:
        """Keep the page that is open with what it loads; a browser, if there is one, draws it."""
        folder.mkdir(parents=True, exist_ok=True)
        page = self.page
        for path in sorted(set(_STATIC.findall(page))):
            file = folder / path.rpartition("/")[2].partition("?")[0]
            if file.suffix == ".css" and not file.exists():
                file.write_bytes(self._http.get(self._hub + path, timeout=ANSWER_S).content)
            page = page.replace(path, file.name)
        kept = folder / f"{name}.html"
        kept.write_text(page, encoding="utf-8")
        if browser():
            self._drawing.append(_draw(kept, Path(self._profiles.name, name)))

    def pictures(self) -> int:
        """Wait for the pictures of the pages that were kept; return how many there are."""
        drawn = 0
        for drawing in self._drawing:
            with suppress(subprocess.TimeoutExpired):
                drawn += drawing.wait(PICTURE_S) == 0
        return drawn

    def _send(self, path: str, form: dict[str, str]) -> None:
        token = _CSRF.search(self.page)
        fields = {**({"csrf": token[1]} if token else {}), **form}
        headers = {"Origin": self._hub, "Sec-Fetch-Site": "same-origin"}
        answer = self._http.post(self._hub + path, data=fields, headers=headers, timeout=ANSWER_S)
        self._take(answer)

    def _take(self, answer: requests.Response) -> str:
        self.page = answer.text
        if not answer.ok:
            raise NotSeen(f"the hub's page answers {answer.status_code}: {self.text.strip()}")
        return self.page

    def _field(self, name: re.Pattern[str]) -> str:
        found = name.search(self.page)
        if found is None:
            raise NotSeen(f"the hub's page has no {name.pattern}")
        return found[1]


def browser() -> str:
    """Return the browser of this machine that takes pictures, empty when there is none."""
    return next((name for name in BROWSERS if shutil.which(name)), "")


def _draw(page: Path, profile: Path) -> subprocess.Popen[bytes]:
    """Let a browser draw a kept page as a telephone shows it, beside everything else."""
    picture = page.absolute().with_suffix(".png")
    words = [
        browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--disable-dev-shm-usage", f"--user-data-dir={profile}",
        f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={picture}", page.absolute().as_uri(),
    ]  # fmt: skip
    nothing = subprocess.DEVNULL
    return subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing)
