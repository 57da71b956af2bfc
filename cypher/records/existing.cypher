// Which of these keys does the database hold under one label, and as what?
// Each: NODE=Member; KIND=Organisation
// Params:
//   keys: ["andersson-estate"]
// Row: key, labels
UNWIND $keys AS key
MATCH (n:Member {key: key})
USING INDEX SEEK n:Member(key)
WHERE n:Organisation
RETURN
  key,
  labels(n) AS labels
ORDER BY key
