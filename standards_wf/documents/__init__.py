"""The papers of the procedure: made from Word templates, opened with suspicion, read clause by clause, printed."""
