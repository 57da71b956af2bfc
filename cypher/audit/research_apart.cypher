// Production does not depend on its research team, so weak research never reaches it.
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (production:Team)
WHERE production.teamKind = "PRODUCTION"
MATCH (production)-[:PART_OF]->(:Organisation)
      <-[:PART_OF]-(research:Team)
WHERE research.teamKind = "RESEARCH_AND_DEVELOPMENT"
  AND NOT EXISTS { (production)-[:DEPENDS_ON]->(research) }
RETURN DISTINCT
  production.key AS key
ORDER BY key
LIMIT $limit
