// How many records of one label are there?
// Each: NODE=Organisation
// Params:
// Row: total
// Rows: one
// Budget: 10 db hits
// Example: { organisations { totalCount nodes { key } } }
MATCH (n:Organisation)
RETURN count(n) AS total
