// How many ties of one type has each of these nodes?
// Each: ANCHOR=Member; LEFT=(a)-[; TYPE=PROVIDES; RIGHT=]->(
// Params:
//   anchors: ["andersson-estate"]
// Row: anchor, total
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
RETURN
  anchor,
  COUNT { (a)-[:PROVIDES]->() } AS total
ORDER BY anchor
