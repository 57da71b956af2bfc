// Who follows each of these organisations on a day, or is its partner by exchange, investment or advice?
// Params:
//   organisations: ["ekolinje-telecom"]
//   day: 2026-11-01
// Row: organisation, kind, tie, members
// Rows: by key
// Budget: 5,100 db hits
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
MATCH (i)-[r:PROVIDES|INVESTED_IN|ADVISES|FOLLOWS]-(m:Member)
WHERE NOT m IN insiders
  AND (type(r) <> "FOLLOWS" OR startNode(r) = m)
  AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(m.since <= $day, true) AND coalesce($day < m.until, true)
// A follower also counts for its employer, and for all that the employer is part of.
RETURN
  organisation,
  type(r) AS kind,
  r.key AS tie,
  [m.key] + CASE type(r) WHEN "FOLLOWS" THEN COLLECT {
    MATCH (m)-[w:WORKS_FOR]->(e:Member)
    WHERE all(t IN [w, e] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    MATCH (e) (()-[t:PART_OF]->(x:Member)
      WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
        AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
    ){0,1000} (above)
    WHERE NOT above IN insiders
    RETURN DISTINCT above.key AS key
    ORDER BY key
  } ELSE [] END AS members
ORDER BY organisation, kind, m.key, r.key
