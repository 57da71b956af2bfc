// Sets the values given on existing ties of one type, by key.
// Each: TYPE=PROVIDES
// Params:
//   rows: []
// Row:
// Example: Every mutation and every load.
UNWIND $rows AS row
// Named, because the planner scans the type while its index has no statistics.
MATCH ()-[r:PROVIDES {key: row.key}]->()
USING INDEX SEEK r:PROVIDES(key)
SET r += row.properties
