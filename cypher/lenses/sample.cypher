// Which member of a community has most customers under contract, and which that exchanges joined last?
// Params:
//   community: "demo"
//   day: 2026-11-01
// Row: mediators, entrants
// Rows: one
// Budget: 9,500 db hits
// Example: { lenses(community: "demo", asOf: "2026-11-01") { sentences { sentence } } }
MATCH (k:Community {key: $community})
RETURN
  COLLECT {
    MATCH (k)<-[:MEMBER_OF]-(p:Member)
    MATCH (p)-[own:PARTY_TO {role: "SUPPLIER"}]->(c:Contract)
    MATCH (c)<-[r:PARTY_TO {role: "CUSTOMER"}]-(x:Member)
    WHERE coalesce(own.since <= $day, true) AND coalesce($day < own.until, true)
      AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND coalesce(c.since <= $day, true) AND coalesce($day < c.until, true)
      AND coalesce(c.status, "") <> "DRAFT"
      AND (c.until IS NOT NULL
        OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
    WITH p, count(DISTINCT x) AS customers
    RETURN p.key AS mediator
    ORDER BY customers DESC, p.key
    LIMIT 1
  } AS mediators,
  COLLECT {
    MATCH (k)<-[m:MEMBER_OF]-(x:Member)
    WHERE m.since <= $day AND coalesce($day < m.until, true)
      AND EXISTS { MATCH (x)-[:PROVIDES]-(:Member) }
    RETURN x.key AS entrant
    ORDER BY m.since DESC, x.key
    LIMIT 1
  } AS entrants
