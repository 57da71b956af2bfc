// Nodes of one label are created, or take the values given, by key.
// Each: NODE=Contract
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MERGE (n:Contract {key: row.key})
SET n += row.properties
