// How many ties of one type are in each group, and what are the totals of their values?
// Each: TYPE=PROVIDES; FILTER=r.value > $values.v0; KEYS=r.form, source.country; MEASURES=count(r.cost), avg(r.cost); TURN=total DESC, keys
// Params:
//   values: {"v0": 1}
//   limit: 101
// Row: keys, total, numbers
// Rows: by total, keys
// Budget: 1,500 db hits
// Example: {
//   exchangesAggregate(filter: { source: { region: { eq: "Småland" } } }) { count } }
MATCH (source)-[r:PROVIDES]->(target)
WHERE r.value > $values.v0
RETURN
  [r.form, source.country] AS keys,
  count(*) AS total,
  [count(r.cost), avg(r.cost)] AS numbers
ORDER BY total DESC, keys
LIMIT $limit
