// Deletes ties of one type.
// Each: TYPE=PROVIDES
// Params:
//   rows: []
// Row:
// Example: Deleting a tie.
UNWIND $rows AS row
MATCH ()-[r:PROVIDES {key: row.key}]->()
USING INDEX SEEK r:PROVIDES(key)
DELETE r
