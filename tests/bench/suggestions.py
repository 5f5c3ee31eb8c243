"""How soon a till says what goes with a ticket, and how often that hits what was bought."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import Any

from pos.domain.basket import Basket, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.quantity import Quantity
from pos.domain.suggestion import MOST_NEIGHBOURS, Neighbour, Trial
from pos.domain.ticket import Ticket
from pos.open_till import open_till
from pos.services.suggestions import for_ticket
from pos.services.workstation import Workstation
from pos.store.catalogue_file import CatalogueFile
from pos.store.data_folder import DataFolder
from pos.store.engine import READER_PRAGMAS, open_connection
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.suggestions import CURSOR, SuggestionsTold, mirror
from tests.bench import shop, suggesting
from tests.bench.catalogue import SEED, figures, timed
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times

TICKETS, LINES, GOAL_MS, CLEARLY = 1_000, 20, 10, 1.5
AT_A_TIME = 2_000
ORDINARY_COMPANY = 1_000  # products from which the neighbours of one are drawn


def measure(context: Context) -> list[Row]:
    """Ask for tickets of twenty lines; then hide one product of each real invoice."""
    history = context.material(suggesting.HISTORY.name)
    rows = _asked(context)
    return rows if history is None else [*rows, *_hit_rates(suggesting.tried(history))]


def _asked(context: Context) -> list[Row]:
    products, known = context.of(shop.MILLION, 20_000), context.of(100_000, 2_000)
    with shop.copy_of(shop.till_folder(products)) as data:
        shop.point_to(data, shop.NO_HUB)
        folder, skus = DataFolder(data), [str(shop.gtin_of(number)) for number in range(known)]
        key = load_key(folder)
        with closing(AgentStore(folder.database, key=key)) as agent:
            taken_s = timed(partial(_tell, agent, skus)) / 1_000
        with closing(open_till(folder)) as till:
            tickets = list(_tickets(till.station, skus, context.of(TICKETS, 50)))
            found = figures([timed(partial(for_ticket, till.station, one)) for one in tickets])
            if not for_ticket(till.station, tickets[0]):
                raise RuntimeError("nothing goes with the ticket")
            current = till.station.catalogues.current()
            assert isinstance(current, CatalogueFile)
            raw = figures(list(_raw_times(folder, key, current.path, tickets)))
    how = (
        f"Tickets of {LINES} lines by `services.suggestions.for_ticket`, each product with"
        f" {MOST_NEIGHBOURS} others. Limit: the same rows by sqlcipher3 alone, one key at a time."
    )
    return [
        Row(
            f"what goes with a ticket, {products:,} products, {known:,} with others",
            f"p99 ≤ {GOAL_MS} ms",
            spread(found),
            spread(raw),
            times(found["p50"], raw["p50"]),
            found["p99"] <= GOAL_MS,
            (how,),
        ),
        Row(f"what goes with {known:,} products taken in from the hub", "", f"{taken_s:.1f} s"),
    ]


def _hit_rates(tried: Sequence[suggesting.Tried]) -> list[Row]:
    return [
        Row(
            f"one hidden product of {what} among five guesses, {trial.baskets:,} held out",
            f"≥ {CLEARLY:g} × most popular",
            f"{trial.ours / trial.baskets:.1%}",
            f"most popular {trial.popular / trial.baskets:.1%}",
            times(trial.ours, trial.popular),
            trial.ours >= CLEARLY * trial.popular,
            (_how(learned_from, trial),),
        )
        for what, learned_from, trial in tried
    ]


def _how(learned_from: int, trial: Trial) -> str:
    return (
        f"{learned_from:,} invoices learned from, the latest fifth held out. Hit only by what goes"
        f" together {trial.only_ours}, only by the most popular {trial.only_popular}."
    )


def _tell(agent: AgentStore, skus: list[str]) -> None:
    """Take in ten others for each product, page by page as the agent does."""
    dice = random.Random(SEED)
    for start in range(0, len(skus), AT_A_TIME):
        told: dict[str, tuple[Neighbour, ...]] = {}
        for place in range(start, min(start + AT_A_TIME, len(skus))):
            first = place // ORDINARY_COMPANY * ORDINARY_COMPANY
            company = skus[first : first + ORDINARY_COMPANY]
            others = dice.sample(company, MOST_NEIGHBOURS)
            told[skus[place]] = tuple(Neighbour(sku, dice.randint(1, 900_000)) for sku in others)
        agent.apply(CURSOR, start + 1, partial(mirror, told=SuggestionsTold(told, None)))


def _tickets(station: Workstation, skus: list[str], count: int) -> Iterator[Ticket]:
    dice = random.Random(SEED)
    catalogue = station.catalogues.current()
    info = catalogue.info()
    assert info is not None
    for number in range(count):
        basket = Basket(
            f"t{number}", station.currency, 0, "ana", catalogue_generation=info.generation
        )
        for sku in dice.sample(skus, LINES):
            basket = basket.with_product(
                _known(catalogue.by_sku(sku)), Quantity.each(1), EntryMethod.SCANNED
            )
        yield Ticket(basket)


def _known(product: Product | None) -> Product:
    if product is None:
        raise RuntimeError("a product of the bench is not in the catalogue")
    return product


def _raw_times(
    folder: DataFolder, key: bytes | None, catalogue: Any, tickets: list[Ticket]
) -> Iterator[float]:
    """Yield what reading the same rows takes: of the products, and of four to show."""
    till: Any = open_connection(folder.database, key=key, mode="rw", pragmas=READER_PRAGMAS)
    goods: Any = open_connection(catalogue, key=None, mode="rw", pragmas=READER_PRAGMAS)
    for ticket in tickets:
        skus = [line.product.sku for line in ticket.basket.lines]
        yield timed(partial(_read_rows, till, goods, skus))
    till.close()
    goods.close()


def _read_rows(till: Any, goods: Any, skus: list[str]) -> None:
    for sku in skus:
        till.execute("SELECT content FROM suggestion WHERE sku = ?", (sku,)).fetchall()
    for sku in skus[:4]:
        goods.execute("SELECT * FROM product WHERE sku = ?", (sku,)).fetchall()
        goods.execute("SELECT * FROM stock WHERE sku = ?", (sku,)).fetchall()
