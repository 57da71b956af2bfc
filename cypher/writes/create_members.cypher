// Creates members of one kind, each with a key that no other member has.
// Each: NODE=Organisation
// Params:
//   rows: []
// Row:
// Example: Every mutation and every load.
UNWIND $rows AS row
// Not MERGE: a key that another transaction took meanwhile is an error, and tried again.
CREATE (m:Member:Organisation {key: row.key})
SET m += row.properties
SET m:$(row.roles)
