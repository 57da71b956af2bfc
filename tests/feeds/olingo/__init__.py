"""Apache Olingo as a client of /odata/."""
