// Ties of one type, found by key, take the values given.
// Each: TYPE=PROVIDES
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
// Named, because the planner scans the type while its index has no statistics.
MATCH ()-[r:PROVIDES {key: row.key}]->()
USING INDEX SEEK r:PROVIDES(key)
SET r += row.properties
