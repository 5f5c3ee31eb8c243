"""What the handover screen writes, from one look at the order and the ticket at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.handover_rules import Need, NeedsOverride, age_to_check
from pos.domain.money import Money
from pos.domain.ticket import Ticket
from pos.screens import wording
from pos.screens.handover import words
from pos.services.hand_over_payment import is_to_pay, to_pay
from pos.services.on_counter import OnCounter


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What stands between parcels and lines; `act` is the word of its key."""

    text: str
    tone: str = "plain"
    icon: str = "info"
    act: str = ""


@dataclass(frozen=True)
class Shown:
    """One state of the page in words; `seen_at_ms` is when each parcel was scanned (UTC ms)."""

    seen: OnCounter
    ticket: Ticket | None
    now_ms: int
    seen_at_ms: Mapping[int, int]

    @property
    def title(self) -> str:
        return words.title(self.seen.order)

    @property
    def about(self) -> str:
        return words.about(self.seen.order, self.now_ms)

    @property
    def how_paid(self) -> str:
        return words.how_paid(self.seen.order)

    @property
    def parcels(self) -> tuple[words.ParcelWords, ...]:
        return words.parcel_words(self.seen.order, self.seen.draft, self.seen_at_ms)

    @property
    def scanned(self) -> tuple[str, bool]:
        """How many parcels are in hand, in words, and whether they are all."""
        return words.scanned_words(self.seen.order, self.seen.draft)

    @property
    def rows(self) -> tuple[words.TakeRow, ...]:
        return words.take_rows(self.seen.order, self.seen.draft)

    @property
    def who(self) -> tuple[str, str]:
        return words.who_words(self.seen.order, self.seen.draft.identity)

    @property
    def is_identified(self) -> bool:
        return self.seen.draft.identity is not None

    @property
    def received(self) -> str:
        """What the customer signs."""
        return words.HandoverCounts().received(self._taken)

    @property
    def sums(self) -> tuple[tuple[str, str], ...]:
        """The rows above the total: what the order costs, what is left, what is added."""
        order, draft = self.seen.order, self.seen.draft
        text = QCoreApplication.translate("Handover", "Order")
        rows = [(text, wording.money(order.value_in_parcels))]
        left = words.articles_left(order, draft)
        if left:
            text = words.HandoverCounts().left(left)
            rows.append((text, wording.money(-draft.value_left(order))))
        if self.additions is not None:
            text = words.HandoverCounts().added(self._added)
            rows.append((text, wording.money(self.additions)))
        if order.is_prepaid:
            rows.append((self.how_paid, wording.money(-draft.value_taken(order))))
        return tuple(rows)

    @property
    def additions(self) -> Money | None:
        """What else is on the ticket; None for nothing."""
        if self.ticket is None or self.ticket.basket.is_empty:
            return None
        return self.ticket.basket.totals.total

    @property
    def due(self) -> str:
        return wording.money(to_pay(self.seen.order, self.seen.draft, self.ticket))

    @property
    def refund(self) -> str:
        """What goes back to the customer by the way it was paid; empty for nothing."""
        refund = self.seen.draft.refund(self.seen.order)
        if not refund:
            return ""
        text = QCoreApplication.translate("Handover", "{amount} go back by the way it was paid")
        return text.format(amount=wording.money(refund))

    @property
    def closing(self) -> tuple[str, str]:
        """The closing key's word and what stands under it."""
        word = QCoreApplication.translate("Handover", "Hand over")
        if is_to_pay(self.seen.order, self.seen.draft, self.ticket):
            word = QCoreApplication.translate("Handover", "Charge and hand over")
        if isinstance(self.seen.decision, NeedsOverride):
            return word, QCoreApplication.translate("Handover", "somebody has to allow it")
        count = self._taken + self._added
        articles = words.HandoverCounts().articles(count)
        parcels = words.HandoverCounts().parcels(len(self.parcels))
        return word, f"{articles} · {parcels}"

    @property
    def why_off(self) -> str:
        """Why the closing key is off; empty when it is on."""
        return words.missing_words(self.seen)

    @property
    def _taken(self) -> int:
        return words.articles_taken(self.seen.order, self.seen.draft)

    @property
    def _added(self) -> int:
        return self.ticket.basket.article_count if self.ticket else 0


def notice_of(seen: OnCounter, now_ms: int) -> NoticeWords | None:
    """Return what is to be known beside the steps themselves."""
    return _of_goods(seen) or _of_standing(seen, now_ms)


def _of_goods(seen: OnCounter) -> NoticeWords | None:
    needs = words.needs(seen)
    if Need.AGE in needs:
        age = age_to_check(seen.order, seen.draft)
        text = QCoreApplication.translate(
            "Handover", "For those of {age} or older: look at a document"
        )
        act = QCoreApplication.translate("Handover", "Is {age}").format(age=age)
        return NoticeWords(text.format(age=age), "amber", "shield", act)
    if Need.SERIALS in needs:
        text = QCoreApplication.translate(
            "Handover", "Scan or type the serial number of each piece"
        )
        act = QCoreApplication.translate("Handover", "Type it")
        return NoticeWords(text, "amber", "scan", act)
    return None


def _of_standing(seen: OnCounter, now_ms: int) -> NoticeWords | None:
    if isinstance(seen.decision, NeedsOverride):
        text = words.override_words(seen.decision, seen, now_ms)
        return NoticeWords(text, "amber", "shield")
    if seen.draft.is_isolated:
        text = QCoreApplication.translate(
            "Handover", "Without connection: scan every label. Last confirmed {age}"
        )
        known = wording.age(seen.mirrored_at_ms, now_ms) if seen.mirrored_at_ms else "—"
        return NoticeWords(text.format(age=known), "amber", "offline")
    hold = seen.order.hold_until_ms
    if hold and hold < now_ms:
        text = QCoreApplication.translate(
            "Handover", "Held until {day}: it may still be handed over"
        )
        return NoticeWords(text.format(day=wording.short_day(hold)), "plain", "calendar")
    return None
