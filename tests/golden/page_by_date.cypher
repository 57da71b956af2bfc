// {"key_0":"","limit_0":3,"value_0":"0001-01-01"}
RETURN [
  COLLECT {
    MATCH (n1:Referral)
    WHERE coalesce(n1.on, date('9999-12-31')) >= $value_0 AND n1.key IS NOT NULL AND CASE coalesce(n1.on, date('9999-12-31')) WHEN $value_0 THEN n1.key > $key_0 ELSE true END
    WITH n1
    ORDER BY coalesce(n1.on, date('9999-12-31')) ASC, n1.key ASC
    LIMIT $limit_0
    RETURN [[[coalesce(n1.on, date('9999-12-31')), n1.key], [toString(n1.on), n1.discount]]]
  },
  null
] AS value
