// How many records of one label are in each group, and what are the totals of their values?
// Each: NODE=Organisation; FILTER=n.sector = $values.v0; KEYS=n.country, n.region; MEASURES=count(n.foundedOn), min(n.foundedOn); HAVING=total > 1; TURN=total DESC, keys
// Params:
//   values: {"v0": "Energy"}
//   start: 0
//   limit: 101
// Row: keys, total, numbers
// Rows: by total, keys
// Budget: 400 db hits
// Example: { organisationsAggregate { groupBy(keys: [{ field: REGION }]) { nodes { count } } } }
MATCH (n:Organisation)
WHERE n.sector = $values.v0
WITH
  [n.country, n.region] AS keys,
  count(*) AS total,
  [count(n.foundedOn), min(n.foundedOn)] AS numbers
WHERE total > 1
RETURN keys, total, numbers
ORDER BY total DESC, keys
SKIP $start
LIMIT $limit
