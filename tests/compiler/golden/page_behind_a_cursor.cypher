// {"limit_0":3,"values_0":{"v0":"Firm","v1":"firm","v2":"Firm"}}
RETURN [
  COLLECT {
    MATCH (n1:Member) USING INDEX SEEK n1:Member(name, key)
    WHERE (n1.name >= $values_0.v0 AND n1.key IS NOT NULL)
    WITH n1, n1.name AS o0_0, n1.key AS o0_1
    WHERE CASE WHEN o0_0 = $values_0.v2 THEN o0_1 > $values_0.v1 ELSE o0_0 > $values_0.v2 END
    WITH n1, o0_0, o0_1
    ORDER BY o0_0, o0_1
    LIMIT $limit_0
    RETURN [[[o0_0, o0_1], [n1.name]], [o0_0, o0_1]]
  },
  COUNT { (n1:Member) }
] AS value
