"""A text written from its tree of elements into the Word template that its office keeps."""
