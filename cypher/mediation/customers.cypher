// Which customers does a mediator serve under contract, with what, and what runs through it on a day?
// Params:
//   mediator: "bytestorget"
//   day: 2026-11-01
// Row: active, services, contracts, exchanges
// Rows: one
// Budget: 2,900 db hits
// Example: { mediation(mediator: "bytestorget", asOf: "2026-11-01") { customers { key } } }
MATCH (p:Member {key: $mediator})
WITH p,
  coalesce(p.since <= $day, true) AND coalesce($day < p.until, true) AS active
RETURN
  active,
  COLLECT {
    MATCH (p)-[r:OFFERS]->(o:Offering)
    WHERE all(t IN [p, r, o] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN DISTINCT o.key AS offering
    ORDER BY o.key
  } AS services,
  COLLECT {
    MATCH (p)-[own:PARTY_TO]->(c:Contract)
    MATCH (c)<-[r:PARTY_TO]-(x:Member)
    WHERE x <> p
      AND all(t IN [p, own, c, r, x] WHERE
        coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
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
  // Its own exchanges, and those of its customers that run through it.
  COLLECT {
    CALL (p) {
      MATCH (p)-[r:PROVIDES]-(:Member)
      RETURN r
      UNION
      MATCH (p)-[:PARTY_TO {role: "SUPPLIER"}]->(c:Contract)
      MATCH (c)<-[:PARTY_TO {role: "CUSTOMER"}]-(x:Member)
      WITH DISTINCT x
      MATCH (x)-[r:PROVIDES]->(:Member)
      WHERE r.channel = $mediator
      RETURN r
    }
    WITH r, startNode(r) AS giver, endNode(r) AS taker
    WHERE all(t IN [p, r, giver, taker] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN {
      key: r.key, giver: giver.key, taker: taker.key, form: r.form,
      kind: r.exchangeKind, value: r.value, currency: r.currency, channel: r.channel,
      ordered: r.ordered, provided: r.provided, worth: r.receiverValue
    } AS exchange
    ORDER BY r.key
  } AS exchanges
