// How many records of one label hang on each of these nodes?
// Each: ANCHOR=Member; PATTERN=(a)-[:MADE|OF|TO]-(n:Referral)
// Params:
//   anchors: ["andersson-estate"]
// Row: anchor, total
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
RETURN
  anchor,
  COUNT { MATCH (a)-[:MADE|OF|TO]-(n:Referral) RETURN DISTINCT n } AS total
ORDER BY anchor
