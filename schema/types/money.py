"""Money as it is stored: one sum for each currency, never across currencies."""

from __future__ import annotations

import strawberry

from schema.types import descriptions
from schema.types.numbers import OVERFLOW, defined
from service.algorithms.net import net
from service.analyses.currency_sums import CurrencySums, MoneyFlow, currency_order


@strawberry.type(
    description="The sum of the known amounts in one currency, as stored; amounts are"
    " never converted. A currency without a known amount has no entry."
)
class Money:
    amount: float | None = strawberry.field(
        description="The sum; null if it is too large for a number."
    )
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    count: int = strawberry.field(
        description="How many known amounts were added up; unknown ones are left out."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)

    @classmethod
    def of(cls, sums: CurrencySums) -> list[Money]:
        return [
            cls(
                amount=(amount := defined(known.amount)),
                currency=code,
                count=known.count,
                null_reason=OVERFLOW if amount is None else None,
            )
            for code, known in sums.items()
        ]


@strawberry.type(description="Money received and given in one currency.")
class MoneyBalance:
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    received: float | None = strawberry.field(
        description="The sum of the known amounts that it received; null if none of"
        " them is known."
    )
    given: float | None = strawberry.field(
        description="The sum of the known amounts that it gave; null if none of them is"
        " known."
    )
    net: float | None = strawberry.field(
        description="received - given; 0 within 1e-12 of zero."
    )
    received_count: int = strawberry.field(
        description="How many known amounts `received` adds up."
    )
    given_count: int = strawberry.field(
        description="How many known amounts `given` adds up."
    )
    unknown_count: int = strawberry.field(
        description="Exchanges of money without a value, in this currency or without a"
        " currency."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)

    @classmethod
    def of(cls, incoming: MoneyFlow, outgoing: MoneyFlow) -> list[MoneyBalance]:
        """By currency, null last."""
        currencies = currency_order([*incoming.known, *outgoing.known])
        return [cls.in_currency(code, incoming, outgoing) for code in currencies]

    @classmethod
    def in_currency(
        cls, code: str | None, incoming: MoneyFlow, outgoing: MoneyFlow
    ) -> MoneyBalance:
        income, spending = incoming.amount(code), outgoing.amount(code)
        reasons = [
            f"No amount that it {verb} is known."
            for verb, amount in (("received", income), ("gave", spending))
            if amount is None
        ]
        balance = None
        if income is not None and spending is not None:
            balance = defined(net(income, spending))
        income = None if income is None else defined(income)
        spending = None if spending is None else defined(spending)
        if not reasons and None in (income, spending, balance):
            reasons.append(OVERFLOW)
        return cls(
            currency=code,
            received=income,
            given=spending,
            net=balance,
            received_count=incoming.count(code),
            given_count=outgoing.count(code),
            unknown_count=incoming.unknown_count(code) + outgoing.unknown_count(code),
            null_reason=" ".join(reasons) or None,
        )
