// On which day does the first dated record of the graph begin?
// Each: NODES=Member|Contract; TYPES=PROVIDES|DEPENDS_ON
// Params:
// Row: day
// Rows: one
// Budget: 30,000 db hits
// Example: { valueNetwork(network: { ties: [EXCHANGE], asOf: "1900-01-01" }) { about { warnings } } }
CALL () {
  MATCH (n:Member|Contract)
  RETURN min(n.since) AS first
  UNION ALL
  MATCH ()-[r:PROVIDES|DEPENDS_ON]->()
  RETURN min(r.since) AS first
}
RETURN min(first) AS day
