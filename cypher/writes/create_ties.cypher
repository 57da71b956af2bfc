// Creates ties of one type between their ends.
// Each: SOURCE=source:Member; TYPE=PROVIDES; TARGET=target:Member
// Params:
//   rows: []
// Row: written
// Rows: one
// Example: Every mutation and every load.
UNWIND $rows AS row
MATCH (source:Member {key: row.source})
USING INDEX SEEK source:Member(key)
MATCH (target:Member {key: row.target})
USING INDEX SEEK target:Member(key)
// Not MERGE: at a hub it walks every tie of the hub for each row.
CREATE (source)-[r:PROVIDES {key: row.key}]->(target)
SET r += row.properties
// Fewer than the rows if another request deleted an end after the check.
RETURN count(r) AS written
