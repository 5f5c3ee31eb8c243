"""The moment goods are taken back: one transaction, however the money goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.numbering import DocumentKind, ReceiptNumber
from pos.domain.refund import OPEN_STATES, RefundEvent, RefundState, next_state
from pos.domain.reissue import with_reissues
from pos.domain.return_content import return_body
from pos.domain.return_ledger import Ledger, PaidOut, Returned, ledger_of
from pos.domain.return_trouble import Trouble, troubles_of
from pos.domain.returns import (
    Original,
    Refund,
    Return,
    ReturnExtra,
    ReturnFlag,
    ReturnLine,
    added_up,
    amount_of,
    checked_return,
    document_tax,
    fiscal_document,
    returned_parts,
)
from pos.domain.staff import Approval
from pos.domain.tax import TaxAmount
from pos.services.at_counter import business_in_shift
from pos.services.ports import Records
from pos.services.workstation import SignOn


class PurchaseChanged(Exception):
    """What was chosen does not fit the purchase as it stands by now: choose again.

    `troubles` says what would be wrong; it is empty when a line is worth something else.
    """

    def __init__(self, purchase: str, troubles: frozenset[Trouble] = frozenset()) -> None:
        super().__init__(f"{purchase}: {', '.join(sorted(one.value for one in troubles))}")
        self.purchase = purchase
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """A return that is about to be recorded.

    `ledgers` are those of every purchase that is returned from, as the hub or this till last
    knew them, without this return; none without a receipt. `approvals` are those that somebody
    gave for it and nobody recorded yet. `began_at_ms` is UTC; `source` as of a sale.
    """

    return_id: str
    ledgers: tuple[Ledger, ...]
    lines: tuple[ReturnLine, ...]
    extras: tuple[ReturnExtra, ...]
    refunds: tuple[Refund, ...]
    flags: frozenset[ReturnFlag]
    approvals: tuple[Approval, ...]
    began_at_ms: int
    currency: str
    customer_id: str = ""
    exchange_id: str = ""
    exchange_number: str = ""
    source: str = ""
    originals: tuple[Original, ...] = field(default=())  # papers that no ledger is known of

    @property
    def total(self) -> Money:
        """What it comes to."""
        return amount_of(self.lines, self.extras, self.currency)


def with_own_returns(records: Records, ledger: Ledger, *, but: str = "") -> Ledger:
    """Return a ledger with what this till took back of the purchase, heard of or not.

    What came back for a ticket that is not paid yet is among it, except the return `but`.

    Where both know a return, a refund's answer counts, whoever has it. The hub knows one that
    came from beside a copy of this till by another id; its refunds are the same.
    """
    purchase = ledger.purchase
    own = records.returns.of_purchase(purchase.reference)
    mine = {part.refund_id for one in own for part in one.paid_out}
    told = {part.refund_id: part for one in ledger.returns for part in one.paid_out}
    others = [one for one in ledger.returns if not any(p.refund_id in mine for p in one.paid_out)]
    again = records.returns.reissues.of_purchase(purchase.reference)
    on_tickets = (one for one in records.exchanges.waiting() if one.return_id != but)
    waiting = [one.returned for one in on_tickets if one.purchase == purchase.reference]
    return ledger_of(
        purchase,
        (
            *waiting,
            *(with_reissues(one, again.get(one.return_id, ())) for one in others),
            *(_with_answers(one, told, ledger.returns) for one in own),
        ),
    )


def record_return(
    sign_on: SignOn,
    records: Records,
    draft: ReturnDraft,
    *,
    completed_at_ms: int | None = None,
    is_paid: bool = False,
    number: ReceiptNumber | None = None,
) -> Return:
    """Record a return inside the caller's transaction; nothing is printed or paid in here.

    Every approval of the draft is checked and recorded as given here.

    Args:
        completed_at_ms: When it happened, UTC; now unless given.
        is_paid: It pays for a sale that is recorded with it. It was checked when it was put on
            the ticket; what changed since is recorded all the same, and found by adding up.
        number: The next of its series, where it was taken already.

    Raises:
        NoOpenSession: There is no shift to take anything back in, or it is closed by now.
        NotAllowed: An approval is not good (any more).
        MoreThanReturnable: More of a line than can still come back.
        PurchaseChanged: It was worked out from what is not so any more.
        RefundsDiffer: The refunds are not what it comes to.
        ValueError: A return of that id is recorded.
    """
    business_in_shift(sign_on, records)
    ledgers = tuple(
        with_own_returns(records, one, but=draft.return_id if is_paid else "")
        for one in draft.ledgers
    )
    if not is_paid:
        _check_not_on_ticket(records, draft)
        check_lines(ledgers, draft.lines)
    tax = document_tax(ledgers, draft.lines, draft.extras)
    now_ms = sign_on.station.clock.now_ms() if completed_at_ms is None else completed_at_ms
    number = number or records.numbers.next(DocumentKind.RETURN)
    document = checked_return(_document(sign_on, draft, number, now_ms, tax))
    if not is_paid:
        check_whole(ledgers, returned_parts(document))
    _record_approvals(sign_on, records, draft, is_paid=is_paid)
    records.returns.add(document)
    sign_on.record(records, FactKind.RETURN_COMPLETED, return_body(document), at_ms=now_ms)
    return document


def resolve_refund(
    sign_on: SignOn,
    records: Records,
    return_id: str,
    refund_id: str,
    event: RefundEvent,
    reference: str = "",
    detail: str = "",
) -> Refund:
    """Record what became known of a refund inside the caller's transaction; return it as it is.

    What was known already is not recorded again.

    Args:
        reference: What whoever paid knows it by, empty when nothing is known.
        detail: What was answered, for people.

    Raises:
        LookupError: There is no such refund.
        IllegalRefundTransition: It contradicts what is known.
    """
    refund = _refund_of(records, return_id, refund_id)
    state = next_state(refund.state, event)
    if state is refund.state:
        return refund
    records.returns.save_refund(return_id, refund_id, state, reference)
    body = {
        "return_id": return_id,
        "refund_id": refund_id,
        "state": state.value,
        "reference": reference,
        "detail": detail,
    }
    sign_on.record(records, FactKind.REFUND_RESOLVED, body)
    return replace(refund, state=state)


def _refund_of(records: Records, return_id: str, refund_id: str) -> Refund:
    again = records.returns.reissues.get(refund_id)
    if again is not None and again.return_id == return_id:
        return again.refund
    document = records.returns.get(return_id)
    refunds = () if document is None else document.refunds
    for refund in refunds:
        if refund.refund_id == refund_id:
            return refund
    raise LookupError(f"refund {refund_id} of return {return_id}")


def _with_answers(
    own: Returned, told: Mapping[str, PaidOut], others: Iterable[Returned]
) -> Returned:
    """Return an own return with what others know of its refunds, and what they paid again."""
    paid_out = tuple(_answered(p, told.get(p.refund_id)) for p in own.paid_out)
    mine = {part.refund_id for part in own.paid_out}
    same = (one for one in others if any(p.refund_id in mine for p in one.paid_out))
    again = (part for one in same for part in one.paid_out if part.replaces)
    return with_reissues(replace(own, paid_out=paid_out), again)


def _answered(own: PaidOut, heard: PaidOut | None) -> PaidOut:
    if heard is None:
        return own
    # What failed here and was paid all the same was decided on the desk: it is owed no more.
    was_paid = own.state is RefundState.FAILED and heard.state is RefundState.CONFIRMED
    return replace(own, state=heard.state) if was_paid or own.state in OPEN_STATES else own


def check_lines(ledgers: Iterable[Ledger], lines: Sequence[ReturnLine]) -> None:
    """Make sure that each line can come back, and is worth what was worked out.

    Raises:
        MoreThanReturnable: More of a line than can still come back.
        PurchaseChanged: A line is not there, or worth something else.
    """
    for ledger in ledgers:
        _check_lines(ledger, lines)


def check_whole(ledgers: Iterable[Ledger], parts: Sequence[Returned]) -> None:
    """Make sure that a return makes nothing of its purchases wrong that was not before.

    Raises:
        PurchaseChanged: It does.
    """
    for ledger in ledgers:
        _check_whole(ledger, parts)


def _check_not_on_ticket(records: Records, draft: ReturnDraft) -> None:
    """Make sure that what pays for a ticket is not given back beside it."""
    if records.exchanges.of_return(draft.return_id) is not None:
        raise PurchaseChanged(draft.return_id)


def _record_approvals(
    sign_on: SignOn, records: Records, draft: ReturnDraft, *, is_paid: bool
) -> None:
    detail: dict[str, str | int] = {"return_id": draft.return_id}
    for approval in draft.approvals:
        if is_paid:  # it was good when it was put on the ticket
            sign_on.record_override(records, approval.act, approval, detail)
        else:
            sign_on.authorise(records, approval.act, approval, detail)


def _check_lines(ledger: Ledger, lines: Iterable[ReturnLine]) -> None:
    reference = ledger.purchase.reference
    standings = {row.line.number: row for row in ledger.lines}
    for line in lines:
        if line.purchase != reference:
            continue
        standing = standings.get(line.purchase_line)
        if standing is None:
            raise PurchaseChanged(reference, frozenset({Trouble.UNKNOWN_LINE}))
        if standing.value_of(line.quantity) != line.value:
            raise PurchaseChanged(reference)
        standings[line.purchase_line] = standing.after(line.quantity, line.serials)


def _check_whole(ledger: Ledger, parts: Iterable[Returned]) -> None:
    after = ledger_of(ledger.purchase, (*ledger.returns, *parts))
    troubles = troubles_of(after) - troubles_of(ledger)
    if after.overpaid > ledger.overpaid:
        troubles |= {Trouble.MORE_THAN_PAID}
    if troubles:
        raise PurchaseChanged(ledger.purchase.reference, troubles)


def _document(
    sign_on: SignOn,
    draft: ReturnDraft,
    number: ReceiptNumber,
    at_ms: int,
    tax: dict[str, tuple[TaxAmount, ...]],
) -> Return:
    station, operator = sign_on.station, sign_on.operator
    all_tax = added_up(entry for entries in tax.values() for entry in entries)
    purchases = (ledger.purchase for ledger in draft.ledgers)
    return Return(
        return_id=draft.return_id,
        number=number,
        shop=station.shop,
        till=station.till,
        session_id=sign_on.session_id,
        staff_id=operator.staff_id,
        staff_name=operator.name,
        currency=draft.currency,
        began_at_ms=draft.began_at_ms,
        completed_at_ms=at_ms,
        originals=(
            *(Original(one.reference, one.number, one.sold_at_ms) for one in purchases),
            *draft.originals,
        ),
        lines=draft.lines,
        extras=draft.extras,
        tax=tax,
        refunds=draft.refunds,
        total=draft.total,
        fiscal=station.fiscal.stamp(fiscal_document(number, at_ms, draft.total, all_tax)),
        flags=draft.flags,
        approvals=draft.approvals,
        customer_id=draft.customer_id,
        exchange_id=draft.exchange_id,
        exchange_number=draft.exchange_number,
        source=draft.source,
    )
