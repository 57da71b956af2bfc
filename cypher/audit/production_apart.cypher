// The organisation does not depend on its production team, so its customers are never reached.
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (team:Team)
WHERE team.teamKind = "PRODUCTION"
MATCH (team)-[:PART_OF]->(o:Organisation)
WHERE NOT EXISTS { (o)-[:DEPENDS_ON]->(team) }
RETURN DISTINCT
  o.key AS key
ORDER BY key
LIMIT $limit
