// {"key_0":"firm","limit_1":3}
MATCH (n1:Member&Organisation {key: $key_0})
RETURN [
  [
    COLLECT {
      MATCH (n1)-[:MADE|OF|TO]-(n2:Referral)
      WITH DISTINCT n2
      ORDER BY coalesce(n2.on, date('9999-12-31')) ASC, n2.key ASC
      LIMIT $limit_1
      RETURN [[toString(n2.on)]]
    },
    COUNT { MATCH (n1)-[:MADE|OF|TO]-(n2:Referral) RETURN DISTINCT n2 }
  ]
] AS value
