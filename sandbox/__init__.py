"""Telegram in a box and a sample newsroom: what the demo, the tests and the benchmarks talk to."""
