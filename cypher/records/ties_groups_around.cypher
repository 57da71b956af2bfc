// What are the totals, by group, of the ties of one type of each of these nodes?
// Each: ANCHOR=Member; PATTERN=(a)-[r:INVESTED_IN]->(b); FILTER=r.amount > $values.v0; KEYS=r.round, b.country; MEASURES=count(r.amount), avg(r.amount); TURN=total DESC, keys
// Params:
//   anchors: ["andersson-estate"]
//   values: {"v0": 0.1}
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
  RETURN
    [r.round, b.country] AS keys,
    count(*) AS total,
    [count(r.amount), avg(r.amount)] AS numbers
  ORDER BY total DESC, keys
  LIMIT $limit
}
RETURN
  anchor,
  keys,
  total,
  numbers
ORDER BY anchor, total DESC, keys
