"""The mutations: where the source is changed, how, and which test must turn red."""

from __future__ import annotations

from dataclasses import dataclass

ENGINE = "tests/store/test_engine.py"
OUTBOX = "tests/store/test_outbox.py"
EVERY_STEP = "tests/simulator/test_every_step.py"
# What the simulator runs to catch a mutation: an act with the power gone at every step of it, or
# some worlds.
TILL_DIES = f"{EVERY_STEP}::test_a_till_killed_at_any_step_of_a_sale_has_all_of_it_or_nothing"
RETURN_DIES = f"{EVERY_STEP}::test_a_till_killed_at_any_step_of_a_return_has_all_of_it_or_nothing"
PULL_DIES = f"{EVERY_STEP}::test_an_agent_killed_while_it_is_told_something_is_told_again"
SIMULATOR = "tests/simulator/test_simulator.py"
WORLDS = f"{SIMULATOR}::test_whatever_befalls_two_shops_every_promise_is_kept"
SHARED = f"{SIMULATOR}::test_a_ticket_that_waits_in_the_shop_goes_on_at_one_till"
COMMIT_HERE = 'sql.run("COMMIT")\n    sql.run("BEGIN IMMEDIATE")\n    '


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of one file.

    Attributes:
        old: Stands exactly once in `path`, or the mutation no longer applies.
        test: The pytest id of the test that must turn red.
        simulator: The simulator's test that must turn red too, empty when it cannot see this
            (a database in memory has no disk to lose).
    """

    name: str
    path: str
    old: str
    new: str
    test: str
    simulator: str = ""


MUTATIONS = (
    Mutation(
        "commits do not wait for the disk (no fsync)",
        "pos/store/engine.py",
        '"synchronous": 2,',
        '"synchronous": 0,',
        "tests/store/test_durability.py::test_a_commit_waits_until_the_disk_has_it",
    ),
    Mutation(
        "PRAGMAs are not read back",
        "pos/store/engine.py",
        "if found != value:",
        "if found is None:",
        f"{ENGINE}::test_a_setting_that_is_not_taken_stops_the_till",
    ),
    Mutation(
        "BEGIN is deferred",
        "pos/store/engine.py",
        'begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"',
        'begin = "BEGIN"',
        f"{ENGINE}::test_no_update_is_lost_when_three_processes_count_together",
    ),
    Mutation(
        "the number is taken outside the transaction",
        "pos/store/facts.py",
        "        return ReceiptNumber(series, last)",
        '        self._sql.run("COMMIT")\n        self._sql.run("BEGIN IMMEDIATE")\n'
        "        return ReceiptNumber(series, last)",
        "tests/store/test_sales.py::test_numbers_have_no_gap_when_a_sale_fails",
        TILL_DIES,
    ),
    Mutation(
        "the outbox entry is written in another transaction",
        "pos/store/facts.py",
        "sql.run(_QUEUE, (entry, state))",
        f"{COMMIT_HERE}sql.run(_QUEUE, (entry, state))",
        f"{OUTBOX}::test_an_act_that_fails_leaves_no_fact",
        TILL_DIES,
    ),
    Mutation(
        "an acknowledgement is taken without checking the chain",
        "pos/store/outbox.py",
        "if ours != chain_head:",
        "if chain_head is None:",
        f"{OUTBOX}::test_an_acknowledgement_of_something_else_marks_nothing",
    ),
    Mutation(
        "the cursor moves before the data",
        "pos/store/outbox.py",
        "            mirror(sql)\n            sql.run(_PUT_CURSOR, (stream, cursor))",
        "            sql.run(_PUT_CURSOR, (stream, cursor))\n"
        '            sql.run("COMMIT")\n            sql.run("BEGIN IMMEDIATE")\n'
        "            mirror(sql)",
        "tests/store/test_durability.py"
        "::test_what_the_hub_told_and_how_far_are_stored_together_or_not_at_all",
        PULL_DIES,
    ),
    Mutation(
        "a fact is sent under a new op id every time",
        "sync/agent/hub.py",
        '"op_id": fact.op_id,',
        '"op_id": f"{fact.op_id[:-4]}{id(object()) % 10_000:04d}",',
        "tests/sync/agent/test_bad_network.py"
        "::test_after_a_lost_answer_the_same_facts_go_again_and_are_acknowledged",
        WORLDS,
    ),
    Mutation(
        "the signature of an answer is not checked",
        "sync/signed_http.py",
        "if not is_signed(self._hub_key, Purpose.ANSWER, said, answer.signature):",
        "if said is None:",
        "tests/sync/test_signed_http.py::test_what_the_hub_did_not_sign_is_no_answer",
    ),
    Mutation(
        "the signature of a request is not checked",
        "sync/hub/trust/authentication.py",
        "if not is_signed(known.public_key, Purpose.REQUEST, said, claimed.signature):",
        "if said is None:",
        "tests/sync/hub/test_authentication.py::test_a_signature_of_another_key_is_forged",
    ),
    Mutation(
        "the signatures of facts are not checked",
        "sync/hub/intake/genuine.py",
        "    if doubtful:\n        raise BadSignature",
        "    if not till:\n        raise BadSignature",
        "tests/sync/hub/test_signed_facts.py"
        "::test_a_fact_the_till_did_not_sign_stores_nothing_of_the_push",
    ),
    Mutation(
        "the inbox has no unique op id",
        "migrations/hub/versions/0001_first_tables.py",
        'sa.PrimaryKeyConstraint("till", "epoch", "seq"), sa.UniqueConstraint("op_id"),',
        'sa.PrimaryKeyConstraint("till", "epoch", "seq"),',
        "tests/sync/hub/test_copies.py::test_an_op_id_that_is_taken_is_no_sign_of_a_copy",
    ),
    Mutation(
        "an answer is believed whatever it names",
        "sync/protocol/pusher.py",
        "return TryLater(fault) if fault else _read_answer(batch, reply.answer)",
        "return _read_answer(batch, reply.answer)",
        "tests/sync/protocol/test_pusher.py::test_an_answer_that_cannot_be_believed_marks_nothing",
    ),
    Mutation(
        "a copied till stays in its epoch",
        "sync/agent/pushing.py",
        "            self._store.begin_epoch(epoch, COPIED, self._clock.now_ms())",
        "            log.debug(COPIED)",
        "tests/sync/agent/test_agreement.py"
        "::test_a_copied_till_goes_on_with_numbers_of_its_own_and_every_sale_counts_in_the_end",
    ),
    Mutation(
        "a restored till stays in its epoch",
        "pos/store/restore.py",
        "            begin_epoch(sql, epoch, RESTORED, now_ms)",
        "            sql.rows('SELECT 1')",
        "tests/commands/test_restore.py"
        "::test_a_till_restored_while_facts_had_not_reached_the_hub_repeats_no_number",
    ),
    Mutation(
        "a claim is granted without a higher fence",
        "sync/hub/counter/claims.py",
        "fence=claim.c.fence + 1, state=HELD",
        "fence=claim.c.fence, state=HELD",
        "tests/sync/hub/test_claims.py::test_numbers_only_rise_whatever_two_tills_do",
        SHARED,
    ),
    Mutation(
        "till and hub do not compare their sums",
        "sync/agent/comparing.py",
        "                return self._repair(found, answer)",
        "                return None",
        "tests/sync/agent/test_agreement.py"
        "::test_a_hub_that_lost_what_sales_did_is_repaired_and_says_so",
    ),
    Mutation(
        "the card is charged before the intent is stored",
        "pos/services/pay.py",
        "        records.cards.save(attempt)\n        sign_on.record(\n            records,\n"
        "            FactKind.CARD_REQUESTED,",
        "        sign_on.record(\n            records,\n            FactKind.CARD_REQUESTED,",
        "tests/services/test_pay.py::test_the_intent_is_on_disk_before_the_terminal_is_asked",
        TILL_DIES,
    ),
    Mutation(
        "a receipt is printed as an original every time",
        "pos/services/print_jobs.py",
        "kind = receipt.copy if originals else receipt.original",
        "kind = receipt.original",
        "tests/services/test_print_jobs.py"
        "::test_an_original_that_failed_is_the_original_that_is_printed_later",
    ),
    Mutation(
        "a catalogue is swapped in without being counted and hashed",
        "sync/agent/catalogue_pull.py",
        "        if digest != self._info.sha256_of_stream or "
        "_json(line) != [END, self._count, digest]:",
        "        if digest is None:",
        "tests/sync/agent/test_catalogue_pull.py"
        "::test_a_stream_that_is_not_what_was_announced_is_refused",
    ),
    Mutation(
        "a pickup code is believed whoever signed it",
        "pos/services/handover_identity.py",
        "        is_signed=station.pickup_keys.is_signed(code),",
        "        is_signed=True,",
        "tests/services/test_handover.py::test_a_forged_code_proves_nothing",
    ),
    Mutation(
        "an older label of a parcel is as good as its newest",
        "pos/domain/handover_rules.py",
        "    return is_named_by_hand or hand.print_number >= parcel.print_number",
        "    return is_named_by_hand or hand.print_number > 0",
        "tests/domain/test_handover_rules.py"
        "::test_alone_only_the_newest_label_is_a_parcel_in_hand",
    ),
    Mutation(
        "a till is granted an order that was handed over or cancelled",
        "sync/hub/counter/claimed_things.py",
        "    gone = _why_not(order)",
        "    gone = None",
        "tests/sync/hub/test_order_facts.py"
        "::test_a_handover_uses_its_claim_up_and_the_next_is_told_who_did_it",
    ),
    Mutation(
        "a return is on the disk before its fact is",
        "pos/store/returns.py",
        "        self._sql.run(_ADD_TO_TOTAL, (document.number.series, document.total.minor))",
        "        self._sql.run(_ADD_TO_TOTAL, (document.number.series, document.total.minor))\n"
        '        self._sql.run("COMMIT")\n        self._sql.run("BEGIN IMMEDIATE")',
        RETURN_DIES,
    ),
    Mutation(
        "a refund to a card is called paid before the terminal was asked",
        "pos/domain/refund_options.py",
        "state=RefundState.REQUESTED if is_asked else RefundState.CONFIRMED,",
        "state=RefundState.REQUESTED if waits else RefundState.CONFIRMED,",
        "tests/services/test_take_back.py"
        "::test_a_card_that_paid_gets_it_back_once_the_terminal_was_asked",
    ),
)
