// {"key_0":"crew"}
MATCH (n1:Member&Team {key: $key_0})
USING INDEX SEEK n1:Member(key)
RETURN [n1.key, n1.name] AS value
