"""What a Telegram user sees: commands, routes, rendering, the Telegram sender."""
