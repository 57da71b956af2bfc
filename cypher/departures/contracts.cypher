// With whom does each of these organisations, or any part of it, have contracts by a day?
// Params:
//   organisations: ["ekolinje-telecom"]
//   day: 2026-11-01
// Row: organisation, contract, member, own_role, role, since, active
// Rows: by key
// Budget: 4,400 db hits
// Example: {
//   departureImpact(person: "magnus-wiberg", leavingTo: "vagnet-telecom", asOf: "2026-11-01") {
//     customers { contracts { key } } } }
UNWIND $organisations AS organisation
MATCH (o:Member {key: organisation})
USING INDEX SEEK o:Member(key)
MATCH (o) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
){0,1000} (inside)
WITH organisation, collect(DISTINCT inside) AS insiders
UNWIND insiders AS i
MATCH (i)-[p:PARTY_TO]->(c:Contract)
MATCH (c)<-[q:PARTY_TO]-(m:Member)
WHERE NOT m IN insiders
  AND coalesce(c.status, "") <> "DRAFT"
  AND all(x IN [p, q, c, m] WHERE coalesce(x.since <= $day, true))
  // Both were parties to it on one day at least.
  AND all(x IN [p, q, c] WHERE all(y IN [p, q, c] WHERE coalesce(x.since < y.until, true)))
RETURN DISTINCT
  organisation,
  c.key AS contract,
  m.key AS member,
  p.role AS own_role,
  q.role AS role,
  // The day from which the contract and both parties' ties are active.
  reduce(latest = null, x IN [p, q, c] |
    CASE WHEN coalesce(x.since <= latest, false) THEN latest ELSE coalesce(x.since, latest) END
  ) AS since,
  all(x IN [p, q, c, m] WHERE coalesce($day < x.until, true))
    AND (c.until IS NOT NULL
      OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"]) AS active
ORDER BY organisation, c.key, own_role, role, m.key
