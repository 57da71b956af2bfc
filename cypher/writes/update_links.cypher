// Links existing records to the ends given, and removes the links to earlier ends.
// Each: NODE=Referral; LEFT=(n)-[; TYPE=OF; RIGHT=]->(end; END=Member
// Params:
//   rows: []
// Row:
// Example: Every mutation and every load.
UNWIND $rows AS row
MATCH (n:Referral {key: row.key})
USING INDEX SEEK n:Referral(key)
CALL (n, row) {
  MATCH (n)-[link:OF]->(end:Member)
  WHERE row.end IS NULL OR end.key <> row.end
  DELETE link
}
CALL (n, row) {
  MATCH (end:Member {key: row.end})
  USING INDEX SEEK end:Member(key)
  MERGE (n)-[:OF]->(end)
}
