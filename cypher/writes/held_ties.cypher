// What are the ties of one type with these keys now, held like nodes?
// Each: TYPE=PROVIDES
// Params:
//   keys: ["a-provides-b"]
// Row: key, source, target, properties
UNWIND $keys AS key
// Named, because the planner scans the type while its index has no statistics.
MATCH (source)-[r:PROVIDES {key: key}]->(target)
USING INDEX r:PROVIDES(key)
SET r.key = key
RETURN
  key,
  source.key AS source,
  target.key AS target,
  properties(r) AS properties
ORDER BY key
