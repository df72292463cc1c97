"""Every sentence a user reads, by language."""
