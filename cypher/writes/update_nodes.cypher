// Sets the values given on existing nodes of one label, by key.
// Each: NODE=Contract
// Params:
//   rows: []
// Row:
// Example: Every mutation and every load.
UNWIND $rows AS row
MATCH (n:Contract {key: row.key})
USING INDEX SEEK n:Contract(key)
SET n += row.properties
