// Which acquaintances in a community have had no contact for a half-life before a day?
// Params:
//   community: "demo"
//   day: 2026-11-01
//   half_life: 180.0
// Row: key, source, target, score, age
// Rows: by key
// Budget: 6,310 db hits
// Example: { ecosystemReport(community: "demo", asOf: "2026-11-01") { coolingTies { lost } } }
MATCH (k:Community {key: $community})<-[m:MEMBER_OF]-(a:Person)
MATCH (a)-[r:KNOWS]->(b:Person)
MATCH (b)-[n:MEMBER_OF]->(k)
WHERE coalesce(m.since <= $day, true) AND coalesce($day < m.until, true)
  AND coalesce(n.since <= $day, true) AND coalesce($day < n.until, true)
  AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(a.since <= $day, true) AND coalesce($day < a.until, true)
  AND coalesce(b.since <= $day, true) AND coalesce($day < b.until, true)
  AND r.score > 0 AND duration.inDays(r.scoreAt, $day).days > $half_life
WITH DISTINCT r, a, b
RETURN
  r.key AS key,
  a.key AS source,
  b.key AS target,
  r.score AS score,
  duration.inDays(r.scoreAt, $day).days AS age
ORDER BY key
