"""A customer's cart at the counter: what may come onto the ticket, at which price, what stays.

What differs between web and shop is resolved by rule, the same for every customer, so that
nobody has to ask: by default the customer pays the lower price, and what only the web can keep
(a promotion of its own, goods that are not here) stays in the cart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from pos.domain.basket import MAX_PRICE_MINOR, Basket, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import MAX_THOUSANDTHS, THOUSAND, Quantity
from pos.domain.web_cart import WebCart, WebLine

ABSURD = 10  # times the shop's price, or a part of it: somebody's slip

RULE_NAMES = frozenset({"price", "web_only_stays", "needs_stock"})


class PriceRule(Enum):
    """Which price counts when web and shop ask another one; the values stand in a file."""

    LOWER = "lower"
    WEB = "web"
    SHOP = "shop"


@dataclass(frozen=True, slots=True)
class CartRules:
    """What a shop decided about carts.

    `web_only_stays`: a line with a promotion that only the web has is finished there.
    `needs_stock`: what the books say is not in the shop stays in the cart.
    """

    price: PriceRule = PriceRule.LOWER
    web_only_stays: bool = True
    needs_stock: bool = True


class Verdict(Enum):
    """What becomes of a line; the first four can come onto the ticket."""

    SAME_PRICE = "same price"
    WEB_PRICE = "web price"
    SHOP_PRICE = "shop price"
    PART_HERE = "part here"  # so many as there are
    ON_TICKET = "on ticket"  # all of it already
    WEB_ONLY = "web only"
    NOT_HERE = "not here"
    UNKNOWN = "unknown"  # the shop does not know the product, or the web sells it no more
    ODD_PRICE = "odd price"  # none, an absurd one, or one that is asked at the counter
    ODD_QUANTITY = "odd quantity"  # half a bottle, or more than can be sold


@dataclass(frozen=True, slots=True)
class Resolved:
    """A line of the cart with what becomes of it.

    `quantity` (thousandths) is what would come onto the ticket, 0 when it stays; `unit_price` is
    then what is asked for one unit, `amount` for all of it. `web` and `shop` are what each asks
    for one unit, where known.
    """

    line: WebLine
    verdict: Verdict
    product: Product | None = None
    quantity: int = 0
    unit_price: Money | None = None
    web: Money | None = None
    shop: Money | None = None

    @property
    def comes(self) -> bool:
        """True when it can be taken onto the ticket."""
        return self.quantity > 0

    @property
    def is_reduced(self) -> bool:
        """True when it costs another price than the shop's."""
        return self.comes and self.unit_price != self.shop

    @property
    def amount(self) -> Money | None:
        """What comes onto the ticket costs before promotions."""
        if self.unit_price is None:
            return None
        return self.unit_price.scaled(self.quantity, THOUSAND)


def cart_rules(setting: object) -> tuple[CartRules, tuple[str, ...]]:
    """Return what a shop's setting ``carts`` says, and the names of what cannot be meant.

    What is not named, or cannot be meant, is as by default.
    """
    said: Mapping[str, object] = setting if isinstance(setting, Mapping) else {}
    wrong = [name for name in said if name not in RULE_NAMES]
    price = next((one for one in PriceRule if one.value == said.get("price")), None)
    if "price" in said and price is None:
        wrong.append("price")
    flags = {}
    for name in ("web_only_stays", "needs_stock"):
        value = said.get(name, True)
        flags[name] = value if isinstance(value, bool) else True
        if not isinstance(value, bool):
            wrong.append(name)
    rules = CartRules(price or PriceRule.LOWER, **flags)
    return rules, tuple(sorted(wrong))


def resolve(
    cart: WebCart,
    product_of: Callable[[str], Product | None],
    rules: CartRules,
    currency: str,
    taken: Mapping[str, int],
) -> tuple[Resolved, ...]:
    """Say of each line what becomes of it.

    Args:
        product_of: Returns what this shop knows of a product.
        currency: The ticket's.
        taken: What is on the ticket from this cart already, in thousandths by SKU.
    """
    return tuple(_resolved(cart, line, product_of(line.sku), rules, currency, taken)
                 for line in cart.lines)  # fmt: skip


def taken_from_cart(basket: Basket | None) -> dict[str, int]:
    """Return how much of each product came from the cart, in thousandths."""
    taken: dict[str, int] = {}
    for line in basket.live_lines if basket else ():
        if line.entry_method is EntryMethod.CART:
            sku = line.product.sku
            taken[sku] = taken.get(sku, 0) + line.quantity.thousandths
    return taken


def changed_meanwhile(cart: WebCart, taken: Mapping[str, int]) -> dict[str, int]:
    """Return what is on the ticket and not in the cart any more, in thousandths by SKU.

    It stays on the ticket, for who is at the counter said so; the cashier is told.
    """
    there = {line.sku: line.quantity for line in cart.lines}
    over = {sku: quantity - there.get(sku, 0) for sku, quantity in taken.items()}
    return {sku: quantity for sku, quantity in over.items() if quantity > 0}


def _resolved(
    cart: WebCart,
    line: WebLine,
    product: Product | None,
    rules: CartRules,
    currency: str,
    taken: Mapping[str, int],
) -> Resolved:
    web = Money(line.price, cart.currency) if line.price and cart.currency else None
    if product is None:
        return Resolved(line, Verdict.UNKNOWN, web=web)
    shop = product.price
    left = line.quantity - taken.get(line.sku, 0)
    stays = _why_it_stays(line, product, web, rules, currency, left)
    if stays is not None:
        return Resolved(line, stays, product, web=web, shop=shop)
    assert web is not None  # noqa: S101 - what has no price of the web stays
    quantity = _at_hand(line, product, rules, left, taken.get(line.sku, 0))
    if quantity <= 0:
        return Resolved(line, Verdict.NOT_HERE, product, web=web, shop=shop)
    price = _price(web, shop, rules.price)
    verdict = _by_price(price, web, shop) if quantity == left else Verdict.PART_HERE
    return Resolved(line, verdict, product, quantity, price, web, shop)


def _why_it_stays(
    line: WebLine,
    product: Product,
    web: Money | None,
    rules: CartRules,
    currency: str,
    left: int,
) -> Verdict | None:
    if left <= 0:
        return Verdict.ON_TICKET
    if web is None or product.has_open_price or _is_absurd(web, product.price, currency):
        return Verdict.ODD_PRICE
    is_broken = product.unit.is_counted and left % THOUSAND
    if is_broken or left > MAX_THOUSANDTHS or _is_too_much(web, product, left):
        return Verdict.ODD_QUANTITY
    return Verdict.WEB_ONLY if line.web_only and rules.web_only_stays else None


def _is_absurd(web: Money, shop: Money, currency: str) -> bool:
    if {web.currency, shop.currency} != {currency} or web.minor > MAX_PRICE_MINOR:
        return True
    return not shop.minor <= web.minor * ABSURD or not web.minor <= shop.minor * ABSURD


def _is_too_much(web: Money, product: Product, left: int) -> bool:
    dearer = max(web.minor, product.price.minor)
    return dearer * left > MAX_PRICE_MINOR * THOUSAND


def _at_hand(line: WebLine, product: Product, rules: CartRules, left: int, taken: int) -> int:
    """Return how much of what is `left` can be taken, whole pieces of counted goods."""
    if not rules.needs_stock:
        return left
    here = min(left, line.stock_here - taken)
    return here - here % THOUSAND if product.unit.is_counted else here


def _price(web: Money, shop: Money, rule: PriceRule) -> Money:
    if rule is PriceRule.LOWER:
        return web if web.minor < shop.minor else shop
    return web if rule is PriceRule.WEB else shop


def _by_price(price: Money, web: Money, shop: Money) -> Verdict:
    if web == shop:
        return Verdict.SAME_PRICE
    return Verdict.WEB_PRICE if price == web else Verdict.SHOP_PRICE


def quantity_of(resolved: Resolved) -> Quantity:
    """Return how much of a line that `comes` is put on the ticket.

    Raises:
        ValueError: It stays in the cart.
    """
    if resolved.product is None or not resolved.comes:
        raise ValueError(f"{resolved.line.sku} stays in the cart")
    return Quantity(resolved.quantity, resolved.product.unit)
