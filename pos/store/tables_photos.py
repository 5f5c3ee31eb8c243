"""What till.db holds of photos of goods that came back; see `pos.store.tables`."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from pos.store.columns import metadata, number_column, text_column

# Beside the journal and never in it: a photo may be thrown away, and is after its time. `size`
# is the bytes of `jpeg`, in the index so that nobody reads the pictures to add them up.
return_photo = Table(
    "return_photo",
    metadata,
    Column("photo_id", Text, primary_key=True),
    text_column("return_id"),
    number_column("line"),
    number_column("taken_at_ms"),
    number_column("size"),
    Column("jpeg", LargeBinary, nullable=False),
    Index("ix_return_photo_return_id", "return_id"),
    Index("ix_return_photo_taken", "taken_at_ms", "size"),
)
