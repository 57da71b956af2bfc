// To whom has each of these members referred a customer by a day?
// Each: END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
// Row: sources, targets
// Rows: one
// Budget: 6,190 db hits
// Example: {
//   brokerage(groupBy: SECTOR, network: { ties: [REFERRAL], asOf: "2026-11-01" }) {
//     nodeCount } }
UNWIND $members AS end
MATCH (a:Member {number: end})-[:MADE]->(r:Referral)
USING INDEX SEEK a:Member(number)
MATCH (r)-[:TO]->(b)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND b.number IS NOT NULL
RETURN
  collect(a.number) AS sources,
  collect(b.number) AS targets
