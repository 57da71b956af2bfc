// For which organisations, or teams of theirs, has a person worked by a day?
// Params:
//   person: "magnus-wiberg"
//   day: 2026-11-01
// Row: firm, employer, since, until, active
// Rows: by key
// Budget: 670 db hits
// Example: {
//   departureImpact(person: "magnus-wiberg", leavingTo: "vagnet-telecom", asOf: "2026-11-01") {
//     customers { contracts { key } } } }
MATCH (p:Person {key: $person})-[w:WORKS_FOR]->(e:Member)
WHERE coalesce(w.since <= $day, true)
MATCH (e) (()-[t:PART_OF]->(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
){0,1000} (top)
WHERE NOT EXISTS {
  MATCH (top)-[up:PART_OF]->()
  WHERE coalesce(up.since <= $day, true) AND coalesce($day < up.until, true)
}
RETURN DISTINCT
  top.key AS firm,
  e.key AS employer,
  w.since AS since,
  w.until AS until,
  coalesce($day < w.until, true) AS active
ORDER BY top.key, w.since, w.until, e.key
