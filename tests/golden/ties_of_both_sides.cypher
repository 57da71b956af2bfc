// {"key_0":"other-firm","limit_1":21}
MATCH (n1:Member&Organisation {key: $key_0})
RETURN [
  [
    COLLECT {
      MATCH (n1)-[r1:PROVIDES]-()
      WITH r1
      ORDER BY r1.key ASC, r1.key ASC
      LIMIT $limit_1
      RETURN [[[r1.key, r1.key], [r1.form]]]
    },
    null
  ]
] AS value
