// Which capabilities do these members need, and which have they, on a day?
// Each: END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
// Row: capability, needing, having
UNWIND $members AS end
MATCH (a:Member {number: end})-[r:NEEDS|HAS_CAPABILITY]->(c:Capability)
USING INDEX SEEK a:Member(number)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(c.since <= $day, true) AND coalesce($day < c.until, true)
RETURN
  c.key AS capability,
  collect(CASE WHEN type(r) = "NEEDS" THEN a.number END) AS needing,
  collect(CASE WHEN type(r) = "HAS_CAPABILITY" THEN a.number END) AS having
