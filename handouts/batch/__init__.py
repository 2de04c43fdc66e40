"""Many handouts from a clinic's table: read, checked, made, stacked."""
