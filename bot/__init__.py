"""The composition: command line, configuration, wiring, schedule, web endpoints, logs."""
