// How many ties of one type does each of these nodes have?
// Each: ANCHOR=Member; PATTERN=(a)-[r:PROVIDES]->(b)
// Params:
//   anchors: ["andersson-estate"]
// Row: anchor, total
// Rows: by anchor
// Budget: 10 db hits
// Example: { organisation(key: "asvik-pump") { exchanges { totalCount nodes { source { key } } } } }
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
USING INDEX SEEK a:Member(key)
RETURN
  anchor,
  COUNT { (a)-[r:PROVIDES]->(b) } AS total
ORDER BY anchor
