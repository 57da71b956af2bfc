// Deletes nodes of one label with all their ties and links.
// Each: NODE=Member
// Params:
//   rows: []
// Row:
// Example: Deleting a record.
UNWIND $rows AS row
MATCH (n:Member {key: row.key})
USING INDEX SEEK n:Member(key)
DETACH DELETE n
