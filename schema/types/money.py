"""Money as it is stored: one sum for each currency, never across currencies."""

from __future__ import annotations

import strawberry

from schema.types import descriptions
from service.analyses.currency_sums import CurrencySums, currency_order


@strawberry.type(description="An amount as stored; amounts are never converted.")
class Money:
    amount: float = strawberry.field(description="The amount.")
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)

    @classmethod
    def of(cls, sums: CurrencySums) -> list[Money]:
        return [cls(amount=amount, currency=code) for code, amount in sums.items()]


@strawberry.type(description="Money received and given in one currency.")
class MoneyBalance:
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    received: float = strawberry.field(description="The sum of what it received.")
    given: float = strawberry.field(description="The sum of what it gave.")
    net: float = strawberry.field(description="received - given.")

    @classmethod
    def of(cls, incoming: CurrencySums, outgoing: CurrencySums) -> list[MoneyBalance]:
        """By currency, null last."""
        return [
            cls(
                currency=code,
                received=incoming.get(code, 0.0),
                given=outgoing.get(code, 0.0),
                net=incoming.get(code, 0.0) - outgoing.get(code, 0.0),
            )
            for code in currency_order([*incoming, *outgoing])
        ]
