// {"key_0":"firm","limit_1":6}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  [
    COLLECT {
      MATCH (n1)-[r1:DEPENDS_ON]->(b1)
      WITH r1, b1 AS n2, r1.key AS o1_0
      ORDER BY o1_0
      LIMIT $limit_1
      RETURN [[r1.strength, r1.criticality, [n2.key]]]
    },
    COUNT { (n1)-[:DEPENDS_ON]->() }
  ]
] AS value
