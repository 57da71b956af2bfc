// {"key_0":"","limit_0":6,"value_0":"0001-01-01"}
RETURN [
  COLLECT {
    MATCH (n1:Feedback)
    WHERE coalesce(n1.on, date('9999-12-31')) >= $value_0 AND n1.key IS NOT NULL AND CASE coalesce(n1.on, date('9999-12-31')) WHEN $value_0 THEN n1.key > $key_0 ELSE true END
    WITH n1
    ORDER BY coalesce(n1.on, date('9999-12-31')) ASC, n1.key ASC
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
