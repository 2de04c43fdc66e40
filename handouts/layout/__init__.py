"""Layout: blocks to rows, rows to pages. Lengths are points; a row's origin is its upper left corner."""
