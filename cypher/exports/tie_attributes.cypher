// Which extra attributes do ties of one type have, as their properties?
// Each: TYPE=PROVIDES
// Params:
//   limit: 1001
// Row: names
// Rows: one
// Example: Every export of ties, where the database has extra attributes.
MATCH ()-[r:PROVIDES]->()
UNWIND [name IN keys(r) WHERE name STARTS WITH "x:"] AS name
WITH DISTINCT name
ORDER BY name
LIMIT $limit
RETURN collect(name) AS names
