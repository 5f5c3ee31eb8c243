"""X and Z: what a shift took, in figures that can be checked against the drawer."""

from __future__ import annotations

from hardware.receipt_printer.document import (
    BIG,
    BOLD,
    Align,
    Block,
    Cut,
    Document,
    Feed,
    Rule,
    Text,
    row,
)
from pos.domain.tax import TaxAmount
from pos.domain.till_session import CashMovement, MovementKind, SessionReport
from pos.receipts.stationery import Reprint, Stationery, figures, heading, headline
from pos.receipts.tax_table import negative, tax_rows

CHAIN_DIGITS = 16  # enough to notice a journal that was cut or exchanged
Rows = list[tuple[str, str]]


def report_document(
    report: SessionReport, on: Stationery, reprint: Reprint | None = None
) -> Document:
    """Return an X (the shift is open) or a Z (it is closed).

    What the drawer should hold is printed only beside a count, so that an X cannot spoil
    the blind count of the Z.
    """
    return Document(
        (
            Text(on.shop.name, Align.CENTER, BOLD),
            *_title(report, on),
            *(on.copy_mark(reprint) if reprint else []),
            Rule(),
            figures(_when_and_who(report, on)),
            *_sales(report, on),
            *_tenders(report, on),
            *_tax(report, on),
            *_returns(report, on),
            *_reissues(report, on),
            *_cash(report, on),
            *_movements(report, on),
            *_acts(report, on),
            Rule(),
            *_grand_totals(report, on),
            row(on.words["chain"].format(seq=report.chain_seq), report.chain_head[:CHAIN_DIGITS]),
            Cut(),
        ),
        on.columns,
    )


def _title(report: SessionReport, on: Stationery) -> list[Block]:
    if report.session.is_open:
        return [
            headline(on.words["x_title"], on.columns),
            Text(on.words["x_note"], Align.CENTER),
        ]
    return [
        headline(on.words["z_title"], on.columns),
        Text(report.number, Align.CENTER, BIG),
    ]


def _when_and_who(report: SessionReport, on: Stationery) -> Rows:
    session = report.session
    rows = [
        (on.till(on.till_number), f"{on.words['shift']} {session.number}"),
        (on.words["business_day"], on.day(session.business_day)),
        (on.words["opened"], on.when(session.opened_at_ms)),
    ]
    if session.closed_at_ms is not None:
        rows.append((on.words["closed"], on.when(session.closed_at_ms)))
    rows.append((on.words["taken"], on.when(report.taken_at_ms)))
    rows.append((on.words["made_by"], report.staff_name))
    return rows


def _section(title: str, rows: Rows) -> list[Block]:
    return [Rule(), heading(title), figures(rows)] if rows else []


def _sales(report: SessionReport, on: Stationery) -> list[Block]:
    found = report.figures
    rows = [
        (on.words["sales"], str(found.sales)),
        (on.words["articles"], str(found.articles)),
        (on.words["gross_sales"], on.minor(found.gross)),
        (on.words["discounts"], on.minor(-found.discounts)),
    ]
    if found.first_number:
        rows.append((on.words["first_number"], found.first_number))
        rows.append((on.words["last_number"], found.last_number))
    total = row(on.words["net_sales"], on.minor(found.total), BOLD)
    return [*_section(on.words["sales_heading"], rows), total]


def _tenders(report: SessionReport, on: Stationery) -> list[Block]:
    found = report.figures
    rows = [
        (f"{on.words[kind.value]} ({found.tender_counts.get(kind, 0)})", on.minor(minor))
        for kind, minor in found.tenders.items()
    ]
    if found.unverified_card:
        rows.append((f"  {on.words['unverified_card']}", on.minor(found.unverified_card)))
    return _section(on.words["tenders_heading"], rows)


def _tax(report: SessionReport, on: Stationery) -> list[Block]:
    return _tax_section(on.words["tax_heading"], report.figures.tax, on)


def _tax_section(title: str, tax: tuple[TaxAmount, ...], on: Stationery) -> list[Block]:
    tables = tax_rows(tax, on, {})
    return [Rule(), heading(title), *tables] if tables else []


def _returns(report: SessionReport, on: Stationery) -> list[Block]:
    """Return what came back, beside what was sold and never netted with it."""
    found = report.figures
    if not found.returns:
        return []
    rows = [
        (on.words["returns"], str(found.returns)),
        (on.words["first_return"], found.first_return),
        (on.words["last_return"], found.last_return),
    ]
    given_back = [
        (f"{on.words[means.value]} ({found.refund_counts.get(means, 0)})", on.minor(-minor))
        for means, minor in found.refunds.items()
    ]
    return [
        *_section(on.words["returns_heading"], rows),
        row(on.words["returned"], on.minor(-found.returns_total), BOLD),
        *_section(on.words["given_back_by"], given_back),
        *_tax_section(on.words["return_tax_heading"], negative(found.return_tax), on),
    ]


def _reissues(report: SessionReport, on: Stationery) -> list[Block]:
    """Return what was paid for refunds that had failed, of returns of any shift."""
    found = report.figures
    rows = [
        (f"{on.words[means.value]} ({found.reissue_counts.get(means, 0)})", on.minor(-minor))
        for means, minor in found.reissues.items()
    ]
    return _section(on.words["paid_again"], rows)


def _grand_totals(report: SessionReport, on: Stationery) -> list[Block]:
    blocks: list[Block] = [row(on.words["grand_total"], on.money(report.grand_total), BOLD)]
    if report.grand_total_returns:
        returned = on.minor(-report.grand_total_returns)
        blocks.append(row(on.words["grand_total_returns"], returned))
    return blocks


def _cash(report: SessionReport, on: Stationery) -> list[Block]:
    session, counted, difference = report.session, report.counted_cash, report.difference
    rows = [(on.words["float"], on.amount(session.opening_float.total))]
    if counted is None or difference is None:
        return _section(on.words["cash_heading"], rows)
    pieces = session.counts[-1].pieces
    rows += [
        (f"  {on.minor(minor)} × {pieces[minor]}", on.minor(minor * pieces[minor]))
        for minor in sorted(pieces, reverse=True)
        if pieces[minor]
    ]
    rows.append((on.words["counted"], on.amount(counted)))
    rows.append((on.words["expected"], on.amount(report.expected_cash)))
    if len(session.counts) > 1:
        rows.append((on.words["first_count"], on.amount(session.counts[0].total)))
    return [
        *_section(on.words["cash_heading"], rows),
        row(on.words["difference"], on.money(difference), BOLD),
    ]


def _movements(report: SessionReport, on: Stationery) -> list[Block]:
    rows = [
        (
            f"{on.time(movement.at_ms)} {on.words[movement.kind.value]}: {movement.reason}",
            on.amount(movement.signed),
        )
        for movement in report.figures.movements
    ]
    return _section(on.words["movements_heading"], rows)


def _acts(report: SessionReport, on: Stationery) -> list[Block]:
    found = report.figures
    rows = [
        (on.words["voided_lines"], str(found.voided_lines)),
        (on.words["voided_amount"], on.minor(found.voided_amount)),
        (on.words["cancelled_tickets"], str(found.cancelled_tickets)),
        (on.words["overrides"], str(found.overrides)),
        (on.words["drawer_openings"], str(found.drawer_openings)),
        (on.words["reprints"], str(found.reprints)),
    ]
    return _section(on.words["acts_heading"], rows)


def movement_document(
    movement: CashMovement, on: Stationery, staff_name: str, reprint: Reprint | None = None
) -> Document:
    """Return the slip of a cash movement, with a place to sign."""
    title = {
        MovementKind.PAID_IN: "paid_in_title",
        MovementKind.PAID_OUT: "paid_out_title",
        MovementKind.DROP: "drop_title",
    }[movement.kind]
    return Document(
        (
            Text(on.shop.name, Align.CENTER, BOLD),
            headline(on.words[title], on.columns),
            *(on.copy_mark(reprint) if reprint else []),
            Rule(),
            row(on.when(movement.at_ms), on.till(on.till_number)),
            row(on.words["made_by"], staff_name),
            Text(f"{on.words['reason']}: {movement.reason}"),
            Rule(),
            row(on.words["amount"], on.money(movement.signed), BIG),
            Feed(3),
            Rule("_"),
            Text(on.words["signature"]),
            Cut(),
        ),
        on.columns,
    )
