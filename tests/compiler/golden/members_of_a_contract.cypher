// {"key_0":"contract","limit_1":21}
MATCH (n1:Contract {key: $key_0})
USING INDEX SEEK n1:Contract(key)
RETURN [
  n1.title,
  [
    COLLECT {
      MATCH (n1)<-[r1:PARTY_TO]-(b1)
      WITH r1, b1 AS n2, r1.key AS o1_0
      ORDER BY o1_0
      LIMIT $limit_1
      RETURN [[r1.role, r1.share, toString(r1.acceptedOn), [CASE WHEN n2:Organisation THEN 'Organisation' WHEN n2:Team THEN 'Team' ELSE 'Person' END, n2.name]]]
    },
    null
  ]
] AS value
