"""What of goods that came back is above the new ones, and the ways it can go back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.exchange import Balance
from pos.domain.exchange_draft import ExchangeDraft, Way
from pos.domain.money import Money
from pos.domain.refund_options import RefundCase, RefundOption, Split, needs_wish, split_refund
from pos.domain.return_ledger import Ledger, PaidOut, Returned, ledger_of
from pos.domain.return_policy import ReturnPolicy, judge_cash
from pos.domain.return_purchase import Means
from pos.domain.return_verdict import NeedsOverride
from pos.domain.returns import ReturnFlag
from pos.domain.staff import Act, Approval
from pos.domain.ticket import Ticket
from pos.services.exchanged import refunds_of_exchanged
from pos.services.ports import Records
from pos.services.record_return import with_own_returns
from pos.services.refund_ways import refund_ways
from pos.services.workstation import SignOn


@dataclass(frozen=True, slots=True)
class Rest:
    """What of the goods that came back is above the new ones, and how it goes back.

    `unpaid` is what no way was found for; `verdict` who has to allow the cash, None for nobody.
    """

    balance: Balance
    options: tuple[RefundOption, ...]
    splits: tuple[Split, ...]
    unpaid: Money
    verdict: NeedsOverride | None = None

    @property
    def asks_for(self) -> Act | None:
        """What somebody has to allow."""
        return None if self.verdict is None else Act(self.verdict.capability)


def rest_with(
    sign_on: SignOn, records: Records, draft: ExchangeDraft, ticket: Ticket, ways: Way | None
) -> Rest:
    """Return what is left for the customer with the ticket as it is, as `exchange.rest_of`."""
    balance, rules = draft.balance_with(ticket.basket), sign_on.station.returns
    case = RefundCase(
        balance.to_refund,
        by_law=draft.is_by_law,
        is_gift=draft.is_gift,
        is_isolated=draft.is_isolated,
    )
    ledger = _after(sign_on, records, draft, balance)
    options = refund_ways(ledger, case, rules)
    wanted = ways or draft.ways
    chosen = tuple(one for one in options if (one.means, one.reference) == wanted)
    splits, unpaid = split_refund(options, balance.to_refund, chosen)
    return Rest(balance, options, splits, unpaid, _verdict(rules.policy, splits))


def with_rest(draft: ExchangeDraft, rest: Rest, approval: Approval | None) -> ExchangeDraft:
    """Return the draft with what was decided about what is left."""
    wished = {ReturnFlag.CREDIT_WISHED} if needs_wish(rest.splits) else set()
    given = (approval,) if approval is not None and rest.asks_for is not None else ()
    return replace(draft, flags=draft.flags | wished, approvals=(*draft.approvals, *given))


def _after(
    sign_on: SignOn, records: Records, draft: ExchangeDraft, balance: Balance
) -> Ledger | None:
    """Return the purchase once the new goods used up what they cost of it."""
    if draft.ledger is None:
        return None
    ledger = with_own_returns(records, draft.ledger, but=draft.return_id)
    known = replace(draft, ledgers=(ledger,))
    used_up = refunds_of_exchanged(sign_on, known, balance.exchanged, draft.basket_id)
    nothing = Money(0, draft.currency)
    exchanged = Returned(
        return_id=draft.return_id,
        purchase=draft.purchase,
        shop=draft.shop,
        at_ms=draft.began_at_ms,
        lines=(),
        paid_out=tuple(
            PaidOut(one.refund_id, one.means, one.amount, one.reference, one.state, one.origin)
            for one in used_up
        ),
        delivery=nothing,
        goodwill=nothing,
    )
    return ledger_of(ledger.purchase, (*ledger.returns, exchanged))


def _verdict(policy: ReturnPolicy, splits: tuple[Split, ...]) -> NeedsOverride | None:
    cash = (judge_cash(policy, one.amount) for one in splits if one.option.means is Means.CASH)
    return next((one for one in cash if isinstance(one, NeedsOverride)), None)
