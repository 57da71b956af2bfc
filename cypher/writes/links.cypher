// New records of one label lead to the ends given.
// Each: NODE=Referral; LEFT=(n)-[; TYPE=OF; RIGHT=]->(end; END=Member
// Params:
//   rows: []
// Row: written
UNWIND $rows AS row
MATCH (n:Referral {key: row.key})
MATCH (end:Member {key: row.end})
CREATE (n)-[link:OF]->(end)
// Fewer than rows where somebody deleted an end after it was checked.
RETURN count(link) AS written
