"""Turns templates into answers that a browser may neither keep nor be framed with."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pos.resources import resource_path
from sync.hub.pages.visit import Visit

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" browsers send forms as from nowhere ("Origin: null"): those are refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_KEPT = {"Cache-Control": "no-store"}
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}  # the address names the content

_MEDIA = {"css": "text/css", "js": "text/javascript", "otf": "font/otf", "svg": "image/svg+xml"}
_FONTS = ("Inter-Medium.otf", "Inter-SemiBold.otf")


@cache
def static_files() -> dict[str, bytes]:
    """Return what pages load, by name: nothing else is served."""
    folder = resource_path("hub", "static")
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    files |= {name: resource_path("fonts", name).read_bytes() for name in _FONTS}
    files["tokens.css"] = tokens_css().encode()
    return files


def tokens_css() -> str:
    """Return the colours of the design tokens as CSS variables, light and dark."""
    path = resource_path("theme", "tokens.toml")
    colours = tomllib.loads(path.read_text(encoding="utf-8"))["color"]

    def block(theme: str) -> str:
        lines = (f"--{name}: {value[theme]};" for name, value in colours.items())
        return f":root {{ {' '.join(lines)} }}"

    return f"{block('light')}\n@media (prefers-color-scheme: dark) {{ {block('dark')} }}\n"


def static_answer(name: str) -> Response | None:
    """Return a file that pages load, None when there is none of that name."""
    content = static_files().get(name)
    if content is None:
        return None
    media = _MEDIA[name.rpartition(".")[2]]
    return Response(content, media_type=media, headers=HEADERS | KEPT)


def page(visit: Visit, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page in the visitor's words."""
    return render(
        template,
        status,
        say=visit.words,
        session=visit.signed_in,
        shop_name=visit.shop_name,
        path=visit.path,
        now_ms=visit.now_ms,
        **context,
    )


def render(template: str, status: int, **context: Any) -> HTMLResponse:
    """Return a template filled in."""
    text = _environment().get_template(template).render(**context)
    return HTMLResponse(text, status, headers=HEADERS | NOT_KEPT)


def see(address: str) -> RedirectResponse:
    """Send the browser on after a form, so that reloading sends nothing again."""
    return RedirectResponse(address, 303, headers=HEADERS | NOT_KEPT)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource_path("hub", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["icon"] = _icon
    environment.globals["static"] = _address
    return environment


@cache
def _icon(name: str) -> Markup:
    """Return one of our own drawings to stand in a page."""
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    marked = drawing.replace("<svg ", '<svg class="icon" aria-hidden="true" ', 1)
    return Markup(marked)  # noqa: S704 - our own file, named by a template


@cache
def _address(name: str) -> str:
    """Return where a page loads a file from; another content has another address."""
    digest = hashlib.sha256(static_files()[name]).hexdigest()[:12]
    return f"/desk/static/{digest}/{name}"
