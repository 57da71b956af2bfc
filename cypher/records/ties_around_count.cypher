// How many ties of one type has each of these nodes?
// Each: ANCHOR=Member; PATTERN=(a)-[r:PROVIDES]->(b)
// Params:
//   anchors: ["andersson-estate"]
// Row: anchor, total
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
RETURN
  anchor,
  COUNT { (a)-[r:PROVIDES]->(b) } AS total
ORDER BY anchor
