// Which member of a community has most customers under contract, and which that exchanges joined last?
// Params:
//   community: "demo"
//   day: 2026-11-01
// Row: mediators, entrants
// Rows: one
// Budget: 12,000 db hits
// Example: { lenses(community: "demo", asOf: "2026-11-01") { sentences { sentence } } }
MATCH (k:Community {key: $community})
RETURN
  COLLECT {
    MATCH (k)<-[m:MEMBER_OF]-(p:Member)
    WHERE all(t IN [m, p] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    WITH DISTINCT p
    MATCH (p)-[own:PARTY_TO {role: "SUPPLIER"}]->(c:Contract)
    MATCH (c)<-[r:PARTY_TO {role: "CUSTOMER"}]-(x:Member)
    WHERE x <> p
      AND all(t IN [own, c, r, x] WHERE
        coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
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
    WHERE all(t IN [m, x] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    WITH x, min(m.since) AS entry
    WHERE entry IS NOT NULL
      AND EXISTS {
        MATCH (x)-[r:PROVIDES]-(y:Member)
        WHERE all(t IN [r, y] WHERE
          coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
      }
    RETURN x.key AS entrant
    ORDER BY entry DESC, x.key
    LIMIT 1
  } AS entrants
