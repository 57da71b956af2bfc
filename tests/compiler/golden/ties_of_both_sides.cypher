// {"key_0":"other-firm","limit_1":21}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  [
    COLLECT {
      MATCH (n1)-[r1:PROVIDES]-(b1)
      WITH r1, r1.key AS o1_0
      ORDER BY o1_0
      LIMIT $limit_1
      RETURN [[[o1_0], [r1.form]]]
    },
    null
  ]
] AS value
