// Replaces the properties of records by those that say nothing about a person.
// Each: NODE=Referral
// Params:
//   rows: []
// Row:
// Example: Erasing a person: `erasePerson`.
UNWIND $rows AS row
MATCH (n:Referral {key: row.key})
USING INDEX SEEK n:Referral(key)
SET n = row.properties
