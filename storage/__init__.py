"""Tables, migrations and queries behind the ports that news names."""
