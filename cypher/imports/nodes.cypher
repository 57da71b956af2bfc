// Which records of one label have one of these names or titles?
// Each: NODE=Capability; PROPERTY=n.name
// Params:
//   names: ["Prototype making"]
// Row: keys, names
// Rows: one
// Example: Every load that names capabilities or communities, not their keys.
MATCH (n:Capability)
WHERE n.name IN $names
WITH n
ORDER BY n.key
RETURN
  collect(n.key) AS keys,
  collect(n.name) AS names
