"""``mostrador screenshots``: a picture of every screen, in sizes, languages and themes."""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.output import environment_errors, fail

if TYPE_CHECKING:
    from PIL import Image

    from pos.commands.album import State
    from pos.commands.album_acts import Model

SETTLE_S = 0.4  # until a key has had its effect and the screen begins to be at rest
WINDOW_TITLE = "Mostrador"
SIZES, LANGUAGES, THEMES = (
    ((1366, 768), (1024, 768), (1920, 1080)),
    ("es", "en"),
    ("light", "dark"),
)


@dataclass(frozen=True)
class Sitting:
    """One run of the till: its size in pixels, its language, its theme."""

    width: int
    height: int
    language: str
    theme: str

    def __str__(self) -> str:
        return f"{self.width}x{self.height}_{self.language}_{self.theme}"

    @property
    def is_large(self) -> bool:
        return self.width == SIZES[-1][0]

    @property
    def is_first(self) -> bool:
        return self == SITTINGS[0]


SITTINGS = tuple(
    Sitting(*size, language, theme) for size in SIZES for language in LANGUAGES for theme in THEMES
)


def screenshots(
    out: Annotated[Path, typer.Option(help="Where the pictures go.")],
    everything: Annotated[
        bool,
        typer.Option("--everything", help="Every state in every size, language and theme."),
    ] = False,
    only: Annotated[
        str, typer.Option(help="Only runs whose name holds this, such as 1024x768 or es_dark.")
    ] = "",
    album: Annotated[
        str,
        typer.Option(
            help="Only one album: counter, pickups (orders to collect), or photos (of returns)."
        ),
    ] = "",
) -> None:
    """Take the pictures of every screen, of the real till on the demo shop.

    The till runs under a virtual display and is driven with keys, scans and the pointer. The
    main screens are taken at 1366×768 and 1024×768, in Spanish and English, light and dark (the
    sale at 1920×1080 too), the others once. Files are NAME_WIDTHxHEIGHT_LANGUAGE_THEME.png.

    Example: mostrador screenshots --out resources/screenshots
    """
    from pos.commands.album import ALBUMS, FILMED
    from pos.commands.demonstration.eyes import NotSeen
    from pos.commands.demonstration.processes import StageError

    if album and album not in ALBUMS:
        fail(f"no album is called {album!r}; there are {', '.join(ALBUMS)}")
    albums = {name: states for name, states in ALBUMS.items() if album in ("", name)}
    wanted = [sitting for sitting in SITTINGS if only in str(sitting)]
    if not wanted:
        fail(f"no run is called {only!r}; there are {', '.join(map(str, SITTINGS))}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started ends with it
    with environment_errors():
        out.mkdir(parents=True, exist_ok=True)
        for sitting in wanted:
            started = time.monotonic()
            try:
                count = sum(
                    _sit(
                        sitting,
                        states_of(sitting, states, everything=everything),
                        out,
                        is_filmed=name in FILMED,
                    )
                    for name, states in albums.items()
                )
            except (NotSeen, StageError) as error:
                fail(f"{sitting}: {error}")
            typer.echo(f"{time.monotonic() - started:6.1f} s  {sitting}: {count} pictures")


def states_of(
    sitting: Sitting, album: Iterable[State], *, everything: bool = False
) -> list[tuple[State, bool]]:
    """Return the states of an album a run goes through, each with whether its picture is kept.

    What comes after the last picture that is kept is left out.
    """
    from pos.commands.album import Kept

    kept = {Kept.LARGE_TOO}
    if everything or not sitting.is_large:
        kept.add(Kept.ALWAYS)
    if everything or sitting.is_first:
        kept.add(Kept.ONCE)
    states = [
        (state, state.kept in kept) for state in album if state.kept in kept or state.others_need
    ]
    while states and not states[-1][1]:
        states.pop()
    return states


def _sit(
    sitting: Sitting, states: Sequence[tuple[State, bool]], out: Path, *, is_filmed: bool
) -> int:
    """Run the till once, with a camera or without, and take its pictures; return how many."""
    if not states:
        return 0
    from pos.commands.demonstration.eyes import NotSeen
    from pos.commands.few_colours import save_small

    count = 0
    with _stage(sitting, is_filmed=is_filmed) as (model, picture):
        model.cashier.hand.wait_for_window(WINDOW_TITLE)
        for state, is_kept in states:
            try:
                state.go(model)
                if is_kept:
                    model.cashier.hand.rest()
                    time.sleep(SETTLE_S)
                    save_small(picture(), out / f"{state.name}_{sitting}.png")
                    count += 1
                state.leave(model)
            except NotSeen as error:
                seen = Path(tempfile.gettempdir()) / f"failed_{state.name}_{sitting}.png"
                save_small(picture(), seen)
                raise NotSeen(f"{state.name or 'on the way'}: {error} (see {seen})") from None
    return count


@contextmanager
def _stage(
    sitting: Sitting, *, is_filmed: bool
) -> Iterator[tuple[Model, Callable[[], Image.Image]]]:
    """Run hub, display and till; yield who sits there, and what takes the picture."""
    from hardware.receipt_printer.emulator.printer import EmulatedPrinter
    from hardware.receipt_printer.emulator.server import TcpPrinterServer
    from pos.commands.album_acts import Model
    from pos.commands.demonstration.cashier import Cashier
    from pos.commands.demonstration.display import Display
    from pos.commands.demonstration.eyes import Books, still_picture
    from pos.commands.demonstration.film import write_film
    from pos.commands.demonstration.hand import SCANNER, Hand
    from pos.commands.demonstration.opening import demonstration
    from pos.commands.demonstration.processes import MOSTRADOR, Program

    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mostrador-")))
        printer = EmulatedPrinter(48)
        server = stack.enter_context(TcpPrinterServer(printer))
        settings: dict[str, object] = {
            "printer": {"kind": "tcp", "host": server.host, "port": server.port},
            "scanner": SCANNER,
            "language": sitting.language,
            "theme": sitting.theme,
        }
        if is_filmed:
            settings["camera"] = {"film": str(write_film(data / "film.avi"))}
        opened = stack.enter_context(demonstration(data, settings))
        display = Display(data, width=sitting.width, height=sitting.height)
        stack.callback(display.stop)
        till = Program(
            [*MOSTRADOR, "till", "--data", str(opened.folder.root)],
            log=data / "till.err",
            environment=display.environment,
        )
        stack.callback(till.stop)
        books = Books(opened.folder.root)
        stack.callback(books.close)
        cashier = Cashier(
            Hand(display.name),
            books,
            opened,
            printer,
            look=lambda: still_picture(display.picture),
        )
        others = stack.enter_context(ExitStack())
        model = Model(cashier, till.process.pid, sitting.width, sitting.height, others)
        yield model, lambda: still_picture(display.picture)
