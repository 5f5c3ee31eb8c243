"""Failures of the till's own disk that the cashier must be told apart."""

from __future__ import annotations


class StoreUnavailable(Exception):
    """Nothing could be recorded and nothing was: disk full, read-only, or not to be opened."""


class OutcomeOfCommitUnknown(Exception):
    """The disk failed while committing: only looking the act up again tells what happened."""


class SearchInterrupted(Exception):
    """A search was given up because the next key came; there is nothing to show for it."""
