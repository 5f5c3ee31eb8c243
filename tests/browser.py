"""A real browser for tests: headless Chromium, driven over WebDriver (W3C) with plain HTTP.

with browser(is_phone=True) as phone:
    phone.open(f"{hub}/store/")
    phone.click("#to-sign-in")
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key WebDriver has for references
FOUND_WITHIN_MS = 20_000
ANSWER_S = 120
MOST_PAGES = 5  # that may take each other's place while something of one is looked for
PHONE, LAPTOP = (390, 844), (1280, 800)
STARTED = "started successfully on port "


class NotFound(AssertionError):
    """Nothing on the page is what was looked for."""


class PageLeft(AssertionError):
    """What was found is of a page that another has taken the place of since; nothing was done."""


_KINDS = {"no such element": NotFound, "stale element reference": PageLeft}


class Browser:
    """One window with cookies of its own."""

    def __init__(self, driver: str, size: tuple[int, int], *, is_phone: bool, dark: bool) -> None:
        self._driver = driver
        said = self._ask("POST", "/session", _wanted(size, is_phone=is_phone, dark=dark))
        self._session = f"/session/{said['sessionId']}"
        self._ask("POST", f"{self._session}/timeouts", {"implicit": FOUND_WITHIN_MS})

    def close(self) -> None:
        """Close the window."""
        self._ask("DELETE", self._session)

    def open(self, address: str) -> None:
        """Go to an address and wait until the page is there."""
        self._do("POST", "/url", {"url": address})

    def click(self, css: str) -> None:
        """Click what a selector finds first; a page it leads to is waited for."""
        self._on(css, "POST", "click", {})

    def wait_for(self, css: str) -> None:
        """Wait until a selector finds something.

        Raises:
            NotFound: It found nothing in 20 seconds.
        """
        self._find(css)

    def type(self, css: str, text: str) -> None:
        """Write into a field, in the place of what is in it."""
        self._on(css, "POST", "clear", {})
        self._on(css, "POST", "value", {"text": text})

    def text(self, css: str = "body") -> str:
        """Return the text of what a selector finds first, as it is shown."""
        return str(self._on(css, "GET", "text"))

    def attribute(self, css: str, name: str) -> str:
        """Return an attribute of what a selector finds first; empty when it has none."""
        return str(self._on(css, "GET", f"attribute/{name}") or "")

    def count(self, css: str) -> int:
        """Return how much a selector finds on the page as it is now."""
        return int(self.run(f"return document.querySelectorAll({css!r}).length"))

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""
        return self._do("POST", "/execute/sync", {"script": script, "args": []})

    @property
    def address(self) -> str:
        return str(self._do("GET", "/url"))

    def reload(self) -> None:
        """Load the page again."""
        self._do("POST", "/refresh", {})

    def screenshot(self, path: Path, *, whole_page: bool = False) -> None:
        """Keep a picture (PNG) of the window, or of all there is to scroll to."""
        if whole_page:
            shot = self._do(
                "POST",
                "/goog/cdp/execute",
                {
                    "cmd": "Page.captureScreenshot",
                    "params": {"captureBeyondViewport": True, "format": "png"},
                },
            )["data"]
        else:
            shot = self._do("GET", "/screenshot")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(shot))

    def _on(self, css: str, method: str, what: str, body: dict[str, Any] | None = None) -> Any:
        """Do something to what a selector finds, looking again when the page has just changed."""
        for _ in range(MOST_PAGES):
            try:
                return self._do(method, f"/element/{self._find(css)}/{what}", body)
            except PageLeft:
                continue
        raise NotFound(f"{css}: the pages do not stay")

    def _find(self, css: str) -> str:
        found = self._do("POST", "/element", {"using": "css selector", "value": css})
        return str(found[ELEMENT])

    def _do(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self._ask(method, self._session + path, body)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = requests.request(method, self._driver + path, json=body, timeout=ANSWER_S)
        said = answer.json()["value"]
        if answer.status_code != 200:
            raise _KINDS.get(said["error"], RuntimeError)(
                f"{said['error']}: {str(said['message']).splitlines()[0]} ({body})"
            )
        return said


@contextmanager
def browser(
    size: tuple[int, int] = LAPTOP, *, is_phone: bool = False, dark: bool = False
) -> Iterator[Browser]:
    """Yield a new browser window that knows nobody; a phone has a phone's size."""
    with _driver() as url:
        window = Browser(url, PHONE if is_phone else size, is_phone=is_phone, dark=dark)
        try:
            yield window
        finally:
            window.close()


@contextmanager
def _driver() -> Iterator[str]:
    program = shutil.which("chromedriver")
    assert program is not None, "resources/deploy/prepare.sh test installs chromium-driver"
    process = subprocess.Popen(
        [program, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    try:
        line = next(line for line in process.stdout if STARTED in line)
        yield f"http://127.0.0.1:{line.split(STARTED)[1].strip().rstrip('.')}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wanted(size: tuple[int, int], *, is_phone: bool, dark: bool) -> dict[str, Any]:
    width, height = size
    options: dict[str, Any] = {
        "binary": shutil.which("chromium") or "chromium",
        "args": [
            "--headless=new",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--lang=es-ES",
            f"--window-size={width},{height}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            *(["--blink-settings=preferredColorScheme=0"] if dark else []),
        ],
        "prefs": {"intl.accept_languages": "es-ES,es"},
    }
    if is_phone:
        metrics = {"width": width, "height": height, "pixelRatio": 1, "touch": True}
        options["mobileEmulation"] = {"deviceMetrics": metrics}
    return {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
