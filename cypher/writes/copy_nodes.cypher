// Creates nodes with labels and properties of any type, each beside its id elsewhere.
// Params:
//   rows: []
// Row: ids
// Rows: one
// Example: `valuenet database compact`
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
FOREACH (moment IN row.moments |
  SET n[moment.name] = CASE moment.type
    WHEN "DATE" THEN date(moment.texts[0])
    WHEN "LOCAL TIME" THEN localtime(moment.texts[0])
    WHEN "ZONED TIME" THEN time(moment.texts[0])
    WHEN "LOCAL DATETIME" THEN localdatetime(moment.texts[0])
    WHEN "ZONED DATETIME" THEN datetime(moment.texts[0])
    WHEN "DURATION" THEN duration(moment.texts[0])
    ELSE [text IN moment.texts | CASE moment.type
      WHEN "LIST<DATE>" THEN date(text)
      WHEN "LIST<LOCAL TIME>" THEN localtime(text)
      WHEN "LIST<ZONED TIME>" THEN time(text)
      WHEN "LIST<LOCAL DATETIME>" THEN localdatetime(text)
      WHEN "LIST<ZONED DATETIME>" THEN datetime(text)
      WHEN "LIST<DURATION>" THEN duration(text)
    END]
  END
)
RETURN collect([row.id, elementId(n)]) AS ids
