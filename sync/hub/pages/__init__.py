"""The hub's pages for people: server-rendered, made for a phone."""
