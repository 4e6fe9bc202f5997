"""Taking rows and awards into the database, each of them whole or not at all."""
