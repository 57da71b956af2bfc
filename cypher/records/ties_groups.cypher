// How many ties of one type are in each group, and what do their values come to?
// Each: TYPE=PROVIDES; FILTER=r.value > $given.v0; KEYS=r.form, source.country; MEASURES=count(r.cost), avg(r.cost); TURN=total DESC, keys
// Params:
//   given: {"v0": 1}
//   limit: 101
// Row: keys, total, numbers
MATCH (source)-[r:PROVIDES]->(target)
WHERE r.value > $given.v0
RETURN
  [r.form, source.country] AS keys,
  count(*) AS total,
  [count(r.cost), avg(r.cost)] AS numbers
ORDER BY total DESC, keys
LIMIT $limit
