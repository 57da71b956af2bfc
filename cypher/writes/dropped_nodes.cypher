// Nodes of one label are gone, and all that still hung on them.
// Each: NODE=Member
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH (n:Member {key: row.key})
USING INDEX SEEK n:Member(key)
DETACH DELETE n
