// Which referrals has a person made by a day?
// Params:
//   person: "magnus-wiberg"
//   day: 2026-11-01
// Row: key, outcome
MATCH (p:Member {key: $person})-[:MADE]->(r:Referral)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
RETURN
  r.key AS key,
  r.outcome AS outcome
ORDER BY r.key
