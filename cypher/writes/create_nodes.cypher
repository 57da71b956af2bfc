// Creates nodes of one label, each with a key that no other node has.
// Each: NODE=Contract
// Params:
//   rows: []
// Row:
// Example: Every mutation and every load.
UNWIND $rows AS row
// Not MERGE: a key that another transaction took meanwhile is an error, and tried again.
CREATE (n:Contract {key: row.key})
SET n += row.properties
