// A record that lacks one of the members it is about.
// Each: NODE=Referral; LEFT=(n)<-[; TYPE=MADE; RIGHT=]-(; END=Member
// Params:
//   limit: 21
// Row: key
MATCH (n:Referral)
WHERE NOT EXISTS { (n)<-[:MADE]-(:Member) }
RETURN
  n.key AS key
ORDER BY key
LIMIT $limit
