"""The demonstration web shop: server-rendered, made for a phone, no script needed."""
