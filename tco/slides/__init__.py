"""The deck as slides: native tables and charts, in a template of ours or of a company's own."""
