// {"limit_0":6}
RETURN [
  COLLECT {
    MATCH (n1:Feedback)
    WITH n1, n1.on AS o0_0, n1.key AS o0_1
    ORDER BY o0_0, o0_1
    LIMIT $limit_0
    RETURN [
      [
        n1.score,
        head(COLLECT {
          MATCH (n1)-[:GAVE]-(n2:Member)
          WITH n2 ORDER BY n2.key LIMIT 1
          RETURN [n2.name]
        }),
        head(COLLECT {
          MATCH (n1)-[:ABOUT]-(n3:ServiceCase)
          WITH n3 ORDER BY n3.key LIMIT 1
          RETURN [n3.openedAt]
        }),
        head(COLLECT {
          MATCH (n1)-[:LED_TO]-(n4:Initiative)
          WITH n4 ORDER BY n4.key LIMIT 1
          RETURN [n4.name]
        })
      ]
    ]
  },
  null
] AS value
