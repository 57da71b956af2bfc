// Between whom do ties of one type with these keys run now?
// Each: TYPE=PROVIDES
// Params:
//   keys: ["a-provides-b"]
// Row: key, source, target
UNWIND $keys AS key
// Named, because the planner scans the type while its index has no statistics.
MATCH (source)-[r:PROVIDES {key: key}]->(target)
USING INDEX r:PROVIDES(key)
RETURN
  key,
  source.key AS source,
  target.key AS target
ORDER BY key
