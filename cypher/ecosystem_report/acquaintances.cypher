// Which acquaintances do these people have with one another on a day, and how old is each?
// Params:
//   members: ["elin-sandgren", "helena-grip"]
//   day: 2026-11-01
// Row: key, source, target, score, age
// Rows: by key
// Budget: 3,820 db hits
// Example: { ecosystemReport(community: "demo", asOf: "2026-11-01") { coolingTies { lost } } }
UNWIND $members AS member
MATCH (a:Member {key: member})-[r:KNOWS]->(b:Member)
USING INDEX SEEK a:Member(key)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND b.key IN $members
RETURN
  r.key AS key,
  a.key AS source,
  b.key AS target,
  r.score AS score,
  duration.inDays(r.scoreAt, $day).days AS age
ORDER BY key
