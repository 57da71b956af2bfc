// Which records of one label come next, in this order?
// Each: NODE=Organisation; HINT=USING INDEX SEEK n:Organisation(name, key); FILTER=n.name >= $values.v0; TERMS=n.name AS o0, n.key AS o1; BEYOND=CASE WHEN o0 = $values.v0 THEN o1 > $values.v1 ELSE true END; NAMES=o0, o1; TURN=o0 ASC, o1 ASC
// Params:
//   values: {"v0": "", "v1": ""}
//   limit: 21
// Row: labels, properties, position
// Rows: by key
// Budget: 400 db hits
// Example: { organisations { totalCount nodes { key } } }
MATCH (n:Organisation)
// Where the order is an index, a seek of it: no sort, no skipping earlier pages.
USING INDEX SEEK n:Organisation(name, key)
WHERE n.name >= $values.v0
  AND n.key IS NOT NULL
WITH
  n,
  n.name AS o0, n.key AS o1
// Not OR: that would be planned as a union with a scan, and a sort of both.
WHERE CASE WHEN o0 = $values.v0 THEN o1 > $values.v1 ELSE true END
RETURN
  labels(n) AS labels,
  properties(n) AS properties,
  [o0, o1] AS position
ORDER BY o0 ASC, o1 ASC
LIMIT $limit
