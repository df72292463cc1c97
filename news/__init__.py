"""The subject itself, knowing no messenger and no database."""
