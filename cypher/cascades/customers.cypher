// Who supplies whom under contract on a day, which members are customers, and what is part of what?
// Params:
//   day: 2026-11-01
// Row: contracts, suppliers, buyers, values, currencies, recoveries, active, customers, parts, wholes
// Rows: one
// Budget: 5,600 db hits
// Example: seeds/demo/questions/weak_team.graphql
CALL () {
  MATCH (s:Member)-[p:PARTY_TO {role: "SUPPLIER"}]->(c:Contract)
  MATCH (c)<-[q:PARTY_TO {role: "CUSTOMER"}]-(x:Member)
  WHERE s <> x
    AND all(y IN [p, c, q, x] WHERE
      coalesce(y.since <= $day, true) AND coalesce($day < y.until, true))
    AND coalesce(c.status, "") <> "DRAFT"
    AND (c.until IS NOT NULL
      OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
  WITH DISTINCT c, s, x
  ORDER BY c.key, s.key, x.key
  // collect() leaves nulls out, but columns must match by position.
  RETURN
    collect(c.key) AS contracts,
    collect(s.key) AS suppliers,
    collect(x.key) AS buyers,
    collect(coalesce(c.value, 0.0 / 0.0)) AS values,
    collect(coalesce(c.currency, "")) AS currencies,
    collect(coalesce(s.recoveryDays, 0.0 / 0.0)) AS recoveries,
    collect(coalesce(s.since <= $day, true) AND coalesce($day < s.until, true)) AS active
}
CALL () {
  MATCH (m:Member)-[:DEPENDS_ON]->()
  WITH DISTINCT m
  WHERE m:Customer OR EXISTS {
    MATCH (m)-[p:PARTY_TO {role: "CUSTOMER"}]->(c:Contract)
    WHERE all(x IN [p, c] WHERE
        coalesce(x.since <= $day, true) AND coalesce($day < x.until, true))
      AND coalesce(c.status, "") <> "DRAFT"
      AND (c.until IS NOT NULL
        OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
  }
  RETURN collect(m.key) AS customers
}
CALL () {
  MATCH (part:Member)-[t:PART_OF]->(whole:Member)
  WHERE all(x IN [part, t, whole] WHERE
    coalesce(x.since <= $day, true) AND coalesce($day < x.until, true))
  RETURN
    collect(part.key) AS parts,
    collect(whole.key) AS wholes
}
RETURN
  contracts,
  suppliers,
  buyers,
  values,
  currencies,
  recoveries,
  active,
  customers,
  parts,
  wholes
