"""The ecosystem questions: over HTTP on the seeds, and on 100,000 members.

The large ecosystem is drawn as `ecosystem.py` says (seed 7). Of its exchanges 60 % are
tangible; each has one of 8 roles at either end, both perceived values (-1 to 2) and a
value in SEK; a tenth began on 2026-03-01, a tenth ended then. 500 capabilities are
each held by 20 members and needed by 10.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from seeds import SEEDS
from service.networks.snapshots import Snapshots
from tests.benchmarks.ecosystem import Ecosystem, ecosystem
from tests.benchmarks.measure import Figure, Told, doing, milliseconds, seconds
from tests.benchmarks.networks import BATCH, MEMBERS, TIES, WRITE_MEMBERS, driver
from tests.benchmarks.world import Api, World

DAY, SPLIT = "2026-11-01", "2026-03-01"
ROUNDS = 3
CAPABILITIES, HOLDERS, NEEDERS = 500, 20, 10
SIZES = {"members": MEMBERS, "ties": TIES}
WRITE_EXCHANGES = """
UNWIND $rows AS row
MATCH (a:Member {number: row[0]})
MATCH (b:Member {number: row[1]})
CREATE (a)-[:PROVIDES {key: row[2], exchangeKind: row[3], senderRole: row[4],
  receiverRole: row[5], senderValue: row[6], receiverValue: row[7], value: row[8],
  currency: "SEK", since: date(row[9]), until: date(row[10])}]->(b)
"""
WRITE_CAPABILITIES = """
UNWIND $rows AS row
MERGE (c:Capability {key: row[0]})
WITH c, row
MATCH (m:Member {number: row[1]})
CREATE (m)-[:HAS_CAPABILITY {key: row[2]}]->(c)
"""
WRITE_NEEDS = WRITE_CAPABILITIES.replace("HAS_CAPABILITY", "NEEDS")
OF_ALL = """query ($network: NetworkInput!) { valueNetwork(network: $network) {
  indicators { exchangeCount structure { agility { meanDistance searchedFrom } } }
  participants { member { key } netValue } roles { role load }
  longestChains { length } negativeCount perceivedValue { gap } workAroundCount
  areas { area exchangeCount } } }"""
GAPS = """query ($community: String, $first: Int) {
  openings(community: $community, asOf: "2026-11-01", first: $first) {
    openingCount openings { members { key } score distance } } }"""
CHANGED = """query ($network: NetworkInput!) {
  networkChange(network: $network, from: "2025-11-01", to: "2026-11-01") {
    distance tiesCameCount tiesCame { source { key } }
    before { structure { stability } } after { structure { stability } } } }"""
MAPPED = """query ($network: NetworkInput!) {
  networkMap(network: $network) { nodes { title x y } links { id } } }"""
FIT = """{ networkFit(entrant: "snabbminne", community: "disk-makers",
  asOf: "2026-11-01") { conformityNow } }"""
SERVED = """{ mediation(mediator: "bytestorget", asOf: "2026-11-01") {
  mediatedPairShare } }"""
SCHOOLS = """{ lenses(community: "demo", asOf: "2026-11-01") {
  sentences { sentence } } }"""
DIGEST = """{ ecosystemReport(community: "demo", asOf: "2026-11-01") {
  brokerage { nodeCount } weakNodes { hurtingCount } coolingTies { lost }
  chokePoints { pairCount } partners { stages { paths { success } } }
  change { distance } map { nodes { x y } } } }"""
PEOPLE = {
    "departureImpact": """{ departureImpact(person: "magnus-wiberg",
      leavingTo: "vagnet-telecom", asOf: "2026-11-01") {
      customers { contracts { key } } cutPoint } }""",
    "keyPeople": """{ keyPeople(organisation: "ekolinje-telecom", asOf: "2026-11-01") {
      truckFactor people { person { key } } } }""",
    "networkOwnership": """{ networkOwnership(organisation: "ekolinje-telecom",
      asOf: "2026-11-01") { members { channel } } }""",
    "referralNetwork": """{ referralNetwork(asOf: "2026-11-01") { conversion { value }
      standingOffers(customer: "johansson-family") { discount } } }""",
    "networking": """{ networking(member: "mira-sand", asOf: "2026-11-01") {
      degree } }""",
    "capabilityGaps": """{ capabilityGaps(startup: "fuktlys", asOf: "2026-11-01") {
      gapCount } }""",
    "serviceQuality": """{ serviceQuality(provider: "hyllvik-hem",
      from: "2026-07-01", to: "2026-10-01", asOf: "2026-11-01") {
      csat { value } nps { value } } }""",
    "innovation": """{ innovation(organisation: "nordan", asOf: "2026-11-01") {
      openness { value } } }""",
}


def lenses(world: World) -> list[Told]:
    figures = [*on_the_seeds(world), *on_the_large(world)]
    return [figure.told() for figure in figures]


def on_the_seeds(world: World) -> list[Figure]:
    with doing("loading demo, yc and cordis"):
        world.seed(*SEEDS)
    network = {"ties": ["EXCHANGE"], "community": "demo"}
    dated = network | {"asOf": DAY}
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "valueNetwork": (OF_ALL, {"network": dated}),
        "openings": (GAPS, {"community": "demo"}),
        "networkChange": (CHANGED, {"network": network}),
        "networkMap": (MAPPED, {"network": dated}),
        "networkFit": (FIT, {}),
        "mediation": (SERVED, {}),
        "lenses": (SCHOOLS, {}),
        "ecosystemReport": (DIGEST, {}),
        **{name: (text, {}) for name, text in PEOPLE.items()},
    }
    with world.api() as api:
        found = [
            over_http(api, name, text, given) for name, (text, given) in asked.items()
        ]
    world.clear()
    return found


def over_http(api: Api, name: str, text: str, given: dict[str, Any]) -> Figure:
    with doing(name):
        first = seconds(lambda: api.ask(text, **given)) * 1_000
        samples = milliseconds(lambda: api.ask(text, **given), rounds=10, warm_up=20)
    return Figure(
        name=f"{name} of the demo, warm, over HTTP",
        unit="ms",
        bound=10_000 if name == "ecosystemReport" else 200,
        samples=samples,
        more={"the_first_ms": round(first)},
    )


def on_the_large(world: World) -> list[Figure]:
    with doing(f"drawing and writing {MEMBERS:,} members and {TIES:,} exchanges"):
        write(world, ecosystem(MEMBERS, TIES))
    network = {"ties": ["EXCHANGE"]}
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "valueNetwork": (OF_ALL, {"network": network | {"asOf": DAY}}),
        "openings (top 100)": (GAPS, {"first": 100}),
        "networkChange": (CHANGED, {"network": network}),
    }
    found = []
    for name, (text, given) in asked.items():
        for cold in (True, False):
            found.append(in_process(world, name, text, given, cold))
    world.clear()
    return found


def in_process(
    world: World, name: str, text: str, given: dict[str, Any], cold: bool
) -> Figure:
    """Cold: nothing was read before. Warm: the arrays are there already."""
    kept = Snapshots(world.graph, world.settings)
    engine = GraphQLEngine(world.settings, has_limits=False)

    def ask(snapshots: Snapshots) -> None:
        context = Context(world.graph, world.settings, snapshots, may_write=False)
        answer: Any = world.runner.run(engine.execute(text, given, None, context))
        if errors := answer.body.get("errors"):
            raise RuntimeError(f"{errors}")

    def once() -> None:
        ask(Snapshots(world.graph, world.settings) if cold else kept)

    what = "everything read anew" if cold else "warm"
    with doing(f"{name}, {what}"):
        once()
        samples = [seconds(once) for _ in range(ROUNDS)]
    return Figure(
        name=f"{name}, {what} (in process)",
        unit="s",
        bound=3,
        samples=samples,
        more={"sizes": SIZES},
    )


def write(world: World, drawn: Ecosystem) -> None:
    rng = np.random.default_rng(7)
    count, width = len(drawn.source), len(str(MEMBERS))
    members = [[f"m{i:0{width}}", i, f"s{g}"] for i, g in enumerate(drawn.group)]
    columns = [
        drawn.source.tolist(),
        drawn.target.tolist(),
        [f"t{i}" for i in range(count)],
        np.where(rng.random(count) < 0.6, "TANGIBLE", "INTANGIBLE").tolist(),
        [f"role {i}" for i in rng.integers(0, 8, count).tolist()],
        [f"role {i}" for i in rng.integers(0, 8, count).tolist()],
        rng.integers(-1, 3, count).astype(float).tolist(),
        rng.integers(-1, 3, count).astype(float).tolist(),
        drawn.weight.tolist(),
        [SPLIT if r < 0.1 else None for r in rng.random(count).tolist()],
        [SPLIT if r < 0.1 else None for r in rng.random(count).tolist()],
    ]
    # Begun and ended on one day would be on no day.
    columns[10] = [
        None if began else ended
        for began, ended in zip(columns[9], columns[10], strict=True)
    ]
    written(world, WRITE_MEMBERS, members)
    written(world, WRITE_EXCHANGES, [list(row) for row in zip(*columns, strict=True)])
    for text, many in ((WRITE_CAPABILITIES, HOLDERS), (WRITE_NEEDS, NEEDERS)):
        ends = rng.integers(0, MEMBERS, CAPABILITIES * many).tolist()
        rows = [[f"c{i // many}", m, f"h{i}"] for i, m in enumerate(ends)]
        written(world, text, rows)


def written(world: World, text: str, rows: list[list[Any]]) -> None:
    with driver(world) as session:
        for start in range(0, len(rows), BATCH):
            session.run(text, rows=rows[start : start + BATCH]).consume()
