"""`lenses`: what four schools say about one community, side by side."""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from schema.context import Info
from schema.questions.mediation import Mediation, mediation
from schema.questions.network_fit import NetworkFit, network_fit
from schema.questions.openings import Openings, opening_items, openings
from schema.questions.value_network import ValueNetwork, value_network_of
from schema.records.lazy import CommunityRef
from schema.records.node import register_enum
from schema.records.reading import existing_node
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.network_input import NetworkInput
from service.analyses.lenses import lens_sample
from service.vocabulary.enums import TieKind

FORMULA = (
    "valueNetwork of the community's exchanges; mediation of the member with most"
    " customers under contract; networkFit of the one that joined last; openings. Each"
    " sentence only puts the figures of that school into words."
)
SOURCE = (
    "Allee 2008; Christensen 1997; Stabell & Fjeldstad 1998; Normann & Ramirez 1993."
)


class School(Enum):
    ALLEE = "ALLEE"
    CHRISTENSEN = "CHRISTENSEN"
    STABELL_FJELDSTAD = "STABELL_FJELDSTAD"
    NORMANN_RAMIREZ = "NORMANN_RAMIREZ"


register_enum(
    School,
    "A school of thought about value networks.",
    ALLEE="Tangible and intangible exchange among members (Allee 2008).",
    CHRISTENSEN="The network that shapes an entrant (Christensen 1997).",
    STABELL_FJELDSTAD="A mediator that links its customers (Stabell & Fjeldstad 1998).",
    NORMANN_RAMIREZ="Openings for reconfiguration (Normann & Ramirez 1993).",
)


@strawberry.type(description="What one school says about a community.")
class LensSentence:
    school: School = strawberry.field(description="The school.")
    sentence: str = strawberry.field(description="Its figures in one sentence.")


@strawberry.type(description="One community through four lenses.")
class Lenses:
    community: CommunityRef = strawberry.field(description="The community.")
    sentences: list[LensSentence] = strawberry.field(
        description="One sentence for each school: Allee, Christensen, Stabell &"
        " Fjeldstad, Normann & Ramirez."
    )
    value_network: ValueNetwork = strawberry.field(
        description="The exchanges of the community, after Allee."
    )
    network_fit: NetworkFit | None = strawberry.field(
        description="The member that joined last, after Christensen."
    )
    mediation: Mediation | None = strawberry.field(
        description="The member with most customers under contract, after Stabell &"
        " Fjeldstad."
    )
    openings: Openings = strawberry.field(
        description="The openings of the community, after Normann & Ramirez."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
    about: About = strawberry.field(description=descriptions.ABOUT)


async def lenses(
    info: Info, community: str, as_of: date | None = strawberry.UNSET
) -> Lenses:
    """What do four schools say about this community?

    community: Key of the community.
    """
    question = begin(as_of, community=community)
    day = question.day
    record = await existing_node(info.context, "Community", community)
    sample = await lens_sample(info.context.graph, community, day)
    network = NetworkInput(ties=[TieKind.EXCHANGE], community=community, as_of=day)
    value = await value_network_of(info, network)
    gaps = await openings(info, community=community, as_of=day)
    fit = served = None
    if sample.entrants:
        fit = await network_fit(info, sample.entrants[0], community, day)
    if sample.mediators:
        served = await mediation(info, sample.mediators[0], day)
    sentences = {
        School.ALLEE: by_allee(value),
        School.CHRISTENSEN: await by_christensen(info, fit),
        School.STABELL_FJELDSTAD: await by_mediation(info, served),
        School.NORMANN_RAMIREZ: await by_openings(info, gaps),
    }
    none = (
        []
        if fit
        else ["No member that exchanges has a joining date: `networkFit` is null."]
    )
    none += (
        []
        if served
        else ["No member has a customer under contract: `mediation` is null."]
    )
    read_at = value.reports.network.read_at
    return Lenses(
        community=record,
        sentences=[
            LensSentence(school=s, sentence=text) for s, text in sentences.items()
        ],
        value_network=value,
        network_fit=fit,
        mediation=served,
        openings=gaps,
        null_reason=" ".join(none) or None,
        about=question.about(FORMULA, SOURCE, read_at=read_at),
    )


def count_phrase(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'}"


def by_allee(network: ValueNetwork) -> str:
    exchanges = len(network.reports.network.exchanges.keys)
    if not exchanges:
        return "This community has no exchanges."
    kinds = network.reports.network.participants.balance.given.sum(axis=0).tolist()
    members = count_phrase(network.participant_count, "member")
    count = network.unvalued_count
    unvalued = f", {count} state no value" if count else ""
    passes = "passes" if network.dead_end_count == 1 else "pass"
    return (
        f"{members} exchange {kinds[0]} tangible and"
        f" {kinds[1]} intangible things; {network.gaining_count} gain,"
        f" {network.losing_count} lose, {network.even_count} are even{unvalued}, and"
        f" {count_phrase(network.dead_end_count, 'dead end')} {passes} nothing on."
    )


async def by_christensen(info: Info, fit: NetworkFit | None) -> str:
    if fit is None or fit.conformity_now is None or fit.conformity_at_entry is None:
        return (
            "No entrant has exchanges to compare with those of the members before it."
        )
    name = (await existing_node(info.context, "Member", fit.entrant_key)).name
    ignored = [new.deliverable for new in fit.novelties if not new.adopted]
    unheard = f"; no incumbent has adopted {', '.join(ignored)}" if ignored else ""
    return (
        f"{name} joined with {fit.conformity_at_entry:.0%} of its exchanges like those"
        f" of the incumbents; now it is {fit.conformity_now:.0%}{unheard}."
    )


async def by_mediation(info: Info, mediation: Mediation | None) -> str:
    if mediation is None:
        return "No mediator: no member has customers under contract."
    name = (await existing_node(info.context, "Member", mediation.result.mediator)).name
    linked = count_phrase(mediation.mediated_pair_count, "pair")
    return (
        f"{name} serves {count_phrase(mediation.customer_count, 'customer')},"
        f" {mediation.active_count} of them active, and has connected {linked} of"
        f" {mediation.possible_pair_count}; one more customer could be connected with"
        f" {mediation.marginal_reach}."
    )


async def by_openings(info: Info, openings: Openings) -> str:
    if not openings.opening_count:
        return f"No opening: {openings.null_reason}"
    [best] = opening_items(openings, info, openings.result[:1])
    ends = (best.low, best.high)
    first, second = [(await best.member(info, index)).name for index in ends]
    far = f"{best.distance} steps apart" if best.distance else "out of reach"
    count = count_phrase(openings.opening_count, "opening")
    return (
        f"{count}; the nearest: {first} and {second},"
        f" {far}, complete each other and have no tie."
    )
