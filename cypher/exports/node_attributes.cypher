// Which extra attributes do records of one label have, as their properties?
// Each: NODE=Organisation
// Params:
//   limit: 1001
// Row: names
// Rows: one
// Example: Every export of records, where the database has extra attributes.
MATCH (n:Organisation)
UNWIND [name IN keys(n) WHERE name STARTS WITH "x:"] AS name
WITH DISTINCT name
ORDER BY name
LIMIT $limit
RETURN collect(name) AS names
