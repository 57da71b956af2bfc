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
// Fewer than the rows if another request deleted an end after the check.
RETURN count(link) AS written
