// Records of one label keep what tells nothing of a person.
// Each: NODE=Referral
// Params:
//   rows: []
// Row:
UNWIND $rows AS row
MATCH (n:Referral {key: row.key})
USING INDEX SEEK n:Referral(key)
SET n = row.properties
