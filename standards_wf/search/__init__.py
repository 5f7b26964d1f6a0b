"""Finding documents: what people type is read, matched against an index of clauses and ranked; no database here."""
