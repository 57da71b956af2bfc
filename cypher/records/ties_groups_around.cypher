// What are the totals, by group, of the ties of one type of each of these nodes?
// Each: ANCHOR=Member; PATTERN=(a)-[r:INVESTED_IN]->(b); FILTER=r.amount > $values.v0; KEYS=r.round, b.country; MEASURES=count(r.amount), avg(r.amount); HAVING=total > 1; TURN=total DESC, keys
// Params:
//   anchors: ["andersson-estate"]
//   values: {"v0": 0.1}
//   start: 0
//   limit: 101
// Row: anchor, keys, total, numbers
// Rows: by anchor, total, keys
// Budget: 200 db hits
// Example: { organisation(key: "asvik-pump") { exchangesAggregate { count value { sum median } } } }
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
CALL (a) {
  MATCH (a)-[r:INVESTED_IN]->(b)
  WHERE r.amount > $values.v0
  WITH
    [r.round, b.country] AS keys,
    count(*) AS total,
    [count(r.amount), avg(r.amount)] AS numbers
  WHERE total > 1
  RETURN keys, total, numbers
  ORDER BY total DESC, keys
  SKIP $start
  LIMIT $limit
}
RETURN
  anchor,
  keys,
  total,
  numbers
ORDER BY anchor, total DESC, keys
