// {"limit_0":3,"values_0":{"v0":"SE","v1":""}}
RETURN [
  COLLECT {
    MATCH (n1:Organisation)
    WHERE (n1.country = $values_0.v0 AND n1.name IS NOT NULL AND n1.key IS NOT NULL AND n1.name >= $values_0.v1)
    WITH n1, n1.name AS o0_0, n1.key AS o0_1
    ORDER BY n1.country, o0_0, o0_1
    LIMIT $limit_0
    RETURN [[n1.name]]
  },
  COUNT { MATCH (n1:Organisation) WHERE (n1.country = $values_0.v0 AND n1.name IS NOT NULL AND n1.key IS NOT NULL) }
] AS value
