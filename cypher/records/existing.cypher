// Which of these keys exist under one label, and as which kind?
// Each: NODE=Member; KIND=Organisation
// Params:
//   keys: ["andersson-estate"]
// Row: key, labels
// Rows: by key
// Budget: 10 db hits
// Example: {
//   brokerage(groupBy: REGION, member: "bergslund-ventures", network: {
//     ties: [EXCHANGE], community: "demo", asOf: "2026-11-01" }) { nodeCount } }
UNWIND $keys AS key
MATCH (n:Member {key: key})
USING INDEX SEEK n:Member(key)
WHERE n:Organisation
RETURN
  key,
  labels(n) AS labels
ORDER BY key
