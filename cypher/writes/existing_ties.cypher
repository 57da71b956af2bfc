// What are the ties of one type with these keys now, locked like nodes?
// Each: TYPE=PROVIDES
// Params:
//   keys: ["a-provides-b"]
// Row: existing
// Rows: one
// Example: Every mutation and every load.
UNWIND $keys AS key
// Named, because the planner scans the type while its index has no statistics.
MATCH (source)-[r:PROVIDES {key: key}]->(target)
USING INDEX SEEK r:PROVIDES(key)
SET r.key = key
WITH key, source, r, target
ORDER BY key
RETURN collect([key, source.key, target.key, properties(r)]) AS existing
