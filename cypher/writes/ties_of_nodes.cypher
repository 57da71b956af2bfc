// Which ties and links do the nodes with these keys have?
// Each: NODE=Member
// Params:
//   keys: ["andersson-estate"]
// Row: type, key, source, target, properties
// Rows: by key
// Example: Deleting a record.
UNWIND $keys AS own
MATCH (n:Member {key: own})
USING INDEX SEEK n:Member(key)
MATCH (n)-[r]-()
WITH DISTINCT r
RETURN
  type(r) AS type,
  r.key AS key,
  [startNode(r).key] + labels(startNode(r)) AS source,
  [endNode(r).key] + labels(endNode(r)) AS target,
  properties(r) AS properties
ORDER BY type, source, target, key
