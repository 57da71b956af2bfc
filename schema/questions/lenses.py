"""Q8: four schools side by side on one community, each with what it would say."""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from schema.context import Info, today
from schema.questions.mediation import Mediation, mediation
from schema.questions.network_fit import NetworkFit, network_fit
from schema.questions.openings import Opening, Openings, openings
from schema.questions.value_network import ValueNetwork, value_network_of
from schema.records.lazy import CommunityRef
from schema.records.reading import existing_node
from schema.types.about import About, about
from schema.types.network_input import NetworkInput
from service.analyses.lenses import chosen
from service.vocabulary.enums import TieKind

FORMULA = (
    "valueNetwork of the community's exchanges; mediation of the member with most"
    " customers under contract; networkFit of the one that joined last; openings. Each"
    " sentence puts that school's figures into words, and nothing else."
)
SOURCE = (
    "Allee 2008; Christensen 1997; Stabell & Fjeldstad 1998; Normann & Ramirez 1993."
)


@strawberry.enum(description="What a value network is, to whom.")
class School(Enum):
    ALLEE = "ALLEE"
    CHRISTENSEN = "CHRISTENSEN"
    STABELL_FJELDSTAD = "STABELL_FJELDSTAD"
    NORMANN_RAMIREZ = "NORMANN_RAMIREZ"


@strawberry.type(description="What one school says of a community.")
class LensSentence:
    school: School
    sentence: str


@strawberry.type(description="One community through four lenses.")
class Lenses:
    community: CommunityRef
    sentences: list[LensSentence] = strawberry.field(
        description="Allee, Christensen, Stabell & Fjeldstad, Normann & Ramirez."
    )
    value_network: ValueNetwork
    network_fit: NetworkFit | None
    mediation: Mediation | None
    openings: Openings
    null_reason: str | None
    about: About


async def lenses(
    info: Info, community: str, as_of: date | None = strawberry.UNSET
) -> Lenses:
    """What would four schools say of this community, side by side?

    community: Key of the community.
    """
    context, day = info.context, as_of or today()
    place = await existing_node(context, "Community", community)
    found = await chosen(context.graph, community, day)
    asked = NetworkInput(ties=[TieKind.EXCHANGE], community=community, as_of=day)
    value = await value_network_of(info, asked)
    gaps = await openings(info, community=community, as_of=day)
    fit = served = None
    if found.entrants:
        fit = await network_fit(info, found.entrants[0], community, day)
    if found.mediators:
        served = await mediation(info, found.mediators[0], day)
    said = {
        School.ALLEE: by_allee(value),
        School.CHRISTENSEN: await by_christensen(info, fit),
        School.STABELL_FJELDSTAD: await by_mediation(info, served),
        School.NORMANN_RAMIREZ: await by_openings(info, gaps),
    }
    none = [] if fit else ["Nobody says when it joined: networkFit is null."]
    none += [] if served else ["Nobody has a customer under contract: no mediation."]
    parameters = {"community": community, "asOf": day.isoformat()}
    read_at = value.found.network.read_at
    return Lenses(
        community=place,
        sentences=[LensSentence(school=s, sentence=text) for s, text in said.items()],
        value_network=value,
        network_fit=fit,
        mediation=served,
        openings=gaps,
        null_reason=" ".join(none) or None,
        about=about(FORMULA, SOURCE, parameters, day, read_at, []),
    )


def counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def by_allee(found: ValueNetwork) -> str:
    exchanges = len(found.found.network.exchanges.keys)
    if not exchanges:
        return "Nothing is exchanged here."
    kinds = found.found.participants.balance.given.sum(axis=0).tolist()
    return (
        f"{counted(found.participant_count, 'member')} exchange {kinds[0]} tangible and"
        f" {kinds[1]} intangible things; {found.gaining_count} gain,"
        f" {found.losing_count} lose, {found.even_count} are even, and"
        f" {counted(found.dead_end_count, 'dead end')} pass nothing on."
    )


async def by_christensen(info: Info, fit: NetworkFit | None) -> str:
    if fit is None or fit.conformity_now is None or fit.conformity_at_entry is None:
        return "No entrant whose exchanges can be held against those before it."
    name = (await existing_node(info.context, "Member", fit.entrant_key)).name
    kept = [new.deliverable for new in fit.novelties if not new.adopted]
    unheard = f"; nobody took up {', '.join(kept)}" if kept else ""
    return (
        f"{name} came with {fit.conformity_at_entry:.0%} of its exchanges like those of"
        f" the incumbents and has {fit.conformity_now:.0%} now{unheard}."
    )


async def by_mediation(info: Info, found: Mediation | None) -> str:
    if found is None:
        return "No mediator: nobody has customers under contract."
    name = (await existing_node(info.context, "Member", found.found.mediator)).name
    linked = counted(found.mediated_pair_count, "pair")
    return (
        f"{name} serves {counted(found.customer_count, 'customer')},"
        f" {found.active_count} of them active, and has linked {linked} of"
        f" {found.possible_pair_count}; one more customer could be linked with"
        f" {found.marginal_reach}."
    )


async def by_openings(info: Info, found: Openings) -> str:
    if not found.openings:
        return "No opening: whoever completes another is tied to it."
    best: Opening = found.openings[0]
    places = (best.pair.low, best.pair.high)
    one, other = [(await best.member(info, i)).name for i in places]
    far = f"{best.distance} steps apart" if best.distance else "out of reach"
    return (
        f"{counted(found.opening_count, 'opening')}; the nearest: {one} and {other},"
        f" {far}, complete each other and have no tie."
    )
