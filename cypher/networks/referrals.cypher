// Which of these members referred a customer to whom, by a day?
// Each: END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
// Row: sources, targets
UNWIND $members AS end
MATCH (a:Member {number: end})-[:MADE]->(r:Referral)
USING INDEX SEEK a:Member(number)
MATCH (r)-[:TO]->(b:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND b.number IS NOT NULL
RETURN
  collect(a.number) AS sources,
  collect(b.number) AS targets
