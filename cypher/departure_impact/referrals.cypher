// Which referrals has a person made by a day?
// Params:
//   person: "magnus-wiberg"
//   day: 2026-11-01
// Row: key, outcome
// Rows: by key
// Budget: 40 db hits
// Example: {
//   departureImpact(person: "magnus-wiberg", leavingTo: "vagnet-telecom", asOf: "2026-11-01") {
//     customers { contracts { key } } } }
MATCH (p:Member {key: $person})-[:MADE]->(r:Referral)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(r.on <= $day, true)
RETURN
  r.key AS key,
  r.outcome AS outcome
ORDER BY r.key
