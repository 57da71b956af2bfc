// {"limit_0":3}
RETURN [
  COLLECT {
    MATCH (n1:Organisation)
    WITH n1, COUNT { MATCH (n1)<-[x1:INVESTED_IN]-(x2) } AS o0_0, n1.name AS o0_1, n1.key AS o0_2
    ORDER BY o0_0 DESC, o0_1, o0_2
    LIMIT $limit_0
    RETURN [[[o0_0, o0_1, o0_2], [n1.name]]]
  },
  null
] AS value
