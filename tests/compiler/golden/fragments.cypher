// {"key_0":"firm","limit_1":2}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  n1.key,
  n1.name,
  [
    COLLECT {
      MATCH (n1)-[r1:PROVIDES]-(b1)
      WITH r1, startNode(r1) AS n2, r1.key AS o1_0
      ORDER BY o1_0
      LIMIT $limit_1
      RETURN [[[n2.key, n2.name]]]
    },
    null
  ]
] AS value
