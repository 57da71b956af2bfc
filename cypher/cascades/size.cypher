// How many dependencies are stored, active or not?
// Params:
// Row: count
// Rows: one
// Budget: 10 db hits
// Example: seeds/demo/questions/weak_team.graphql
MATCH ()-[d:DEPENDS_ON]->()
RETURN
  count(d) AS count
