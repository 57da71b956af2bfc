// How many dependencies are stored, active or not?
// Params:
// Row: count
MATCH ()-[d:DEPENDS_ON]->()
RETURN
  count(d) AS count
