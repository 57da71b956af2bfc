// Which records of one label have these keys?
// Each: NODE=Organisation
// Params:
//   keys: ["andersson-estate"]
// Row: labels, properties
UNWIND $keys AS key
MATCH (n:Organisation {key: key})
RETURN
  labels(n) AS labels,
  properties(n) AS properties
ORDER BY n.key
