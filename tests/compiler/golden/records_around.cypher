// {"key_0":"firm","limit_1":3}
MATCH (n1:Member&Organisation {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [
  [
    COLLECT {
      MATCH (n1)-[:MADE|OF|TO]-(n2:Referral)
      WITH DISTINCT n2, n2.on AS o1_0, n2.key AS o1_1
      ORDER BY o1_0, o1_1
      LIMIT $limit_1
      RETURN [[toString(n2.on)]]
    },
    COUNT { MATCH (n1)-[:MADE|OF|TO]-(n2:Referral) RETURN DISTINCT n2 }
  ]
] AS value
