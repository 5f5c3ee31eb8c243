"""No fiscal module: every document says that it is a demonstration."""

from __future__ import annotations

from pos.domain.fiscal import FiscalDocument, FiscalStamp

LEGEND = "Documento no fiscal – demostración"


class NoFiscalModule:
    """Prints the legend that keeps a demonstration from passing for an invoice.

    Source:
        RD 1007/2023 art. 13: without a declaración responsable the software must not issue
        invoices; the legend makes that visible. The text is Spanish by design of the law,
        in every interface language.
    """

    def stamp(self, document: FiscalDocument) -> FiscalStamp:
        return FiscalStamp(module="none", legend=(LEGEND,))
