// Removes personal data from acquaintances, and turns them round.
// Params:
//   rows: []
// Row:
// Example: Erasing a person: `erasePerson`.
UNWIND $rows AS row
MATCH (source)-[r:KNOWS {key: row.key}]->(target)
USING INDEX SEEK r:KNOWS(key)
DELETE r
CREATE (target)-[turned:KNOWS]->(source)
SET turned = row.properties
