// Links new records of one label to the ends given.
// Each: NODE=Referral; LEFT=(n)-[; TYPE=OF; RIGHT=]->(end; END=Member
// Params:
//   rows: []
// Row: written
// Rows: one
// Example: Every mutation and every load.
UNWIND $rows AS row
MATCH (n:Referral {key: row.key})
USING INDEX SEEK n:Referral(key)
MATCH (end:Member {key: row.end})
USING INDEX SEEK end:Member(key)
CREATE (n)-[link:OF]->(end)
// Fewer than rows where somebody deleted an end after it was checked.
RETURN count(link) AS written
