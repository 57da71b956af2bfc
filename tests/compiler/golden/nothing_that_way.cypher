// {"key_0":"crew","limit_2":21}
MATCH (n1:Member&Team {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  [[], COUNT { (n1)-[:PART_OF]-() }],
  [
    COLLECT {
      MATCH (n1)-[r2:KNOWS]-(b2)
      WITH r2, r2.key AS o2_0
      ORDER BY o2_0
      LIMIT $limit_2
      RETURN [[r2.key]]
    },
    COUNT { (n1)-[:KNOWS]-() }
  ]
] AS value
