// Which ties of one type come next, in this order?
// Each: TYPE=PROVIDES; HINT=USING INDEX SEEK r:PROVIDES(key); FILTER=r.key >= $values.v0; TERMS=r.deliverable AS o0, r.key AS o1; BEYOND=CASE WHEN o0 = $values.v0 THEN o1 > $values.v1 ELSE true END; NAMES=o0, o1; TURN=o0 ASC, o1 ASC
// Params:
//   values: {"v0": "", "v1": ""}
//   limit: 21
// Row: properties, source, target, position
// Rows: by key
// Budget: 800 db hits
// Example: { exchanges { totalCount nodes { key } } }
MATCH (source)-[r:PROVIDES]->(target)
USING INDEX SEEK r:PROVIDES(key)
WHERE r.key >= $values.v0
WITH
  source, r, target,
  r.deliverable AS o0, r.key AS o1
// Not OR: that would be planned as a union with a scan, and a sort of both.
WHERE CASE WHEN o0 = $values.v0 THEN o1 > $values.v1 ELSE true END
RETURN
  properties(r) AS properties,
  [source.key] + labels(source) AS source,
  [target.key] + labels(target) AS target,
  [o0, o1] AS position
ORDER BY o0 ASC, o1 ASC
LIMIT $limit
