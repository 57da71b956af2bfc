// {"limit_0":3,"values_0":{"v0":"􏿿"}}
RETURN [
  COLLECT {
    MATCH (n1:Person) USING INDEX SEEK n1:Person(name, key)
    WHERE (n1.name <= $values_0.v0 AND n1.key IS NOT NULL)
    WITH n1, n1.name AS o0_0, n1.key AS o0_1
    ORDER BY o0_0 DESC, o0_1 DESC
    LIMIT $limit_0
    RETURN [[n1.name], [o0_0, o0_1]]
  },
  null
] AS value
