// How many nodes and ties are stored, and which numbers do their ids end with at most?
// Params:
// Row: nodes, node_id, last_node, ties, tie_id, last_tie
// Rows: one
// Example: `valuenet database compact`
CALL () {
  MATCH (n)
  RETURN
    count(n) AS nodes,
    max(elementId(n)) AS node_id,
    max(toInteger(split(elementId(n), ":")[2])) AS last_node
}
CALL () {
  MATCH ()-[r]->()
  RETURN
    count(r) AS ties,
    max(elementId(r)) AS tie_id,
    max(toInteger(split(elementId(r), ":")[2])) AS last_tie
}
RETURN
  nodes,
  node_id,
  last_node,
  ties,
  tie_id,
  last_tie
