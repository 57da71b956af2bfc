// Members of one kind, found by key, take the values given.
// Each: NODE=Organisation
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH (m:Member&Organisation {key: row.key})
USING INDEX SEEK m:Member(key)
SET m += row.properties
WITH m, row
// Roles are given whole or not at all (null).
WHERE row.roles IS NOT NULL
REMOVE m:$(row.dropped)
SET m:$(row.roles)
