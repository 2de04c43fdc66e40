"""Text: fonts, coverage, shaping, line breaking. The text code of a glyph is its glyph id, in every document."""
