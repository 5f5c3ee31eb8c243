"""Messages between client, agent and hub, one package per version."""
