// {"key_0":"crew"}
MATCH (n1:Member&Team {key: $key_0})
RETURN [n1.key, n1.name] AS value
