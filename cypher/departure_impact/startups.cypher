// Which start-ups have a need on a day?
// Params:
//   day: 2026-11-01
// Row: key
// Rows: by key
// Budget: 260 db hits
// Example: {
//   departureImpact(person: "magnus-wiberg", leavingTo: "vagnet-telecom", asOf: "2026-11-01") {
//     customers { contracts { key } } } }
MATCH (s:Startup)-[n:NEEDS]->()
WHERE coalesce(n.since <= $day, true) AND coalesce($day < n.until, true)
  AND coalesce(s.since <= $day, true) AND coalesce($day < s.until, true)
RETURN DISTINCT
  s.key AS key
ORDER BY s.key
