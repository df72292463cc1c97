"""What is measured: each module prints a table, and says above it how to read it."""
