// Which of these keys does the database hold under one label, and as what?
// Each: NODE=Member
// Params:
//   keys: ["andersson-estate"]
// Row: key, labels
UNWIND $keys AS key
MATCH (n:Member {key: key})
RETURN
  key,
  labels(n) AS labels
ORDER BY key
