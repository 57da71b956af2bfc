// How many records of one label are in each group, and what are the totals of their values?
// Each: NODE=Organisation; FILTER=n.sector = $values.v0; KEYS=n.country, n.region; MEASURES=count(n.foundedOn), min(n.foundedOn); TURN=total DESC, keys
// Params:
//   values: {"v0": "Energy"}
//   limit: 101
// Row: keys, total, numbers
// Rows: by total, keys
// Budget: 400 db hits
// Example: { organisationsAggregate { groupBy(keys: [{ field: REGION }]) { nodes { count } } } }
MATCH (n:Organisation)
WHERE n.sector = $values.v0
RETURN
  [n.country, n.region] AS keys,
  count(*) AS total,
  [count(n.foundedOn), min(n.foundedOn)] AS numbers
ORDER BY total DESC, keys
LIMIT $limit
