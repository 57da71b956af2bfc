// {"limit_0":3,"limit_1":6,"values_0":{"v0":""}}
RETURN [
  COLLECT {
    MATCH (n1:Investor) USING INDEX SEEK n1:Investor(name, key)
    WHERE (n1.name >= $values_0.v0 AND n1.key IS NOT NULL)
    WITH n1, n1.name AS o0_0, n1.key AS o0_1
    ORDER BY o0_0, o0_1
    LIMIT $limit_0
    RETURN [
      [
        n1.key,
        [n1.name],
        [
          COLLECT {
            MATCH (n1)-[r1:INVESTED_IN]->(b1)
            WITH r1, b1 AS n2, r1.on AS o1_0, r1.key AS o1_1
            ORDER BY o1_0, o1_1
            LIMIT $limit_1
            RETURN [[r1.amount, [n2.name]]]
          },
          null
        ]
      ]
    ]
  },
  null
] AS value
