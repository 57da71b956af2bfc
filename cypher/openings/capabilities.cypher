// Which capabilities do these members need, and which do they have, on a day?
// Each: END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
// Row: capability, needing, having
// Rows: in any order
// Budget: 6,260 db hits
// Example: { openings(community: "demo", asOf: "2026-11-01") { openings { members { key } } } }
UNWIND $members AS end
MATCH (a:Member {number: end})-[r:NEEDS|HAS_CAPABILITY]->(c:Capability)
USING INDEX SEEK a:Member(number)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(c.since <= $day, true) AND coalesce($day < c.until, true)
RETURN
  c.key AS capability,
  collect(CASE WHEN type(r) = "NEEDS" THEN a.number END) AS needing,
  collect(CASE WHEN type(r) = "HAS_CAPABILITY" THEN a.number END) AS having
