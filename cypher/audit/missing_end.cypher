// A record that lacks one of the members that it is about.
// Each: NODE=Referral; LEFT=(n)<-[; TYPE=MADE; RIGHT=]-(; END=Member
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (n:Referral)
WHERE NOT EXISTS { (n)<-[:MADE]-(:Member) }
RETURN
  n.key AS key
ORDER BY key
LIMIT $limit
