// {"limit_0":21,"values_0":{"day":"2026-11-01","v1":"Other","v2":0,"v3":""}}
RETURN [
  COLLECT {
    MATCH (n1:Organisation)
    WHERE (coalesce(n1.since <= $values_0.day, true) AND coalesce($values_0.day < n1.until, true) AND n1.name STARTS WITH $values_0.v1 AND COUNT { MATCH (n1)<-[x1:INVESTED_IN]-(x2) WHERE (coalesce(x1.since <= $values_0.day, true) AND coalesce($values_0.day < x1.until, true)) } >= $values_0.v2 AND n1.name >= $values_0.v3 AND n1.key IS NOT NULL)
    WITH n1, n1.name AS o0_0, n1.key AS o0_1
    ORDER BY o0_0, o0_1
    LIMIT $limit_0
    RETURN [[n1.name]]
  },
  COUNT { MATCH (n1:Organisation) WHERE (coalesce(n1.since <= $values_0.day, true) AND coalesce($values_0.day < n1.until, true) AND n1.name STARTS WITH $values_0.v1 AND COUNT { MATCH (n1)<-[x1:INVESTED_IN]-(x2) WHERE (coalesce(x1.since <= $values_0.day, true) AND coalesce($values_0.day < x1.until, true)) } >= $values_0.v2) }
] AS value
