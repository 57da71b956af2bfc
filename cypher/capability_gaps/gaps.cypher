// What does a start-up need on a day, and who covers it, advises on it, or could provide it?
// Params:
//   startup: "fuktlys"
//   day: 2026-11-01
// Row: key, stage, own, advisers, others
// Rows: by key
// Budget: 620 db hits
// Example: { capabilityGaps(startup: "fuktlys", asOf: "2026-11-01") { gapCount } }
MATCH (s:Member {key: $startup})
MATCH (s) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
){0,1000} (inside)
WITH s, collect(DISTINCT inside) AS insiders
MATCH (s)-[n:NEEDS]->(c:Capability)
WHERE coalesce(n.since <= $day, true) AND coalesce($day < n.until, true)
WITH s, insiders, c, min(n.stage) AS stage
CALL (insiders, c) {
  OPTIONAL MATCH (h:Member)-[r:HAS_CAPABILITY]->(c)
  WHERE all(t IN [r, h] WHERE
    coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
  WITH DISTINCT h, insiders
  ORDER BY h.key
  RETURN
    collect(CASE WHEN h IN insiders THEN h.key END) AS own,
    collect(CASE WHEN NOT h IN insiders AND EXISTS {
      MATCH (h)-[a:ADVISES]->(i)
      WHERE i IN insiders
        AND coalesce(a.since <= $day, true) AND coalesce($day < a.until, true)
    } THEN h.key END) AS advisers,
    collect(CASE WHEN NOT h IN insiders THEN h.key END) AS others
}
RETURN
  c.key AS key,
  stage,
  own,
  advisers,
  others
ORDER BY stage, c.key
