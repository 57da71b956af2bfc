// Removes what changes say about a person.
// Params:
//   rows: []
// Row:
// Example: Erasing a person: `erasePerson`.
UNWIND $rows AS row
MATCH (c:Change {number: row.number})
USING INDEX SEEK c:Change(number)
SET
  c.key = row.key,
  c.keys = row.keys,
  c.records = row.records
