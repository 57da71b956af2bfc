// What are the nodes with these keys now, locked against other writes?
// Each: NODE=Member
// Params:
//   keys: ["andersson-estate"]
// Row: existing
// Rows: one
// Example: Every mutation and every load.
UNWIND $keys AS key
MATCH (n:Member {key: key})
USING INDEX SEEK n:Member(key)
// A write that changes nothing takes the lock, before the properties are read.
SET n.key = key
WITH key, n
ORDER BY key
RETURN collect([key, labels(n), properties(n)]) AS existing
