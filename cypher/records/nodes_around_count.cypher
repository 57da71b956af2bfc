// How many records of one label are related to each of these nodes?
// Each: ANCHOR=Member; PATTERN=(a)-[:MADE|OF|TO]-(n:Referral)
// Params:
//   anchors: ["andersson-estate"]
// Row: anchor, total
// Rows: by anchor
// Budget: 70 db hits
// Example: { organisation(key: "asvik-pump") { referrals { totalCount nodes { key } } } }
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
RETURN
  anchor,
  COUNT { MATCH (a)-[:MADE|OF|TO]-(n:Referral) RETURN DISTINCT n } AS total
ORDER BY anchor
