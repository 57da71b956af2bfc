// Which records of one label are related to each of these nodes, in this order?
// Each: ANCHOR=Member; PATTERN=(a)-[:MADE|OF|TO]-(n:Referral); FILTER=n.discount > $values.v0; TERMS=n.on AS o0, n.key AS o1; BEYOND=CASE WHEN o0 = $values.v1 THEN o1 > $values.v2 ELSE true END; NAMES=o0, o1; TURN=o0 ASC, o1 ASC
// Params:
//   anchors: ["andersson-estate"]
//   values: {"v0": 0.1, "v1": "2026-11-01", "v2": ""}
//   limit: 21
// Row: anchor, labels, properties, position
// Rows: by key
// Budget: 90 db hits
// Example: { organisation(key: "asvik-pump") { referrals { totalCount nodes { key } } } }
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
CALL (a) {
  MATCH (a)-[:MADE|OF|TO]-(n:Referral)
  WHERE n.discount > $values.v0
  WITH DISTINCT
    n,
    n.on AS o0, n.key AS o1
  WHERE CASE WHEN o0 = $values.v1 THEN o1 > $values.v2 ELSE true END
  RETURN
    n,
    o0, o1
  ORDER BY o0 ASC, o1 ASC
  LIMIT $limit
}
RETURN
  anchor,
  labels(n) AS labels,
  properties(n) AS properties,
  [o0, o1] AS position
ORDER BY anchor, o0 ASC, o1 ASC
