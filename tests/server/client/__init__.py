"""A client that ariadne-codegen made of the SDL, and what it was made from."""
