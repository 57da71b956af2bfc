// Which records of one label come next, in their default order?
// Each: NODE=Organisation; SORT=n.name; HINT=USING INDEX SEEK n:Organisation(name, key); TURN=ASC; FROM=>= $; BEYOND=> $
// Params:
//   value: ""
//   key: ""
//   limit: 21
// Row: labels, properties
MATCH (n:Organisation)
// Where the order is an index, a seek of it: no sort, no skipping earlier pages.
USING INDEX SEEK n:Organisation(name, key)
WHERE n.name >= $value
  AND n.key IS NOT NULL
  // Not OR: that would be planned as a union with a scan, and a sort of both.
  AND CASE n.name WHEN $value THEN n.key > $key ELSE true END
RETURN
  labels(n) AS labels,
  properties(n) AS properties
ORDER BY n.name ASC, n.key ASC
LIMIT $limit
