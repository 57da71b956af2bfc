// Which ties of one type have these keys, and between whom?
// Each: TYPE=PROVIDES
// Params:
//   keys: ["a-provides-b"]
// Row: properties, source, target
// Rows: by key
// Budget: 10 db hits
// Example: { exchange(key: "none") { key } }
UNWIND $keys AS key
MATCH (source)-[r:PROVIDES {key: key}]->(target)
USING INDEX SEEK r:PROVIDES(key)
RETURN
  properties(r) AS properties,
  [source.key] + labels(source) AS source,
  [target.key] + labels(target) AS target
ORDER BY r.key
