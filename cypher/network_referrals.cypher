// Which of these members referred a customer to whom, by a day?
// Params:
//   members: ["andersson-estate"]
//   day: 2026-11-01
// Row: sources, targets
UNWIND $members AS key
MATCH (a:Member {key: key})-[:MADE]->(r:Referral)
MATCH (r)-[:TO]->(b:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
RETURN
  collect(a.key) AS sources,
  collect(b.key) AS targets
