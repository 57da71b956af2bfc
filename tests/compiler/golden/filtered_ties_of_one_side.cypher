// {"key_0":"firm","limit_1":21,"values_1":{"day":"2026-11-01","v1":0.0,"v2":""}}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  [
    COLLECT {
      MATCH (n1)<-[r1:INVESTED_IN]-(b1)
      WHERE (coalesce(r1.since <= $values_1.day, true) AND coalesce($values_1.day < r1.until, true) AND r1.amount > $values_1.v1 AND (coalesce(b1.since <= $values_1.day, true) AND coalesce($values_1.day < b1.until, true) AND b1.name > $values_1.v2))
      WITH r1, b1 AS n2, b1.name AS o1_0, r1.key AS o1_1
      ORDER BY o1_0, o1_1
      LIMIT $limit_1
      RETURN [[r1.amount, [n2.name]]]
    },
    COUNT { MATCH (n1)<-[r1:INVESTED_IN]-(b1) WHERE (coalesce(r1.since <= $values_1.day, true) AND coalesce($values_1.day < r1.until, true) AND r1.amount > $values_1.v1 AND (coalesce(b1.since <= $values_1.day, true) AND coalesce($values_1.day < b1.until, true) AND b1.name > $values_1.v2)) }
  ]
] AS value
