// Which records of one label have these keys?
// Each: NODE=Member; KIND=Organisation
// Params:
//   keys: ["andersson-estate"]
// Row: labels, properties
// Rows: by key
// Budget: 450 db hits
// Example: { organisation(key: "asvik-pump") { name } }
UNWIND $keys AS key
MATCH (n:Member {key: key})
USING INDEX SEEK n:Member(key)
WHERE n:Organisation
RETURN
  labels(n) AS labels,
  properties(n) AS properties
ORDER BY n.key
