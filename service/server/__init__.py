"""The API over HTTP; the page (service/web) and tables (service/feeds) build on it.

- Requests: `graphql_endpoint`, `sse` and `websocket` are the three ways to GraphQL, and
  share `graphql_request` and `subscription_request`. `export_endpoint`, `health` and
  `editor` are the other addresses.
- Callers: `tokens`, `authentication`, `origins`, `trusted_documents`.
- Answers: `responses`, `refusals`, `negotiation`, `table_response`.
- Bounds on clients: `http_protocol` and `websocket_protocol`, by `client_limits`;
  `connections`, `large_bodies`, `memory`.
- The server itself: `state` is what requests share, `middleware` is around them;
  `production_checks` and `warm_up` are parts of its start.
"""
