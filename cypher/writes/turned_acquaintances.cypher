// Acquaintances keep what tells nothing of a person, and run the other way from now on.
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH (source)-[r:KNOWS {key: row.key}]->(target)
USING INDEX SEEK r:KNOWS(key)
DELETE r
CREATE (target)-[turned:KNOWS]->(source)
SET turned = row.properties
