// Which ties of one type does each of these nodes have, in this order?
// Each: ANCHOR=Member; PATTERN=(a)-[r:INVESTED_IN]->(b); FILTER=r.amount > $values.v0; TERMS=r.on AS o0, r.key AS o1; BEYOND=CASE WHEN o0 = $values.v1 THEN o1 > $values.v2 ELSE true END; NAMES=o0, o1; TURN=o0 ASC, o1 ASC
// Params:
//   anchors: ["andersson-estate"]
//   values: {"v0": 0.1, "v1": "2026-11-01", "v2": ""}
//   limit: 21
// Row: anchor, properties, source, target, position
// Rows: by key
// Budget: 700 db hits
// Example: { organisation(key: "asvik-pump") { exchanges { totalCount nodes { source { key } } } } }
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
CALL (a) {
  MATCH (a)-[r:INVESTED_IN]->(b)
  WHERE r.amount > $values.v0
  WITH
    a, r, b,
    r.on AS o0, r.key AS o1
  WHERE CASE WHEN o0 = $values.v1 THEN o1 > $values.v2 ELSE true END
  RETURN
    r,
    o0, o1
  ORDER BY o0 ASC, o1 ASC
  LIMIT $limit
}
RETURN
  anchor,
  properties(r) AS properties,
  [startNode(r).key] + labels(startNode(r)) AS source,
  [endNode(r).key] + labels(endNode(r)) AS target,
  [o0, o1] AS position
ORDER BY anchor, o0 ASC, o1 ASC
