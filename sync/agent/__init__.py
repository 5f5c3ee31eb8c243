"""The agent: the process beside a till that talks to the hub."""
