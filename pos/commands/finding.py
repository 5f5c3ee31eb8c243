"""What the doctor found: how it stands, and the command that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Mark(Enum):
    GOOD = "ok  "
    NOTE = "note"
    FAULT = "FAIL"


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `mend` is the command or act that puts it right."""

    subject: str
    grade: Mark
    text: str
    mend: str = ""

    @property
    def mark(self) -> str:
        return self.grade.value

    @property
    def is_fault(self) -> bool:
        return self.grade is Mark.FAULT

    def as_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "grade": self.grade.name.lower(),
            "text": self.text,
            "mend": self.mend,
        }


def good(subject: str, text: str) -> Finding:
    return Finding(subject, Mark.GOOD, text)
