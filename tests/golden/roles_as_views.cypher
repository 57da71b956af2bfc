// {"key_0":"","limit_0":3,"limit_1":6,"value_0":""}
RETURN [
  COLLECT {
    MATCH (n1:Investor) USING INDEX SEEK n1:Investor(name, key)
    WHERE n1.name >= $value_0 AND n1.key IS NOT NULL AND CASE n1.name WHEN $value_0 THEN n1.key > $key_0 ELSE true END
    WITH n1
    ORDER BY n1.name ASC, n1.key ASC
    LIMIT $limit_0
    RETURN [
      [
        n1.key,
        [n1.name],
        [
          COLLECT {
            MATCH (n1)-[r1:INVESTED_IN]->()
            WITH r1
            ORDER BY coalesce(r1.on, date('9999-12-31')) ASC, r1.key ASC
            LIMIT $limit_1
            WITH r1, endNode(r1) AS n2
            RETURN [[r1.amount, [n2.name]]]
          },
          null
        ]
      ]
    ]
  },
  null
] AS value
