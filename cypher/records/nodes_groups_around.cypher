// What are the totals, by group, of the records of one label related to each of these nodes?
// Each: ANCHOR=Member; PATTERN=(a)-[:MADE|OF|TO]-(n:Referral); FILTER=n.discount > $values.v0; KEYS=n.outcome, n.currency; MEASURES=count(n.revenue), avg(n.revenue); HAVING=total > 1; TURN=total DESC, keys
// Params:
//   anchors: ["andersson-estate"]
//   values: {"v0": 0.1}
//   start: 0
//   limit: 101
// Row: anchor, keys, total, numbers
// Rows: by anchor, total, keys
// Budget: 100 db hits
// Example: { organisation(key: "asvik-pump") { referralsAggregate { count revenue { sum } } } }
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
CALL (a) {
  MATCH (a)-[:MADE|OF|TO]-(n:Referral)
  WHERE n.discount > $values.v0
  WITH DISTINCT n
  WITH
    [n.outcome, n.currency] AS keys,
    count(*) AS total,
    [count(n.revenue), avg(n.revenue)] AS numbers
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
