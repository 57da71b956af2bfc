// Which ties of one type come next, in their default order?
// Each: TYPE=PROVIDES; SORT=r.`key`; HINT=USING INDEX SEEK r:PROVIDES(key); TURN=ASC; FROM=>= $; BEYOND=> $
// Params:
//   value: ""
//   key: ""
//   limit: 21
// Row: properties, source, target
MATCH (source)-[r:PROVIDES]->(target)
USING INDEX SEEK r:PROVIDES(key)
WHERE r.`key` >= $value
  AND r.key IS NOT NULL
  // Not OR: that would be planned as a union with a scan, and a sort of both.
  AND CASE r.`key` WHEN $value THEN r.key > $key ELSE true END
RETURN
  properties(r) AS properties,
  [source.key] + labels(source) AS source,
  [target.key] + labels(target) AS target
ORDER BY r.`key` ASC, r.key ASC
LIMIT $limit
