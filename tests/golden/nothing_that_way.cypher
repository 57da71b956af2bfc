// {"key_0":"crew","limit_2":21}
MATCH (n1:Member&Team {key: $key_0})
RETURN [
  [[], COUNT { (n1)-[:PART_OF]-() }],
  [
    COLLECT {
      MATCH (n1)-[r2:KNOWS]-()
      WITH r2
      ORDER BY r2.key ASC, r2.key ASC
      LIMIT $limit_2
      RETURN [[r2.key]]
    },
    COUNT { (n1)-[:KNOWS]-() }
  ]
] AS value
