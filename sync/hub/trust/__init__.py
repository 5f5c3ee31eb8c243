"""Who may speak with the hub: enrolment, keys, certificates, signed requests."""
