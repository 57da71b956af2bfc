// How many ties of one type are in each group, and what are the totals of their values?
// Each: TYPE=PROVIDES; FILTER=r.value > $values.v0; KEYS=r.form, source.country; MEASURES=count(r.cost), avg(r.cost); HAVING=total > 1; TURN=total DESC, keys
// Params:
//   values: {"v0": 1}
//   start: 0
//   limit: 101
// Row: keys, total, numbers
// Rows: by total, keys
// Budget: 1,500 db hits
// Example: {
//   exchangesAggregate(filter: { source: { region: { eq: "Småland" } } }) { count } }
MATCH (source)-[r:PROVIDES]->(target)
WHERE r.value > $values.v0
WITH
  [r.form, source.country] AS keys,
  count(*) AS total,
  [count(r.cost), avg(r.cost)] AS numbers
WHERE total > 1
RETURN keys, total, numbers
ORDER BY total DESC, keys
SKIP $start
LIMIT $limit
