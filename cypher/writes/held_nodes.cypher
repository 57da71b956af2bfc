// What are the nodes of these keys now, held so that nobody changes them meanwhile?
// Each: NODE=Member
// Params:
//   keys: ["andersson-estate"]
// Row: key, labels, properties
UNWIND $keys AS key
MATCH (n:Member {key: key})
// A write that changes nothing takes the lock, before the properties are read.
SET n.key = key
RETURN
  key,
  labels(n) AS labels,
  properties(n) AS properties
ORDER BY key
