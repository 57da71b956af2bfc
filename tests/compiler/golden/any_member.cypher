// {"key_0":"crew"}
MATCH (n1:Member {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN CASE
WHEN n1:Organisation THEN [0, ['Organisation', n1.key, n1.name]]
WHEN n1:Team THEN [1, ['Team', n1.key, n1.name, n1.teamKind, n1.headcount]]
ELSE [2, ['Person', n1.key, n1.name, n1.favoursOpen]]
END AS value
