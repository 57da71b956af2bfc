// Which customers does a mediator serve under contract, with what, and what runs through it on a day?
// Params:
//   mediator: "bytestorget"
//   day: 2026-11-01
// Row: services, contracts, exchanges
// Rows: one
// Budget: 2,050 db hits
// Example: { mediation(mediator: "bytestorget", asOf: "2026-11-01") { customers { key } } }
MATCH (p:Member {key: $mediator})
RETURN
  COLLECT {
    MATCH (p)-[r:OFFERS]->(o:Offering)
    WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND coalesce(o.since <= $day, true) AND coalesce($day < o.until, true)
    RETURN DISTINCT o.key AS offering
    ORDER BY o.key
  } AS services,
  COLLECT {
    MATCH (p)-[own:PARTY_TO]->(c:Contract)
    MATCH (c)<-[r:PARTY_TO]-(x:Member)
    WHERE x <> p
      AND coalesce(own.since <= $day, true) AND coalesce($day < own.until, true)
      AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND coalesce(c.since <= $day, true) AND coalesce($day < c.until, true)
      AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
      AND coalesce(c.status, "") <> "DRAFT"
      AND (c.until IS NOT NULL
        OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
    RETURN {
      key: c.key, own_role: own.role, role: r.role, party: x.key, value: c.value,
      currency: c.currency, until: c.until, sector: x.sector, region: x.region,
      kind: [label IN labels(x) WHERE label IN ["Organisation", "Team", "Person"]][0]
    } AS contract
    ORDER BY c.key, x.key, r.key
  } AS contracts,
  COLLECT {
    MATCH (p)-[:PARTY_TO]->(c:Contract)
    MATCH (c)<-[:PARTY_TO]-(x:Member)
    WITH DISTINCT x
    MATCH (x)-[r:PROVIDES]-(y:Member)
    WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND coalesce(y.since <= $day, true) AND coalesce($day < y.until, true)
      AND (x = p OR y = p OR r.channel = $mediator)
    WITH DISTINCT r
    RETURN {
      key: r.key, giver: startNode(r).key, taker: endNode(r).key, form: r.form,
      kind: r.exchangeKind, value: r.value, currency: r.currency, channel: r.channel,
      ordered: r.ordered, provided: r.provided, worth: r.receiverValue
    } AS exchange
    ORDER BY r.key
  } AS exchanges
