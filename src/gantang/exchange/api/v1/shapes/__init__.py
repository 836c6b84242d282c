"""What goes out: strict shapes, without a field more than the document says."""
