// Members of one kind are created, or take the values given, by key.
// Each: NODE=Organisation
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MERGE (m:Member {key: row.key})
SET m:Organisation
SET m += row.properties
WITH m, row
// Roles are given whole or not at all (null).
WHERE row.roles IS NOT NULL
REMOVE m:$(row.dropped)
SET m:$(row.roles)
