// Replaces the properties of ties by those that say nothing about a person.
// Each: TYPE=PROVIDES
// Params:
//   rows: []
// Row:
// Example: Erasing a person: `erasePerson`.
UNWIND $rows AS row
MATCH ()-[r:PROVIDES {key: row.key}]->()
USING INDEX SEEK r:PROVIDES(key)
SET r = row.properties
