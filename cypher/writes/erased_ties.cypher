// Ties of one type keep what tells nothing of a person.
// Each: TYPE=PROVIDES
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH ()-[r:PROVIDES {key: row.key}]->()
USING INDEX SEEK r:PROVIDES(key)
SET r = row.properties
