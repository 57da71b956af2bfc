// Nodes of one label, found by key, take the values given.
// Each: NODE=Contract
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH (n:Contract {key: row.key})
USING INDEX SEEK n:Contract(key)
SET n += row.properties
