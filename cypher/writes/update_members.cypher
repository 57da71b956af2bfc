// Sets the values given on existing members of one kind, by key.
// Each: NODE=Organisation
// Params:
//   rows: []
// Row:
// Example: Every mutation and every load.
UNWIND $rows AS row
MATCH (m:Member&Organisation {key: row.key})
USING INDEX SEEK m:Member(key)
SET m += row.properties
WITH m, row
// Roles are given completely or not at all (null).
WHERE row.roles IS NOT NULL
REMOVE m:$(row.removed_role_labels)
SET m:$(row.roles)
