// Ties of one type are gone.
// Each: TYPE=PROVIDES
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH ()-[r:PROVIDES {key: row.key}]->()
USING INDEX SEEK r:PROVIDES(key)
DELETE r
