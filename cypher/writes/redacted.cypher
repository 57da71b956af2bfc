// Changes no longer mention a person.
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH (c:Change {number: row.number})
SET
  c.key = row.key,
  c.keys = row.keys,
  c.records = row.records
