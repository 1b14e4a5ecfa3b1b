"""Tables and queries of SQL databases as sheets, through SQLAlchemy; nothing in a database is ever changed."""
