"""What every message has in common: strict types, bounded sizes, unknown fields ignored."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_OPS = 200
MAX_BODY_BYTES = 1024 * 1024  # tills aim for half of it
MAX_BESIDE_BYTES = 32 * 1024
MAX_FEED_ITEMS = 2_000

LARGEST = 2**63 - 1

STORABLE = r"^[^\x00]*$"  # PostgreSQL's texts hold no NUL
Text = Annotated[str, Field(max_length=200, pattern=STORABLE)]
Code = Annotated[str, Field(max_length=64, pattern=STORABLE)]
Identifier = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:\-]+$")]
ShopCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
TillId = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}-[1-9][0-9]{0,5}$")]
Sku = Annotated[str, Field(min_length=1, max_length=64, pattern=STORABLE)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Signature = Annotated[str, Field(pattern=r"^([0-9a-f]{128})?$")]  # empty: not signed
Ms = Annotated[int, Field(ge=0, le=LARGEST)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Minor = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Epoch = Annotated[int, Field(ge=1, le=1_000_000)]
Seq = Annotated[int, Field(ge=1, le=LARGEST)]


def without_nul(json_text: str) -> str:
    """Return JSON with every escaped NUL replaced: it reads as a text that can be stored."""
    return json_text.replace("\\u0000", "\\ufffd")


class Message(BaseModel):
    """A message: a string is no number, and fields of a later version are passed over."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Notice(Message):
    """What the hub says of a till itself, and since when: ``cloned``, ``stopped``…"""

    name: Code
    since_ms: Ms


class Problem(Message):
    """Why a request was not carried out; `code` is stable and meant for programs."""

    code: Code
    detail: Text = ""
