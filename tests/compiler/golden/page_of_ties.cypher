// {"limit_0":4,"values_0":{"v0":""}}
RETURN [
  COLLECT {
    MATCH (source)-[r1:PROVIDES]->(target) USING INDEX SEEK r1:PROVIDES(key)
    WHERE r1.key >= $values_0.v0
    WITH r1, source AS n1, target AS n2, r1.key AS o0_0
    ORDER BY o0_0
    LIMIT $limit_0
    RETURN [[r1.deliverable, r1.value, [n1.name], [n2.name]]]
  },
  null
] AS value
