"""What goes wrong between tills: a ticket taken up twice, a copied till, a machine that burns."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from pos.commands.demonstration.articles import BREAD, CHEESE, CHOCOLATE, HONEY, OIL
from pos.commands.demonstration.eyes import NotSeen, wait_until
from pos.commands.demonstration.floor import ARRIVES_S, Floor, check
from pos.commands.demonstration.processes import MOSTRADOR
from pos.commands.demonstration.sharing import park, take_shop_ticket
from pos.commands.demonstration.stand import Stand
from pos.domain.desk import ItemKind
from pos.domain.standing import NoticeName
from pos.settings import read_settings, write_settings
from pos.store.backup import backups_in
from pos.store.data_folder import DataFolder

COMMAND_S = 120.0

# -- a ticket that two tills take up


def take_it_first(floor: Floor) -> None:
    """The other till loses its cable; the first takes its ticket up with the hub's leave."""
    park(floor, "Pilar")
    floor.cable.pull()
    cashier = floor.here.cashier
    cashier.hand.key("F4")
    cashier.look()
    take_shop_ticket(floor)
    cashier.sell()
    cashier.see_everything_sent()


def take_it_there_too(floor: Floor) -> None:
    """Where it was parked nobody can know that, and the ticket is that till's own."""
    there = floor.there.cashier
    there.see_link("offline")
    there.hand.key("F4")
    there.look()
    with there.books.expecting("basket.resumed"):
        there.hand.key("Return")
    there.look()
    there.sell()


def tell_of_it(floor: Floor) -> None:
    """The cable is back, and the matter is on the desk of the first till."""
    floor.cable.plug()
    floor.there.cashier.see_link("online")
    floor.there.cashier.see_everything_sent()
    item = floor.open_item(ItemKind.TICKET_RESUMED_TWICE)
    cashier = floor.here.cashier
    cashier.menu("desk")
    still_open = [each.item_id for each in cashier.books.desk() if each.is_open]
    cashier.hand.key(*["Down"] * still_open.index(item.item_id))


def decide_here(floor: Floor) -> None:
    """Hugo says that both sales stand: both customers paid."""
    item = floor.open_item(ItemKind.TICKET_RESUMED_TWICE)
    cashier = floor.here.cashier
    with cashier.books.expecting("desk.resolved"):
        cashier.hand.key("1")
    decided = cashier.books.last_fact("desk.resolved")
    check(
        f"{item.item_id} is decided: both stand, not {decided}",
        is_so=(decided["item_id"], decided["resolution"]) == (item.item_id, "both_stand"),
    )
    floor.see_decided(item.item_id)


# -- a till that was copied


def copy_the_till(floor: Floor) -> None:
    """Somebody copies the other till's disk; both are switched on, the copy far from the hub."""
    floor.here.cashier.hand.key("Escape")
    there, copy = floor.there, floor.copy
    there.cashier.see_everything_sent()
    there.shut()
    _copy(there.folder.root, copy.folder, hub=floor.far_cable.url)
    floor.far_cable.pull()
    there.open()
    copy.open()
    for stand in (there, copy):
        stand.wait()
        stand.begin("FUEN-DIEGO")


def _copy(root: Path, target: DataFolder, *, hub: str) -> None:
    def is_no_file(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if (Path(folder) / name).is_socket()]

    shutil.copytree(root, target.root, ignore=is_no_file)
    write_settings(target.settings, replace(read_settings(target.settings), hub=hub))


def sell_at_both(floor: Floor) -> None:
    """Both give out the same number, and neither can know."""
    floor.there.cashier.sell(OIL)
    floor.there.cashier.see_everything_sent()
    floor.copy.cashier.sell(BREAD, CHEESE)
    numbers = [_last_number(stand) for stand in (floor.there, floor.copy)]
    check(f"one number twice, not {numbers}", is_so=len(set(numbers)) == 1)
    floor.figures["number_given_twice"] = numbers[0]


def tell_both(floor: Floor) -> None:
    """The copy finds the hub: it goes on with numbers of its own, and both are told."""
    floor.far_cable.plug()
    _see_notices(floor.copy, NoticeName.CLONED, NoticeName.EPOCH_MOVED)
    floor.copy.cashier.sell(CHOCOLATE)
    floor.there.cashier.sell(HONEY)
    _see_notices(floor.there, NoticeName.CLONED)
    series = f"{floor.opened.shop.till_number - 1}.2-000001"
    number = _last_number(floor.copy)
    check(f"the copy goes on with {series}, not {number}", is_so=number == series)


def show_there(floor: Floor) -> None:
    """The original says it too."""
    floor.there.cashier.look()


def decide_from_afar(floor: Floor) -> None:
    """Marta decides on her telephone that both stand; nothing either sold is lost."""
    item = floor.open_item(ItemKind.TILL_CLONED)
    phone = floor.phone
    phone.look(f"/desk/items/{item.item_id}")
    phone.keep(floor.pages, "cloned")
    phone.resolve(item.item_id, "new_epoch", "La copia se llevó al mercadillo")
    floor.see_decided(item.item_id)
    phone.keep(floor.pages, "cloned-decided")
    phone.look("/desk/tills")
    phone.keep(floor.pages, "tills")
    floor.see_shared_by_copies()


# -- a machine that burns


def burn(floor: Floor) -> None:
    """The first till is copied to be safe, sells on, and its machine ends."""
    here = floor.here
    _run("backup", "--data", str(here.folder.root))
    here.cashier.sell(OIL, BREAD)
    here.cashier.sell(CHEESE, note=1)
    here.cashier.see_everything_sent()
    floor.figures["sold_before_it_burned"] = here.cashier.books.sales()[0]
    here.shut()


def restore(floor: Floor) -> None:
    """Another machine gets the copy, and from the hub what was sold after it."""
    old = floor.here.folder
    again = DataFolder(old.root.parent / "till-restored")
    backup = backups_in(old.backups)[0].path
    said = json.loads(
        _run("restore", "--json", "--data", str(again.root), "--backup", str(backup))
    )
    floor.figures["restored"] = said
    check(f"facts come back from the hub: {said}", is_so=said["fetched"] > 0)
    check(f"nothing is missing: {said}", is_so=not said["missing"] and not said["violations"])
    floor.here.open(again)
    floor.here.wait()
    sold = floor.here.cashier.books.sales()[0]
    before = floor.figures["sold_before_it_burned"]
    check(f"{before} sales are back, not {sold}", is_so=sold == before)


def go_on(floor: Floor) -> None:
    """It sells in a series of its own, so that no number is given twice."""
    here = floor.here
    here.begin("FUEN-HUGO")
    here.cashier.sell(HONEY, BREAD, note=1)
    number, wanted = _last_number(here), f"{floor.opened.shop.till_number}.2-000001"
    check(f"it goes on with {wanted}, not {number}", is_so=number == wanted)
    floor.see_agreed(here)


def _last_number(stand: Stand) -> str:
    sale = stand.cashier.books.last_sale()
    return str(sale.number) if sale else ""


def _see_notices(stand: Stand, *names: NoticeName) -> None:
    books = stand.cashier.books
    wait_until(
        f"{stand.name} is told {', '.join(name.value for name in names)}",
        lambda: set(names) <= books.notices(),
        deadline_s=ARRIVES_S,
        instead=lambda: [name.value for name in books.notices()],
    )


def _run(*words: str) -> str:
    """Run a command of ours and return what it said.

    Raises:
        NotSeen: It ended with an error.
    """
    done = subprocess.run(
        [*MOSTRADOR, *words], timeout=COMMAND_S, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise NotSeen(f"mostrador {words[0]}: {done.stderr.strip()}")
    return done.stdout
