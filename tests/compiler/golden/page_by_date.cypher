// {"limit_0":3}
RETURN [
  COLLECT {
    MATCH (n1:Referral)
    WITH n1, n1.on AS o0_0, n1.key AS o0_1
    ORDER BY o0_0, o0_1
    LIMIT $limit_0
    RETURN [[[o0_0, o0_1], [toString(n1.on), n1.discount]]]
  },
  null
] AS value
