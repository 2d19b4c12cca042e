-- SHA-256 of the file as it last came whole, encrypted: of a file of one line it could be found out what that line says.
ALTER TABLE batch ADD sha256 bytea;
