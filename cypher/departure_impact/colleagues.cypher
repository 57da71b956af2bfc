// Who works for an organisation or its teams on a day?
// Params:
//   organisation: "ekolinje-telecom"
//   day: 2026-11-01
// Row: key
// Rows: by key
// Budget: 330 db hits
// Example: {
//   departureImpact(person: "magnus-wiberg", leavingTo: "vagnet-telecom", asOf: "2026-11-01") {
//     customers { contracts { key } } } }
MATCH (o:Member {key: $organisation})
MATCH (o) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
){1,1000} (p:Person)
RETURN DISTINCT
  p.key AS key
ORDER BY p.key
